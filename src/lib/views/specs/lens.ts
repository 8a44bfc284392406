import { index, oneOf, optional, setting } from '../setting';
import type { ViewSpec } from '../spec';

export const LENS_ROWS = ['output', 'layer'] as const;
export const MEASURES = ['probability', 'rank', 'entropy', 'kl'] as const;

const settings = {
  /** What colours the table. */
  measure: setting(oneOf(MEASURES), 'probability'),
  /** The row that is read: the output, or what the selected layer reads. */
  row: setting(oneOf(LENS_ROWS), 'output'),
  /** Token followed through the layers. */
  track: optional(index, ({ vocab_size }) => vocab_size)
};

/** What each depth would say next. */
export const lens: ViewSpec<typeof settings> = {
  label: { en: 'Logit lens', zh: 'logit 透镜' },
  part: 'output',
  settings,
  load: async () => (await import('../reads/lens')).lens
};
