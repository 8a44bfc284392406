/**
 * What a depth of the residual stream is called, everywhere: depth 0 is the embedding, depth d is after block d − 1, and
 * depth d + ½ is inside block d, after its attention and before its MLP.
 * One name for one depth: "after block 9" is `resid_post` of block 9, which block 10 reads.
 */
import { depthWords as words } from '$lib/words';
import { moveInGrid } from '../marks/keys';

/** Its full name: `embed`, `after block 9`. */
export function depthName(depth: number): string {
  if (!Number.isInteger(depth)) return words.insideBlock(Math.floor(depth));
  return depth === 0 ? words.embed : words.afterBlock(depth - 1);
}

/** Its name beside a row: `embed`, `after 9`. */
export function depthLabel(depth: number): string {
  if (!Number.isInteger(depth)) return words.inside(Math.floor(depth));
  return depth === 0 ? words.embed : words.after(depth - 1);
}

/** Its name on an axis that says "after block": `emb`, `9`. */
export function depthTick(depth: number): string {
  return depth === 0 ? words.tick : String(depth - 1);
}

/** Where it is, inside a sentence: `at the embedding`, `after block 9`. */
export function depthPlace(depth: number): string {
  return depth === 0 ? words.atEmbedding : depthName(depth);
}

/** The tensor it is: `resid_pre of block 0`, `resid_post of block 9`. */
export function depthTensor(depth: number): string {
  return depth === 0 ? words.residPre : words.residPost(depth - 1);
}

/** The residual stream at one depth and position. */
export interface DepthPlace {
  readonly depth: number;
  readonly position: number;
}

/** Where a key leads over a grid of depths and positions, the last depth at the top; undefined where it moves nothing. */
export function moveInDepths(
  key: string,
  { depth, position }: DepthPlace,
  { depths, T }: { depths: number; T: number }
): DepthPlace | undefined {
  const top = depths - 1;
  const next = moveInGrid(key, { row: top - depth, column: position }, { rows: depths, columns: T });
  return next && { depth: top - next.row, position: next.column };
}
