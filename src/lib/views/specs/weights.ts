import { CELL_VALUES } from '$lib/gpt2';
import { linkWords as words } from '$lib/words';
import { zoomPlace } from '../places';
import { index, oneOf, optional, Refused, setting, type Field } from '../setting';
import type { ViewSpec } from '../spec';

const parameterName: Field<string> = {
  parse(text) {
    if (!/^[\w.]{1,80}$/.test(text)) throw new Refused(() => words.modelName);
    return text;
  },
  format: (text) => text
};

const settings = {
  weights: setting(oneOf(['parameter', 'wte', 'wpe']), 'parameter'),
  /** By its name in the checkpoint; one that the model does not have: the first. */
  parameter: setting(parameterName, 'transformer.h.0.attn.c_attn.weight'),
  /** What a cell shows that stands for several values. */
  cell: setting(oneOf(CELL_VALUES), 'extreme'),
  /** What is seen of the parameter's map; null: all. */
  matrix_zoom: optional(zoomPlace),
  /** The token whose nearest rows of wte are listed; null: the selected position's. */
  near: optional(index, ({ vocab_size }) => vocab_size)
};

/** Every parameter of the model, and the embeddings as maps. */
export const weights: ViewSpec<typeof settings> = {
  label: { en: 'Weights', zh: '权重' },
  part: 'embed',
  settings,
  load: async () => (await import('../reads/weights')).weights
};
