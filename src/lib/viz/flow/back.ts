import type { FollowedBack } from '$lib/gpt2';
import { bandSum } from './facts';
import type { FlowLink, FlowPart } from './types';

/** One row followed back through all rows and blocks: what it is made of at every depth. */
export interface BackGraph {
  readonly position: number;
  /** Share of the row's end that was at each position, [n_layer + 1, T]; with the rest a depth's shares sum to 1. */
  readonly weights: Float32Array;
  /** Share of the row's end that lies in rows that were not followed. */
  readonly rest: number;
  /** The links from an earlier position; their shares are of the row's end. */
  readonly links: readonly FlowLink[];
  /** Links that are too slight to be told one by one, by block. */
  readonly slight: FollowedBack['slight'];
}

/** @param T tokens of the prompt */
export function backGraph({ position, weights, rest, edges, slight }: FollowedBack, T: number): BackGraph {
  const flat = new Float32Array(weights.length * T);
  weights.forEach((depth, at) => flat.set(depth, at * T));
  const links = edges
    .filter(({ source, target }) => source < target)
    .map(({ layer, source, target, weight, head }) => ({
      layer,
      source,
      position: target,
      share: weight,
      head
    }));
  return { position, weights: flat, rest: rest[0], links, slight };
}

/** The positions whose embeddings the row is made of, the largest share first. */
export function originsOf({ weights, position }: BackGraph): { position: number; share: number }[] {
  return Array.from(weights.subarray(0, position + 1), (share, at) => ({ position: at, share })).sort(
    (a, b) => b.share - a.share || a.position - b.position
  );
}

/** The share of the row's end that goes through a stream or along a link; undefined for other parts. */
export function weightOf(graph: BackGraph, part: FlowPart, T: number): number | undefined {
  if (part.kind === 'row') {
    const { position, last = position, depth } = part;
    return bandSum(position, last, (at) => graph.weights[depth * T + at]);
  }
  if (part.kind !== 'link') return undefined;
  return graph.links.find(
    ({ layer, source, position }) =>
      layer === part.layer && source === part.source && position === part.position
  )?.share;
}
