/** One row followed back in run B less the same row followed back in run A. Positions are A's. */
import { greatest } from 'd3';
import { isOf, joinLinks, type BackGraph } from './back';
import type { FlowBand } from './bands';
import { subtractAt, type DifferenceLink, type Partners } from './difference';
import { linkKey } from './layout';
import type { FlowLink, FlowPart } from './types';

export interface BackDifference {
  /** The row's position. */
  readonly position: number;
  /** Links between rows that both runs have, of which one run may have none; shares of the row's end. */
  readonly links: readonly DifferenceLink[];
  /** Share of the row's end that was at each place in A, and that less or more in B, [n_layer + 1, T]; NaN where B has no such token. */
  readonly weights: Float32Array;
  readonly differences: Float32Array;
  /** Shares of the two ends that come from tokens of one run alone. */
  readonly alone: { readonly a: number; readonly b: number };
}

/**
 * What the end of a row is made of, B less A.
 *
 * Units: shares of the row's end in each run; the head is the strongest one of the run with the larger share.
 *
 * @param bLength tokens of B
 */
export function backDifference(
  a: BackGraph,
  b: BackGraph,
  partners: Partners,
  bLength: number
): BackDifference {
  const inA = new Map(partners.flatMap((partner, at) => (partner === null ? [] : [[partner, at] as const])));
  const pairs = new Map<string, { link: FlowLink; a: number; b: number }>();
  for (const link of a.links) {
    if (partners[link.source] === null || partners[link.position] === null) continue;
    pairs.set(linkKey(link), { link, a: link.share, b: 0 });
  }
  for (const link of b.links) {
    const [source, position] = [inA.get(link.source), inA.get(link.position)];
    if (source === undefined || position === undefined) continue;
    const onA = { ...link, source, position };
    const before = pairs.get(linkKey(onA));
    const isLarger = link.share > (before?.a ?? 0);
    pairs.set(linkKey(onA), {
      link: before && !isLarger ? before.link : onA,
      a: before?.a ?? 0,
      b: link.share
    });
  }
  const links = [...pairs.values()].map(({ link, ...shares }) => ({
    ...link,
    ...shares,
    share: Math.abs(shares.b - shares.a)
  }));
  return {
    position: a.position,
    links,
    weights: a.weights,
    differences: subtractAt(a.weights, b.weights, partners, bLength),
    alone: {
      a: originsWhere(a, (at) => partners[at] === null),
      b: originsWhere(b, (at) => !inA.has(at))
    }
  };
}

/** The links as the picture draws them: from band to band they are one. */
export const differencesBetween = (
  links: readonly DifferenceLink[],
  bands: readonly FlowBand[]
): DifferenceLink[] =>
  joinLinks(links, bands, (together) => {
    const [a, b] = [sumOf(together, 'a'), sumOf(together, 'b')];
    const strongest = greatest(together, (link) => Math.max(link.a, link.b)) ?? together[0];
    return { ...strongest, a, b, share: Math.abs(b - a) };
  });

/** What goes along a link in each run; from band to band, all its links together. */
export function sharesBetween(
  links: readonly DifferenceLink[],
  drawn: Extract<FlowPart, { kind: 'link' }>
): { a: number; b: number } {
  const of = links.filter((link) => isOf(link, drawn));
  return { a: sumOf(of, 'a'), b: sumOf(of, 'b') };
}

const sumOf = (links: readonly DifferenceLink[], run: 'a' | 'b'): number =>
  links.reduce((sum, link) => sum + link[run], 0);

/** The share of a row's end that comes from some positions' embeddings. */
function originsWhere({ weights, position }: BackGraph, has: (position: number) => boolean): number {
  return weights.subarray(0, position + 1).reduce((sum, share, at) => (has(at) ? sum + share : sum), 0);
}

/** The positions whose embeddings the end is made of more or less in B, the largest difference first. */
export function changedOrigins({
  differences,
  position
}: BackDifference): { position: number; change: number }[] {
  return Array.from(differences.subarray(0, position + 1), (change, at) => ({ position: at, change }))
    .filter(({ change }) => Number.isFinite(change) && change !== 0)
    .sort((one, other) => Math.abs(other.change) - Math.abs(one.change) || one.position - other.position);
}
