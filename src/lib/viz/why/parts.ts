import type { AttributionPart, LogitPair } from '$lib/gpt2';

export type PartGroup = 'embed' | 'pos_embed' | 'heads' | 'attn_bias' | 'mlps' | 'edits' | 'ln_f.bias';

const HEAD = /^(\d+)\.(\d+)$/;

/** Which group a part belongs to. */
export function groupOf(part: string): PartGroup {
  if (HEAD.test(part)) return 'heads';
  if (part.startsWith('attn_bias')) return 'attn_bias';
  if (part.startsWith('mlp')) return 'mlps';
  return part as PartGroup;
}

/** Sums of each kind of part, each beginning where the one before ends. nats */
export function waterfall(
  parts: readonly AttributionPart[]
): { readonly group: PartGroup; readonly from: number; readonly value: number }[] {
  const sums = new Map<PartGroup, number>();
  for (const { part, value } of parts) sums.set(groupOf(part), (sums.get(groupOf(part)) ?? 0) + value);
  let from = 0;
  return [...sums].map(([group, value]) => {
    const bar = { group, from, value };
    from += value;
    return bar;
  });
}

/** What each head adds, [n_layer][n_head]; NaN where it is not listed. nats */
export function headValues(parts: readonly AttributionPart[], n_layer: number, n_head: number): number[][] {
  const grid = Array.from({ length: n_layer }, () => new Array<number>(n_head).fill(NaN));
  for (const { part, value } of parts) {
    const [, layer, head] = HEAD.exec(part) ?? [];
    if (layer !== undefined && grid[Number(layer)]) grid[Number(layer)][Number(head)] = value;
  }
  return grid;
}

/** Those that add or take most. */
export function largest(parts: readonly AttributionPart[], count: number): AttributionPart[] {
  return [...parts].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, count);
}

/** A pair as code names it: the same token twice is one token's logit. */
export const pairOf = ({ token, minus }: LogitPair) => ({ token, minus: minus === token ? null : minus });
