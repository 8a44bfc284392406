import { HEAD_SCORES, MAX_SEED } from '$lib/gpt2';
import { linkWords as words } from '$lib/words';
import { decimal, flag, index, oneOf, optional, Refused, setting, wholeNumber, type Field } from '../setting';
import type { ViewSpec } from '../spec';

/** Heads and blocks that are searched for: "9.8 10". */
const headSearch: Field<string> = {
  parse(text) {
    if (!/^[\d., ]{0,60}$/.test(text)) throw new Refused(() => words.heads(MOST_FOUND));
    return text;
  },
  format: (text) => text
};
const MOST_FOUND = 12;
const LONGEST_HALF = 512;

const settings = {
  /** What the scores are counted on. */
  heads_on: setting(oneOf(['prompt', 'repeats', 'text']), 'repeats'),
  heads_form: setting(oneOf(['grid', 'scatter']), 'grid'),
  /** What colours the grid, and the scatter's first axis. */
  score: setting(oneOf(HEAD_SCORES), 'induction'),
  against: setting(oneOf(HEAD_SCORES), 'previous'),
  /** From which score on a head is outlined and called by its name. */
  threshold: setting(decimal({ min: 0.05, max: 1 }), 0.4),
  /** Only heads that reach the threshold. */
  only_above: setting(flag, false),
  /** Order of the list and of the table. */
  sort_heads: setting(oneOf(['strongest', 'weakest', 'block']), 'strongest'),
  find_heads: setting(headSearch, ''),
  /** Random tokens in each half, and their seed. */
  repeat_length: setting(wholeNumber(2, LONGEST_HALF), 50),
  repeat_seed: setting(wholeNumber(0, MAX_SEED), 0),
  text_source: setting(oneOf(['stories', 'own']), 'stories'),
  /** The token whose OV and QK rows are shown; null: the selected position's. */
  ov_token: optional(index, ({ vocab_size }) => vocab_size),
  /** The later head's input whose composition scores are listed. */
  compose: setting(oneOf(['q', 'k', 'v']), 'k')
};

/** What every head does on a prompt, on repeats or over a text, and by its weights alone. */
export const heads: ViewSpec<typeof settings> = {
  label: { en: 'Heads', zh: '头' },
  part: 'attn',
  settings,
  load: async () => (await import('../reads/heads')).heads
};
