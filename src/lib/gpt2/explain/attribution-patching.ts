import { editableKind } from '../edit/places.ts';
import type { Trace } from '../trace/trace.ts';
import { gradientsAt } from './gradients.ts';
import type { Metric, Progress } from './metric.ts';
import { expectEqualLengths, PATCH_BY_HEAD, type PatchGrid, type PatchPlace } from './patch-grid.ts';
import { meanMetrics, measurePairs, type MeasuredPair, type PromptPair } from './prompt-pairs.ts';

export interface AttributionPatchingOptions {
  readonly what: PatchPlace;
  readonly metric: Metric;
  /** Stops between two pairs. */
  readonly signal?: AbortSignal;
}

/**
 * What `patchGrid` gives, to first order and by one backward pass a pair: the gradient of the metric in the corrupt run
 * times (clean − corrupt), summed over a place; of one pair of runs, or the mean over several. Yields after each pair, and
 * returns the grid. Good for heads; bad for resid_pre and early MLPs, and for q and k where attention is saturated.
 *
 * Shapes: grid as of `patchGrid`: layers by positions, or layers by heads.
 * Memory, throws: as `gradientsAt` and `patchGrid`; the signal's reason once it is aborted.
 * Source: Nanda (2023), "Attribution Patching".
 */
export async function* attributionPatching(
  pairs: PromptPair | readonly PromptPair[],
  { what, metric, signal }: AttributionPatchingOptions
): AsyncGenerator<Progress, PatchGrid, void> {
  const measured = await measurePairs([pairs].flat(), metric);
  if (!isOfHeads(what)) expectEqualLengths(measured);
  const grids: number[][][] = [];
  for (const pair of measured) {
    signal?.throwIfAborted();
    grids.push(await estimateOf(pair, what));
    yield { done: grids.length, total: measured.length };
  }
  const mean = (row: number, column: number) =>
    grids.reduce((sum, grid) => sum + grid[row][column], 0) / grids.length;
  const grid = grids[0].map((cells, row) => cells.map((_, column) => mean(row, column)));
  return { what, ...meanMetrics(measured), grid };
}

/** The grid of one pair. */
async function estimateOf(
  { clean, corrupt, pairMetric, cleanMetric, corruptMetric }: MeasuredPair,
  what: PatchPlace
): Promise<number[][]> {
  const points = Array.from({ length: clean.n_layer }, (_, layer) => ({ name: what, layer }));
  const { at } = await gradientsAt(corrupt, points, pairMetric);
  const grid: number[][] = [];
  for (const [layer, gradient] of at.entries()) {
    const products = await productsOf(what, layer, gradient, clean, corrupt);
    grid.push(products.map((product) => product / (cleanMetric - corruptMetric)));
  }
  return grid;
}

const isOfHeads = (what: PatchPlace) => (PATCH_BY_HEAD as readonly string[]).includes(what);

/** Sums of gradient times (clean − corrupt), one a position, or one a head. */
async function productsOf(
  what: PatchPlace,
  layer: number,
  gradient: Float32Array,
  clean: Trace,
  corrupt: Trace
): Promise<number[]> {
  const [target, own] = [(await clean.read(what, layer)).data, (await corrupt.read(what, layer)).data];
  const { n_head, n_embd } = clean.model.config;
  const T = clean.ids.length;
  const isSquare = editableKind(what).layout === 'squares';
  const isHead = isOfHeads(what);
  const [padded] = corrupt.stream(0).shape;
  const d_head = n_embd / n_head;
  const sums = new Array<number>(isHead ? n_head : T).fill(0);
  for (let i = 0; i < own.length; i++) {
    const [outer, rest] = isSquare
      ? [Math.floor(i / T ** 2), i % T ** 2]
      : [Math.floor(i / n_embd), i % n_embd];
    const place = isSquare ? (outer * padded + Math.floor(rest / T)) * padded + (rest % T) : i;
    const group = isSquare || !isHead ? outer : Math.floor(rest / d_head);
    sums[group] += gradient[place] * (target[i] - own[i]);
  }
  return sums;
}
