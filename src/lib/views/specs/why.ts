import { idList, index, oneOf, optional, setting } from '../setting';
import type { ViewSpec } from '../spec';

export const WHY_PARTS = ['edit', 'wrote', 'matters'] as const;
/** Places that a grid patches; the library's PATCH_BY_POSITION and PATCH_BY_HEAD. */
export const PATCHED = ['resid_pre', 'attn_out', 'mlp_out', 'z', 'q', 'k', 'v', 'pattern'] as const;
/** From the other prompt into this one, or the other way. */
export const DIRECTIONS = ['into_this', 'into_other'] as const;
export const MATTERS = ['grid', 'path', 'trace'] as const;
export const PATH_INPUTS = ['q', 'k', 'v'] as const;
export const PATHS = ['direct', 'direct_anew', 'paper'] as const;
export const RESTORED = ['resid_post', 'mlp_out', 'attn_out'] as const;

const settings = {
  why: setting(oneOf(WHY_PARTS), 'edit'),
  /** The tokens whose logits are compared; null: the best, and the one that suits the part. Equal: one logit. */
  for_token: optional(index, ({ vocab_size }) => vocab_size),
  less_token: optional(index, ({ vocab_size }) => vocab_size),
  /** What a grid takes from one run and puts into the other, which way, and in which layer alone; null: in all. */
  what: setting(oneOf(PATCHED), 'resid_pre'),
  direction: setting(oneOf(DIRECTIONS), 'into_this'),
  in_layer: optional(index, ({ n_layer }) => n_layer),
  matters: setting(oneOf(MATTERS), 'grid'),
  /** The input of the selected head that paths lead to, and what a path is. */
  path_input: setting(oneOf(PATH_INPUTS), 'q'),
  path: setting(oneOf(PATHS), 'direct'),
  /** Causal tracing: the state that is put back, and the tokens that get noise; null: the second. */
  restored: setting(oneOf(RESTORED), 'resid_post'),
  subject: optional(idList)
};

/** Why the model predicts what it does: edits, who wrote a logit, and where two prompts differ. */
export const why: ViewSpec<typeof settings> = {
  label: { en: 'Why', zh: '为什么' },
  part: 'output',
  settings,
  load: async () => (await import('../reads/why')).why
};
