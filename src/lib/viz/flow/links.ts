import { range } from 'd3';
import type { FlowBand } from './bands';
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

/** The head that wrote most of a link. */
function strongestHead({ heads, shares }: FlowRow, at: number): number {
  const n_head = heads.length / shares.length;
  let strongest = 0;
  for (let head = 1; head < n_head; head++)
    if (heads[at * n_head + head] > heads[at * n_head + strongest]) strongest = head;
  return strongest;
}

/** A row does not change, so its links are found once. */
const known = new WeakMap<FlowRow, readonly FlowLink[]>();

/** Every link from an earlier position, block by block, the nearest source first. */
export function allLinks(row: FlowRow): readonly FlowLink[] {
  const found = known.get(row);
  if (found) return found;
  const links: FlowLink[] = [];
  for (let layer = 0; layer < row.own.length; layer++) {
    for (let source = row.position - 1; source >= 0; source--) {
      const at = cell(row, layer, source);
      const head = strongestHead(row, at);
      links.push({ layer, source, position: row.position, share: row.shares[at], head });
    }
  }
  known.set(row, links);
  return links;
}

/** What several sources bring together: their shares and what they add, and each head's part of that. */
export function sumOf(row: FlowRow, layer: number, sources: readonly number[]) {
  const n_head = row.heads.length / row.shares.length;
  const [parts, attention] = [new Float64Array(n_head), new Float64Array(n_head)];
  let [share, logit] = [0, 0];
  for (const source of sources) {
    const at = cell(row, layer, source);
    share += row.shares[at];
    logit += row.logits[at];
    for (let head = 0; head < n_head; head++) {
      parts[head] += row.heads[at * n_head + head] * row.shares[at];
      attention[head] += row.pattern[at * n_head + head];
    }
  }
  const heads = Array.from(parts, (part, head) => ({
    head,
    part: share > 0 ? part / share : 0,
    attention: attention[head]
  })).sort((a, b) => b.part - a.part || a.head - b.head);
  return { share, logit, heads };
}

/** Every link of a row of a long prompt: from a row that stands alone as it is, from a band as one. */
export function bandLinks(row: FlowRow, bands: readonly FlowBand[]): FlowLink[] {
  const { position } = row;
  const before = bands.filter(({ last }) => last < position).toReversed();
  return Array.from(row.own).flatMap((_, layer) =>
    before.map(({ first, last }): FlowLink => {
      const { share, heads } = sumOf(row, layer, range(first, last + 1));
      const link = { layer, source: first, position, share, head: heads[0].head };
      return first === last ? link : { ...link, last };
    })
  );
}

/** The links that are drawn, and what is left out. */
export interface LinkChoice<L extends FlowLink = FlowLink> {
  readonly drawn: L[];
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
export function chooseFrom<L extends FlowLink>(
  links: readonly L[],
  threshold: number,
  slight: readonly { readonly count: number; readonly weight: number }[] = []
): LinkChoice<L> {
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
