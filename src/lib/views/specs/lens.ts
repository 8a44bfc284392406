import { flag, index, oneOf, optional, setting } from '../setting';
import type { ViewSpec } from '../spec';

export const LENS_ROWS = ['output', 'layer', 'inside'] as const;
export const MEASURES = ['probability', 'rank', 'entropy', 'kl', 'nextRank', 'crossEntropy'] as const;

const settings = {
  /** What colours the table. */
  measure: setting(oneOf(MEASURES), 'probability'),
  /** The row that is read: the output, what the selected layer reads, or what is inside it after its attention. */
  row: setting(oneOf(LENS_ROWS), 'output'),
  /** Also the rows inside a block: after its attention, before its MLP. */
  lens_inside: setting(flag, false),
  /** Off: the stream is read without the last LayerNorm. */
  lens_ln_f: setting(flag, true),
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
