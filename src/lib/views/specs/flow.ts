import { LINKS_RANGE } from '../setting-ranges';
import { decimal, index, oneOf, optional, setting } from '../setting';
import type { ViewSpec } from '../spec';

export const FLOW_ROWS = ['row', 'all', 'back'] as const;
export const BLOCK_PARTS = ['attention', 'qkv', 'layernorm', 'mlp'] as const;

const settings = {
  /** Share of a row from which a link is drawn. */
  links: setting(decimal(LINKS_RANGE), 0.02),
  /** Rows that links are drawn to. */
  rows: setting(oneOf(FLOW_ROWS), 'row'),
  /** The last depth that is drawn in full, n_layer + 1 for ln_f; null: all. */
  upto: optional(index, ({ n_layer }) => n_layer + 2),
  /** The block whose own view stands in the picture, and which part of it. */
  open: optional(index, ({ n_layer }) => n_layer),
  part: setting(oneOf(BLOCK_PARTS), 'attention')
};

/** The whole model in one picture. */
export const flow: ViewSpec<typeof settings> = {
  label: { en: 'Flow', zh: '流程' },
  part: 'attn',
  settings,
  ahead: (run, position) => void run.flow(position),
  load: async () => (await import('../reads/flow')).flow
};
