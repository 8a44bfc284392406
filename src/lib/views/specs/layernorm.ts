import { NORMS } from '../norms';
import { oneOf, setting } from '../setting';
import type { ViewSpec } from '../spec';

const settings = {
  norm: setting(oneOf(NORMS), 'ln_1')
};

const PART_OF_NORM = { ln_1: 'attn', ln_2: 'mlp', ln_f: 'ln_f' } as const;

/** A vector of the stream before and after one LayerNorm. */
export const layernorm: ViewSpec<typeof settings> = {
  label: { en: 'LayerNorm', zh: 'LayerNorm' },
  part: ({ norm }) => PART_OF_NORM[norm],
  settings,
  parts: NORMS,
  load: async () => (await import('../reads/layernorm')).layernorm
};
