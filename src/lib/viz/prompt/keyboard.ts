/** Where a key moves to in a row of count items; null for a key that does not move. */
export function moveInRow(key: string, current: number, count: number): number | null {
  const last = count - 1;
  const target: Record<string, number> = {
    ArrowLeft: current - 1,
    ArrowRight: current + 1,
    Home: 0,
    End: last
  };
  return key in target && count > 0 ? Math.max(0, Math.min(last, target[key])) : null;
}

/** A chip's place on screen, px. */
export interface ChipBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The chip nearest by its middle in the next line above or below; null if there is no such line. */
export function chipInNextLine(boxes: readonly ChipBox[], current: number, direction: -1 | 1): number | null {
  const from = boxes[current];
  const lines = boxes.map((box) => box.top).filter((top) => (top - from.top) * direction > 0);
  if (lines.length === 0) return null;
  const line = direction > 0 ? Math.min(...lines) : Math.max(...lines);
  const middle = (box: ChipBox): number => box.left + box.width / 2;
  let nearest: number | null = null;
  boxes.forEach((box, i) => {
    if (box.top !== line) return;
    const gap = Math.abs(middle(box) - middle(from));
    if (nearest === null || gap < Math.abs(middle(boxes[nearest]) - middle(from))) nearest = i;
  });
  return nearest;
}
