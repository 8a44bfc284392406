/** How a head is named, and moving among heads with the arrow keys. */
import { arrowStep, moveInGrid, moveInLines } from '../marks/keys';

/** One head of one layer, both counted from 0. */
export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

/** A head as it is written: "5.3". */
export const headName = ({ layer, head }: HeadPlace): string => `${layer}.${head}`;

/** Heads of one layer stand in rows of this many. */
export const COLUMNS = 6;

/** How the small maps stand: all layers as rows, or one layer's heads in rows of six. */
export interface HeadGridShape {
  readonly all: boolean;
  readonly n_layer: number;
  readonly n_head: number;
}

/**
 * The head a key press leads to; undefined if the key moves nothing or would leave the heads, so that the page scrolls.
 * Home and End are the ends of the block.
 */
export function moveHead(from: HeadPlace, pressed: string, shape: HeadGridShape): HeadPlace | undefined {
  const next = shape.all ? moveAmongAll(from, pressed, shape) : moveInLayer(from, pressed, shape);
  const stays = next?.layer === from.layer && next.head === from.head;
  return stays && arrowStep(pressed) ? undefined : next;
}

function moveAmongAll({ layer, head }: HeadPlace, pressed: string, { n_layer, n_head }: HeadGridShape) {
  const next = moveInGrid(pressed, { row: layer, column: head }, { rows: n_layer, columns: n_head });
  return next && { layer: next.row, head: next.column };
}

function moveInLayer({ layer, head }: HeadPlace, pressed: string, { n_head }: HeadGridShape) {
  const next = moveInLines(pressed, head, { count: n_head, perLine: COLUMNS });
  return next === undefined ? undefined : { layer, head: next };
}
