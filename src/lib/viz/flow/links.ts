import type { FlowLink, FlowRow } from './types';

/** Sources before the row itself. */
const sourcesOf = (row: FlowRow): number => row.position + 1;

/** Where a block's share of one source stands in `shares`. */
export function cell(row: FlowRow, layer: number, source: number): number {
  return layer * sourcesOf(row) + source;
}

/** The heads of one link with their parts of it, the largest first; parts sum to 1. */
export function headsOf(row: FlowRow, layer: number, source: number): { head: number; part: number }[] {
  const n_head = row.heads.length / row.shares.length;
  const start = cell(row, layer, source) * n_head;
  return Array.from(row.heads.subarray(start, start + n_head), (part, head) => ({ head, part })).sort(
    (a, b) => b.part - a.part || a.head - b.head
  );
}

/** Every link from an earlier position, block by block, the nearest source first. */
export function allLinks(row: FlowRow): FlowLink[] {
  const links: FlowLink[] = [];
  for (let layer = 0; layer < row.own.length; layer++) {
    for (let source = row.position - 1; source >= 0; source--) {
      const share = row.shares[cell(row, layer, source)];
      const [{ head }] = headsOf(row, layer, source);
      links.push({ layer, source, position: row.position, share, head });
    }
  }
  return links;
}

/** The links that are drawn, and what is left out. */
export interface LinkChoice {
  readonly drawn: FlowLink[];
  readonly count: number;
  /** The largest sum of shares that one block does not show. */
  readonly hidden: number;
}

/**
 * Keeps the links of at least a share.
 *
 * Units: threshold is a share, 0 to 1.
 */
export function chooseLinks(row: FlowRow, threshold: number): LinkChoice {
  return chooseFrom(allLinks(row), threshold);
}

/** As `chooseLinks`, of any links. @param slight what was left out of them before, by block */
export function chooseFrom(
  links: readonly FlowLink[],
  threshold: number,
  slight: readonly { readonly count: number; readonly weight: number }[] = []
): LinkChoice {
  const hidden = slight.map(({ weight }) => weight);
  const drawn = links.filter(({ layer, share }) => {
    if (share < threshold) hidden[layer] = (hidden[layer] ?? 0) + share;
    return share >= threshold && share > 0;
  });
  const count = slight.reduce((sum, each) => sum + each.count, links.length);
  return { drawn, count, hidden: hidden.reduce((most, sum) => Math.max(most, sum), 0) };
}

/** The strongest link of each block, or fewer: what stands for a row that is not selected. */
export function strongestLinks(row: FlowRow, threshold: number): FlowLink[] {
  const best = new Map<number, FlowLink>();
  for (const link of chooseLinks(row, threshold).drawn) {
    const before = best.get(link.layer);
    if (!before || link.share > before.share) best.set(link.layer, link);
  }
  return [...best.values()];
}
