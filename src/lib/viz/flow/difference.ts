/** One row in run B less the same row in run A. Positions are A's; `partners` gives each one's place in B. */
import { mlpRatio, type FlowNorms } from './facts';
import { cell, headsOf } from './links';
import type { FlowLink, FlowRow } from './types';

/** B's position for each of A; null where B has no such token. */
export type Partners = readonly (number | null)[];

/** A link of which the two runs have different shares. `share` is how far they are apart. */
export interface DifferenceLink extends FlowLink {
  readonly a: number;
  readonly b: number;
}

/**
 * The links from earlier positions that both runs have.
 *
 * Units: shares of the row after the block's attention; the head is the strongest one of the run with the larger share.
 */
export function differenceLinks(a: FlowRow, b: FlowRow, partners: Partners): DifferenceLink[] {
  const links: DifferenceLink[] = [];
  for (let layer = 0; layer < a.own.length; layer++) {
    for (let source = a.position - 1; source >= 0; source--) {
      const partner = partners[source];
      if (partner === null || partner >= b.position) continue;
      const [inA, inB] = [a.shares[cell(a, layer, source)], b.shares[cell(b, layer, partner)]];
      const [{ head }] = inB > inA ? headsOf(b, layer, partner) : headsOf(a, layer, source);
      const share = Math.abs(inB - inA);
      links.push({ layer, source, position: a.position, share, head, a: inA, b: inB });
    }
  }
  return links;
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
