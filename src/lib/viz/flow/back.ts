import { greatest, group } from 'd3';
import type { FollowedBack } from '$lib/gpt2';
import { bandOf, type FlowBand } from './bands';
import { bandSum } from './facts';
import type { FlowLink, FlowPart } from './types';

/** In a long prompt links of less of the row's end are summed: there are tens of thousands of them. */
export const SLIGHT = 0.001;

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

/**
 * The links from one row of the picture to another: from band to band they are one. Those inside a band are not drawn, and
 * are told with the slight ones.
 */
export function linksBetween(
  { links, slight }: Pick<BackGraph, 'links' | 'slight'>,
  bands: readonly FlowBand[]
): Pick<BackGraph, 'links' | 'slight'> {
  const inside = group(
    links.filter((link) => isInside(link, bands)),
    ({ layer }) => layer
  );
  return {
    links: joinLinks(links, bands, (together) => ({ ...strongest(together), share: totalShare(together) })),
    slight: slight.map(({ count, weight }, layer) => {
      const more = inside.get(layer) ?? [];
      return { count: count + more.length, weight: weight + totalShare(more) };
    })
  };
}

function totalShare(links: readonly FlowLink[]): number {
  return links.reduce((sum, { share }) => sum + share, 0);
}

const strongest = (links: readonly FlowLink[]): FlowLink => greatest(links, ({ share }) => share) ?? links[0];

const isInside = ({ source, position }: FlowLink, bands: readonly FlowBand[]): boolean =>
  bandOf(bands, source) === bandOf(bands, position);

/**
 * Links of one block between the same two rows of the picture as one each; without those inside a row.
 *
 * @param together what several of them are, as one
 */
export function joinLinks<L extends FlowLink>(
  links: readonly L[],
  bands: readonly FlowBand[],
  together: (links: readonly L[]) => L
): L[] {
  const between = group(
    links.filter((link) => !isInside(link, bands)),
    ({ layer, source, position }) => [layer, bandOf(bands, source), bandOf(bands, position)].join()
  );
  return [...between.values()].map((same) => {
    const [{ source, position }] = same;
    const [from, to] = [source, position].map((at) => bands[bandOf(bands, at)]);
    return {
      ...together(same),
      source: from.first,
      ...(from.first < from.last && { last: from.last }),
      position: to.first,
      ...(to.first < to.last && { lastPosition: to.last })
    };
  });
}

/** Whether a link of single positions is one of those that are drawn as one. */
export function isOf(
  { layer, source, position }: FlowLink,
  drawn: Extract<FlowPart, { kind: 'link' }>
): boolean {
  const { last = drawn.source, lastPosition = drawn.position } = drawn;
  return (
    layer === drawn.layer &&
    source >= drawn.source &&
    source <= last &&
    position >= drawn.position &&
    position <= lastPosition
  );
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
  const of = graph.links.filter((link) => isOf(link, part));
  return of.length > 0 ? totalShare(of) : undefined;
}
