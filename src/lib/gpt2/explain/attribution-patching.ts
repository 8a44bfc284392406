import { editableKind } from '../edit/places.ts';
import type { Trace } from '../trace/trace.ts';
import { gradientsAt } from './gradients.ts';
import type { Metric } from './metric.ts';
import {
  measurePairs,
  PATCH_BY_HEAD,
  type PatchGrid,
  type PatchPlace,
  type PromptPair
} from './patch-grid.ts';

export interface AttributionPatchingOptions {
  readonly what: PatchPlace;
  readonly metric: Metric;
}

/**
 * What `patchGrid` gives, to first order and by one backward pass: the gradient of the metric in the corrupt run times
 * (clean − corrupt), summed over a place. Good for heads; bad for resid_pre and early MLPs, and for q and k where
 * attention is saturated.
 *
 * Shapes: grid as of `patchGrid`: layers by positions, or layers by heads.
 * Memory, throws: as `gradientsAt` and `patchGrid`.
 * Source: Nanda (2023), "Attribution Patching".
 */
export async function attributionPatching(
  pair: PromptPair,
  { what, metric }: AttributionPatchingOptions
): Promise<PatchGrid> {
  const [{ clean, corrupt, cleanMetric, corruptMetric }] = await measurePairs([pair], metric);
  const { n_layer } = clean.model.config;
  const points = Array.from({ length: n_layer }, (_, layer) => ({ name: what, layer }));
  const { at } = await gradientsAt(corrupt, points, metric);
  const grid: number[][] = [];
  for (const [layer, gradient] of at.entries()) {
    const products = await productsOf(what, layer, gradient, clean, corrupt);
    grid.push(products.map((product) => product / (cleanMetric - corruptMetric)));
  }
  return { what, clean: cleanMetric, corrupt: corruptMetric, grid };
}

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
  const isHead = (PATCH_BY_HEAD as readonly string[]).includes(what);
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
