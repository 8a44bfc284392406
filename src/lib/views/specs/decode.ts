import { DEFAULT_COLUMNS, formatColumns, MOST_COLUMNS, parseColumns } from '../decode-columns';
import { byProcessor } from '$lib/gpt2';
import type { ColumnSettings } from '$lib/viz/decode';
import { linkWords as words } from '$lib/words';
import { BEAMS_RANGE, LENGTH_PENALTY_RANGE, MAX_SEED, NEW_TOKENS_RANGE } from '../setting-ranges';
import {
  decimal,
  flag,
  idList,
  index,
  oneOf,
  optional,
  Refused,
  setting,
  wholeNumber,
  type Field
} from '../setting';
import type { ViewSpec } from '../spec';
import { BAR_SCALES } from './residual';

export const DECODE_PARTS = ['steps', 'beams', 'compare', 'loss'] as const;
export const EARLY_STOPPING = ['false', 'true', 'never'] as const;
export const LOSS_MEASURES = ['surprise', 'log_probability', 'rank'] as const;

const columnList: Field<readonly ColumnSettings[]> = {
  parse(value) {
    const columns = parseColumns(value);
    if (!columns) throw new Refused(() => words.columns(MOST_COLUMNS));
    return columns;
  },
  format: formatColumns
};

/** One field a processor, by Hugging Face's names. */
const processorSettings = byProcessor(({ off, offered }) =>
  setting(offered.whole ? wholeNumber(offered.min, offered.max) : decimal(offered), off)
);

const settings = {
  /** Token whose way from logit to probability is shown; null: the best one's. */
  explained: optional(index, ({ vocab_size }) => vocab_size),
  ...processorSettings,
  seed: setting(wholeNumber(0, MAX_SEED), 42),
  decode: setting(oneOf(DECODE_PARTS), 'steps'),
  /** Draw the next token, or take the best. */
  do_sample: setting(flag, true),
  /** Tokens that one run, search or column adds at most. */
  max_new_tokens: setting(wholeNumber(NEW_TOKENS_RANGE.min, NEW_TOKENS_RANGE.max), 20),
  /** Ids of the tokens that decoding has added to the prompt; null: none. */
  generated: optional(idList),
  /** Which of them is looked at, from 0; null: the one that comes next. */
  step: optional(index, ({ generated }) => generated),
  /** Scale of the probabilities. */
  scale: setting(oneOf(BAR_SCALES), 'linear'),
  num_beams: setting(wholeNumber(BEAMS_RANGE.min, BEAMS_RANGE.max), 3),
  length_penalty: setting(decimal(LENGTH_PENALTY_RANGE), 1),
  early_stopping: setting(oneOf(EARLY_STOPPING), 'false'),
  /** Step of the beam search that is looked at, from 0; null: the last. */
  beam_step: optional(index),
  /** The node of the tree whose sequence is read; null: the best one's. */
  beam_node: optional(index),
  /** Settings side by side. */
  columns: setting(columnList, DEFAULT_COLUMNS),
  /** What colours the text by its loss. */
  loss: setting(oneOf(LOSS_MEASURES), 'surprise')
};

/** From logits to text. */
export const decode: ViewSpec<typeof settings> = {
  label: { en: 'Decode', zh: '解码' },
  part: 'output',
  settings,
  load: async () => (await import('../reads/decode')).decode
};
