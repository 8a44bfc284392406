/** Moving among heads with the arrow keys. */

/** One head of one layer, both counted from 0. */
export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

/** Heads of one layer stand in rows of this many. */
export const COLUMNS = 6;

/** How the small maps stand: all layers as rows, or one layer's heads in rows of six. */
export interface HeadGridShape {
  readonly all: boolean;
  readonly n_layer: number;
  readonly n_head: number;
}

const STEPS: Readonly<Record<string, { across: number; down: number }>> = {
  ArrowLeft: { across: -1, down: 0 },
  ArrowRight: { across: 1, down: 0 },
  ArrowUp: { across: 0, down: -1 },
  ArrowDown: { across: 0, down: 1 }
};

/** The head a key press leads to, or null if the key moves nothing or would leave the grid. */
export function moveHead(from: HeadPlace, pressed: string, shape: HeadGridShape): HeadPlace | null {
  if (pressed === 'Home') return { layer: from.layer, head: 0 };
  if (pressed === 'End') return { layer: from.layer, head: shape.n_head - 1 };
  const step = STEPS[pressed];
  if (!step) return null;
  const down = shape.all ? 0 : step.down * COLUMNS;
  const head = from.head + step.across + down;
  const layer = from.layer + (shape.all ? step.down : 0);
  const inside = head >= 0 && head < shape.n_head && layer >= 0 && layer < shape.n_layer;
  return inside ? { layer, head } : null;
}
