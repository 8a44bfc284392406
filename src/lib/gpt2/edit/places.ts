import type { Gpt2Config } from '../model/config.ts';

/** How an activation lies on the device while it is computed, which is how it is edited. */
type Layout =
  /** [T, width] */
  | 'rows'
  /** [n_head, T, T], row = query */
  | 'squares'
  /** [T, n_head, n_embd] */
  | 'results';

interface EditableKind {
  readonly layout: Layout;
  /** False for what a model has once. */
  readonly inBlock: boolean;
  /** What a third number in an edit's place names. */
  readonly part: 'head' | 'neuron' | null;
  /** Numbers in a row. */
  readonly width: (config: Gpt2Config) => number;
}

const stream = (c: Gpt2Config) => c.n_embd;
const kind = (
  width: EditableKind['width'],
  part: EditableKind['part'] = null,
  layout: Layout = 'rows'
): EditableKind => ({ layout, inBlock: true, part, width });
const once = (width: EditableKind['width']): EditableKind => ({ ...kind(width), inBlock: false });

/** Every activation that can be edited, in the order of the computation. */
export const EDITABLE = {
  embed: once(stream),
  pos_embed: once(stream),
  resid_pre: kind(stream),
  'ln1.scale': kind(() => 1),
  'ln1.normalized': kind(stream),
  q: kind(stream, 'head'),
  k: kind(stream, 'head'),
  v: kind(stream, 'head'),
  attn_scores: kind(() => 1, 'head', 'squares'),
  pattern: kind(() => 1, 'head', 'squares'),
  z: kind(stream, 'head'),
  result: kind(stream, 'head', 'results'),
  attn_out: kind(stream),
  resid_mid: kind(stream),
  'ln2.scale': kind(() => 1),
  'ln2.normalized': kind(stream),
  'mlp.pre': kind((c) => c.n_inner, 'neuron'),
  'mlp.post': kind((c) => c.n_inner, 'neuron'),
  mlp_out: kind(stream),
  resid_post: kind(stream),
  'ln_final.scale': once(() => 1),
  'ln_final.normalized': once(stream)
} as const satisfies Record<string, EditableKind>;

export type EditName = keyof typeof EDITABLE;

/** Every name that an edit may have, in the order of the computation. */
export const editNames = Object.keys(EDITABLE) as EditName[];

export function editableKind(name: EditName): EditableKind {
  return EDITABLE[name];
}
