/** Where the keys stand in the picture: columns are depths, and each column holds its own parts. */
import { moveInGrid } from '../marks/keys';
import type { FlowLink, FlowPart } from './types';

export interface FlowCursor {
  /** 0: the embeddings; block + 1; n_layer + 1: ln_f. */
  readonly column: number;
  readonly item: number;
}

/**
 * The parts of a column from top to bottom: a block's links by source, its MLP, and the lens under it; of the
 * embeddings and ln_f the selected row and the lens.
 */
export function columnParts(
  column: number,
  n_layer: number,
  position: number,
  links: readonly FlowLink[]
): FlowPart[] {
  const row = { kind: 'row', position, depth: Math.min(column, n_layer) } as const;
  if (column === 0) return [row, { kind: 'lens', depth: 0 }];
  if (column > n_layer) return [row];
  const layer = column - 1;
  const sources = links
    .filter((link) => link.layer === layer)
    .map(({ source }) => source)
    .sort((a, b) => a - b);
  return [
    ...sources.map((source) => ({ kind: 'link', layer, source }) as const),
    { kind: 'mlp', layer, position },
    { kind: 'lens', depth: column }
  ];
}

/**
 * Where a key moves the cursor: left and right by a block, up and down within it, Home and End to the ends.
 *
 * @param counts parts of each column
 * @returns undefined where the key moves nothing
 */
export function moveCursor(
  key: string,
  { column, item }: FlowCursor,
  counts: readonly number[]
): FlowCursor | undefined {
  const size = { rows: (at: number) => counts[at], columns: counts.length };
  const next = moveInGrid(key, { row: item, column }, size);
  return next && { column: next.column, item: next.row };
}

/** True if both are the same part. */
export function isSamePart(a: FlowPart | null, b: FlowPart | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
