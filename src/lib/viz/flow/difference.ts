/** One row in run B less the same row in run A. Positions are A's; `partners` gives each one's place in B. */
import { mlpRatio, type FlowNorms } from './facts';
import { range } from 'd3';
import type { FlowBand } from './bands';
import { sumOf } from './links';
import type { FlowLink, FlowRow } from './types';

/** B's position for each of A; null where B has no such token. */
export type Partners = readonly (number | null)[];

/** A link of which the two runs have different shares. `share` is how far they are apart. */
export interface DifferenceLink extends FlowLink {
  readonly a: number;
  readonly b: number;
}

/** The sources from one position to another that both runs have: their positions in A and in B. */
export function sharedSources(
  [first, last]: readonly [number, number],
  partners: Partners,
  inB: FlowRow
): { readonly inA: number[]; readonly inB: number[] } {
  const pairs = range(first, last + 1).flatMap((source) => {
    const partner = partners[source];
    return partner === null || partner >= inB.position ? [] : [[source, partner]];
  });
  return { inA: pairs.map(([source]) => source), inB: pairs.map(([, partner]) => partner) };
}

/**
 * The links from earlier rows that both runs have; from a band as one.
 *
 * Units: shares of the row after the block's attention; the head is the strongest one of the run with the larger share.
 */
export function differenceLinks(
  a: FlowRow,
  b: FlowRow,
  partners: Partners,
  bands: readonly FlowBand[]
): DifferenceLink[] {
  const { position } = a;
  const before = bands.filter(({ last }) => last < position).toReversed();
  return Array.from(a.own).flatMap((_, layer) =>
    before.flatMap(({ first, last }): DifferenceLink[] => {
      const sources = sharedSources([first, last], partners, b);
      if (sources.inA.length === 0) return [];
      const [inA, inB] = [sumOf(a, layer, sources.inA), sumOf(b, layer, sources.inB)];
      const [{ head }] = (inB.share > inA.share ? inB : inA).heads;
      const share = Math.abs(inB.share - inA.share);
      const link = { layer, source: first, position, share, head, a: inA.share, b: inB.share };
      return [first === last ? link : { ...link, last }];
    })
  );
}

export const signOf = ({ a, b }: DifferenceLink): number => Math.sign(b - a);

/** Values of two runs at A's positions, B less A: [depths, T]; NaN where B has no such token. */
export function subtractAt(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  partners: Partners,
  bLength: number
): Float32Array {
  const T = partners.length;
  return Float32Array.from({ length: a.length }, (_, index) => {
    const partner = partners[index % T];
    return partner === null ? NaN : b[Math.floor(index / T) * bLength + partner] - a[index];
  });
}

/** What each MLP adds beside its stream, B less A, [n_layer, T]; NaN where B has no such token. */
export function ratioDifferences(
  a: FlowNorms,
  b: FlowNorms,
  partners: Partners,
  bLength: number
): Float32Array {
  const T = partners.length;
  return Float32Array.from({ length: a.mlp_out.length }, (_, index) => {
    const [layer, at] = [Math.floor(index / T), index % T];
    const partner = partners[at];
    return partner === null ? NaN : mlpRatio(b, bLength, layer, partner) - mlpRatio(a, T, layer, at);
  });
}

/** The block's link that changed most; undefined where there is none. */
export function largestOf(links: readonly DifferenceLink[], layer: number): DifferenceLink | undefined {
  return links
    .filter((link) => link.layer === layer)
    .reduce<DifferenceLink | undefined>(
      (most, link) => (most && most.share >= link.share ? most : link),
      undefined
    );
}
