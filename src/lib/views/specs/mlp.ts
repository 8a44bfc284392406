import { index, optional } from '../setting';
import type { ViewSpec } from '../spec';

const settings = {
  neuron: optional(index, ({ n_inner }) => n_inner)
};

/** The neurons of a block, before and after its activation function. */
export const mlp: ViewSpec<typeof settings> = {
  label: { en: 'MLP', zh: 'MLP' },
  part: 'mlp',
  settings,
  load: async () => (await import('../reads/mlp')).mlp
};
