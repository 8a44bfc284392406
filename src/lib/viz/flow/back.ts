import { followBack } from '$lib/gpt2';
import { headsOf } from './links';
import type { FlowLink, FlowPart, FlowRow } from './types';

/** One row followed back through all rows and blocks: what it is made of at every depth. */
export interface BackGraph {
  readonly position: number;
  /** Share of the row's end that was at each position, [n_layer + 1, T]; a depth's shares sum to 1. */
  readonly weights: Float32Array;
  /** Every link from an earlier position; its share is of the row's end. */
  readonly links: readonly FlowLink[];
}

/**
 * Follows a row back, once it and all rows before it are there.
 *
 * @param rows by position
 */
export function backGraph(
  rows: readonly (FlowRow | undefined)[],
  position: number,
  T: number
): BackGraph | undefined {
  const before = rows.slice(0, position + 1).filter((row) => row !== undefined);
  if (before.length <= position) return undefined;
  const n_layer = before[position].own.length;
  const { weights, edges } = followBack(before, n_layer, 0);
  const flat = new Float32Array((n_layer + 1) * T);
  weights.forEach((depth, at) => flat.set(depth, at * T));
  const links = edges
    .filter(({ source, target }) => source < target)
    .map(({ layer, source, target, weight }) => ({
      layer,
      source,
      position: target,
      share: weight,
      head: headsOf(before[target], layer, source)[0].head
    }));
  return { position, weights: flat, links };
}

/** The positions whose embeddings the row is made of, the largest share first. */
export function originsOf({ weights, position }: BackGraph): { position: number; share: number }[] {
  return Array.from(weights.subarray(0, position + 1), (share, at) => ({ position: at, share })).sort(
    (a, b) => b.share - a.share || a.position - b.position
  );
}

/** The share of the row's end that goes through a stream or along a link; undefined for other parts. */
export function weightOf(graph: BackGraph, part: FlowPart, T: number): number | undefined {
  if (part.kind === 'row') return graph.weights[part.depth * T + part.position];
  if (part.kind !== 'link') return undefined;
  return graph.links.find(
    ({ layer, source, position }) =>
      layer === part.layer && source === part.source && position === part.position
  )?.share;
}
