import type { Gpt2Config } from '$lib/gpt2';

/** What the places along one side of a parameter are. */
export type AxisKind = 'token' | 'position' | 'component' | 'qkv' | 'z' | 'neuron' | 'one';

/** A stretch of an axis with a name of its own: q, k, v, or a head. */
export interface AxisGroup {
  readonly name: string;
  readonly from: number;
  readonly end: number;
}

export interface ParameterAxes {
  readonly rows: AxisKind;
  readonly columns: AxisKind;
  readonly rowGroups: readonly AxisGroup[];
  readonly columnGroups: readonly AxisGroup[];
}

const THIRDS = ['q', 'k', 'v'] as const;

function headGroups(n_embd: number, n_head: number, offset = 0): AxisGroup[] {
  const d_head = n_embd / n_head;
  return Array.from({ length: n_head }, (_, head) => {
    const from = offset + head * d_head;
    return { name: String(head), from, end: from + d_head };
  });
}

function thirds({ n_embd, n_head }: Gpt2Config): AxisGroup[] {
  return THIRDS.flatMap((third, at) =>
    headGroups(n_embd, n_head, at * n_embd).map((group) => ({ ...group, name: `${third} ${group.name}` }))
  );
}

/** What the rows and columns of a parameter are, by its name in the checkpoint: a linear layer is [input, output]. */
export function axesOf(name: string, config: Gpt2Config): ParameterAxes {
  const none = { rowGroups: [], columnGroups: [] };
  if (/wte\.weight$|lm_head\.weight$/.test(name)) return { rows: 'token', columns: 'component', ...none };
  if (/wpe\.weight$/.test(name)) return { rows: 'position', columns: 'component', ...none };
  if (/attn\.c_attn\.weight$/.test(name))
    return { ...none, rows: 'component', columns: 'qkv', columnGroups: thirds(config) };
  if (/attn\.c_attn\.bias$/.test(name))
    return { ...none, rows: 'one', columns: 'qkv', columnGroups: thirds(config) };
  if (/attn\.c_proj\.weight$/.test(name))
    return { ...none, rows: 'z', columns: 'component', rowGroups: headGroups(config.n_embd, config.n_head) };
  if (/mlp\.c_fc\.weight$/.test(name)) return { rows: 'component', columns: 'neuron', ...none };
  if (/mlp\.c_fc\.bias$/.test(name)) return { rows: 'one', columns: 'neuron', ...none };
  if (/mlp\.c_proj\.weight$/.test(name)) return { rows: 'neuron', columns: 'component', ...none };
  return { rows: 'one', columns: 'component', ...none };
}

/** The group that a place along an axis is in; null: none. */
export function groupAt(groups: readonly AxisGroup[], place: number): AxisGroup | null {
  return groups.find(({ from, end }) => place >= from && place < end) ?? null;
}
