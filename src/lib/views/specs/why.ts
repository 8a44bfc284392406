import { flag, idList, index, oneOf, optional, setting, wholeNumber } from '../setting';
import { NOISE_SEED_RANGE, NOISES_RANGE, WINDOW_RANGE } from '../setting-ranges';
import type { ViewSpec } from '../spec';

export const WHY_PARTS = ['edit', 'wrote', 'matters'] as const;
/** Places that a grid patches; the library's PATCH_BY_POSITION and PATCH_BY_HEAD. */
export const PATCHED = ['resid_pre', 'attn_out', 'mlp_out', 'z', 'q', 'k', 'v', 'pattern'] as const;
/** From the other prompt into this one, or the other way. */
export const DIRECTIONS = ['into_this', 'into_other'] as const;
/** Sets of prompts; the state's PAIR_SETS. */
export const REFERENCES = ['names', 'numbers', 'capital', 'fact', 'agreement', 'induction'] as const;
export const MATTERS = ['grid', 'path', 'trace'] as const;
export const PATH_INPUTS = ['q', 'k', 'v'] as const;
export const PATHS = ['direct', 'direct_anew', 'paper'] as const;
/** What colours the prompt's tokens: nothing, or what each one's embedding adds to a logit, by one of two methods. */
export const CHIP_COLOURS = ['none', 'input_x_gradient', 'integrated_gradients'] as const;
export const CHIP_TARGETS = ['token', 'pair'] as const;
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
  /** A grid, its estimate and paths are the mean over the set of pairs that the two prompts are the first of. */
  average: setting(flag, false),
  /** The prompts that `mean` is over. */
  references: setting(oneOf(REFERENCES), 'names'),
  matters: setting(oneOf(MATTERS), 'grid'),
  /** The input of the selected head that paths lead to, and what a path is. */
  path_input: setting(oneOf(PATH_INPUTS), 'q'),
  path: setting(oneOf(PATHS), 'direct'),
  /** Causal tracing: the state that is put back, and the tokens that get noise; null: those in which the prompts differ. */
  restored: setting(oneOf(RESTORED), 'resid_post'),
  subject: optional(idList),
  /** Blocks that are restored together, noises that a cell is the mean over, and the first one's seed. */
  window: setting(wholeNumber(WINDOW_RANGE.min, WINDOW_RANGE.max), 1),
  noises: setting(wholeNumber(NOISES_RANGE.min, NOISES_RANGE.max), 4),
  noise_seed: setting(wholeNumber(NOISE_SEED_RANGE.min, NOISE_SEED_RANGE.max), 0),
  chips: setting(oneOf(CHIP_COLOURS), 'none'),
  /** Of one token's logit, or of the difference of two. */
  chips_of: setting(oneOf(CHIP_TARGETS), 'token')
};

/** Why the model predicts what it does: edits, who wrote a logit, and where two prompts differ. */
export const why: ViewSpec<typeof settings> = {
  label: { en: 'Why', zh: '为什么' },
  part: 'output',
  settings,
  load: async () => (await import('../reads/why')).why
};
