/** Moving among heads with the arrow keys. */
import { moveInGrid, moveInLines } from '../marks/keys';

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

/** The head a key press leads to; undefined if the key moves nothing. Home and End are the ends of the block. */
export function moveHead(from: HeadPlace, pressed: string, shape: HeadGridShape): HeadPlace | undefined {
  const { n_layer, n_head } = shape;
  if (!shape.all) {
    const head = moveInLines(pressed, from.head, { count: n_head, perLine: COLUMNS });
    return head === undefined ? undefined : { layer: from.layer, head };
  }
  const place = moveInGrid(
    pressed,
    { row: from.layer, column: from.head },
    { rows: n_layer, columns: n_head }
  );
  return place && { layer: place.row, head: place.column };
}
