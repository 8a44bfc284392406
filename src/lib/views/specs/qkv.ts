import { flag, index, optional, setting } from '../setting';
import type { ViewSpec } from '../spec';

const settings = {
  /** The component of a head's vectors that is held; null: none. */
  head_component: optional(index),
  /** Components in the order of their product, or as they stand in the vectors. */
  sorted: setting(flag, false)
};

/** One score of one head, from its query and key to what it brings of the value. */
export const qkv: ViewSpec<typeof settings> = {
  label: { en: 'Q · K · V', zh: 'Q · K · V' },
  part: 'attn',
  settings,
  load: async () => (await import('../reads/qkv')).qkv
};
