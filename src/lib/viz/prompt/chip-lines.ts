/** A chip's place on screen, px. */
export interface ChipBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The chip nearest by its middle in the next line above or below; undefined if there is no such line. */
export function chipInNextLine(
  boxes: readonly ChipBox[],
  current: number,
  direction: -1 | 1
): number | undefined {
  const from = boxes[current];
  const lines = boxes.map((box) => box.top).filter((top) => (top - from.top) * direction > 0);
  if (lines.length === 0) return undefined;
  const line = direction > 0 ? Math.min(...lines) : Math.max(...lines);
  const middle = (box: ChipBox): number => box.left + box.width / 2;
  let nearest: number | undefined;
  boxes.forEach((box, i) => {
    if (box.top !== line) return;
    const gap = Math.abs(middle(box) - middle(from));
    if (nearest === undefined || gap < Math.abs(middle(boxes[nearest]) - middle(from))) nearest = i;
  });
  return nearest;
}
