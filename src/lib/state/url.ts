import { MAX_SEED } from '$lib/gpt2';
import { linkWords as words } from '$lib/words';
import { formatColumns, MOST_COLUMNS, parseColumns, type DecodeColumn } from './decode-columns';
import { LINK_VERSION } from './address';
import type { Say } from './reports.svelte';
import {
  BACKENDS,
  BAR_SCALES,
  BEAMS_RANGE,
  COMBINED,
  BLOCK_PARTS,
  DECODE_PARTS,
  DEFAULT_VIEW,
  EARLY_STOPPING,
  FLOW_ROWS,
  FORMS,
  HEAD_GRIDS,
  LENGTH_PENALTY_RANGE,
  LENS_ROWS,
  LINKS_RANGE,
  LOSS_MEASURES,
  MEASURES,
  MIN_P_RANGE,
  NEW_TOKENS_RANGE,
  NGRAM_RANGE,
  NORMS,
  POSITION_0,
  REPETITION_PENALTY_RANGE,
  STAGES,
  TEMPERATURE_RANGE,
  TOP_P_RANGE,
  TYPICAL_P_RANGE,
  VIEWS,
  WEIGHED,
  type HeadPlace,
  type ViewState,
  type ZoomPlace
} from './view-state';

/**
 * The whole view as the fields of a link, one line a setting, so that reading and writing cannot drift apart.
 * `parseView(formatView(state)).state` equals `state`; a setting at its default is left out.
 */

/** What a read value may be refused with, in words for the page. */
class Refused extends Error {
  constructor(readonly expected: Say) {
    super();
  }
}

interface Field<T> {
  /** Throws Refused if the text is no such value. */
  parse(text: string): T;
  format(value: T): string;
}

const LONGEST_PROMPT = 20_000; // characters; far above what 1,024 tokens hold
const LARGEST_INDEX = 1_000_000;

function wholeNumber(min: number, max: number): Field<number> {
  return {
    parse(text) {
      const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
      if (!(value >= min && value <= max)) throw new Refused(() => words.wholeNumber(min, max));
      return value;
    },
    format: String
  };
}

function decimal({ min, max }: { min: number; max: number }): Field<number> {
  return {
    parse(text) {
      const value = /^\d{0,4}(\.\d{1,6})?$/.test(text) && text !== '' ? Number(text) : NaN;
      if (!(value >= min && value <= max)) throw new Refused(() => words.number(min, max));
      return value;
    },
    format: String
  };
}

function oneOf<const T extends string>(allowed: readonly T[]): Field<T> {
  return {
    parse(text) {
      const found = allowed.find((value) => value === text);
      if (found === undefined) throw new Refused(() => words.oneOf(allowed));
      return found;
    },
    format: (value) => value
  };
}

/** A setting that may be unset; unset is what a missing parameter means. */
function optional<T>(field: Field<T>): Field<T | null> {
  return {
    parse: (text) => field.parse(text),
    format: (value) => (value === null ? '' : field.format(value))
  };
}

const flag: Field<boolean> = {
  parse(text) {
    if (text !== '0' && text !== '1') throw new Refused(() => words.flag);
    return text === '1';
  },
  format: (value) => (value ? '1' : '0')
};

/** A box for text ends its lines with LF alone, so a prompt has no other line ends. */
export const withPlainLines = (text: string): string => text.replace(/\r\n?/g, '\n');

const text: Field<string> = {
  parse(value) {
    if (value.length > LONGEST_PROMPT) throw new Refused(() => words.length(LONGEST_PROMPT));
    return withPlainLines(value);
  },
  format: (value) => value
};

const name: Field<string> = {
  parse(value) {
    if (!/^[\w.-]{1,100}$/.test(value)) throw new Refused(() => words.modelName);
    return value;
  },
  format: (value) => value
};

const index = wholeNumber(0, LARGEST_INDEX);
const idList: Field<readonly number[]> = {
  parse: (value) => value.split('.').map((id) => index.parse(id)),
  format: (ids) => ids.join('.')
};

/** `3.2_0.25_0.5`: scale, and the shares left of it and above it. */
const zoomPlace: Field<ZoomPlace> = {
  parse(value) {
    const [k, x, y] = /^\d{1,4}(\.\d{1,2})?_[01](\.\d{1,4})?_[01](\.\d{1,4})?$/.test(value)
      ? value.split('_').map(Number)
      : [NaN, NaN, NaN];
    if (!(k > 1 && x <= 1 && y <= 1)) throw new Refused(() => words.zoom);
    return { k, x, y };
  },
  format: ({ k, x, y }) => `${k}_${x}_${y}`
};

const MOST_PINS = 24; // two blocks of GPT-2 small

/** `9.8_9.0`: heads by block and place. */
const headList: Field<readonly HeadPlace[]> = {
  parse(value) {
    const places = value.split('_').map((one) => /^(\d{1,3})\.(\d{1,3})$/.exec(one));
    if (places.length > MOST_PINS || places.includes(null)) throw new Refused(() => words.heads(MOST_PINS));
    return places.map((found) => ({ layer: Number(found![1]), head: Number(found![2]) }));
  },
  format: (heads) => heads.map(({ layer, head }) => `${layer}.${head}`).join('_')
};

const columnList: Field<readonly DecodeColumn[]> = {
  parse(value) {
    const columns = parseColumns(value);
    if (!columns) throw new Refused(() => words.columns(MOST_COLUMNS));
    return columns;
  },
  format: formatColumns
};

const FIELDS: { readonly [K in keyof ViewState]: Field<ViewState[K]> } = {
  model: name,
  prompt: text,
  ids: optional(idList),
  bos: flag,
  view: oneOf(VIEWS),
  layer: index,
  head: index,
  position: optional(index),
  key: optional(index),
  links: decimal(LINKS_RANGE),
  rows: oneOf(FLOW_ROWS),
  upto: optional(index),
  open: optional(index),
  part: oneOf(BLOCK_PARTS),
  stage: oneOf(STAGES),
  form: oneOf(FORMS),
  pins: headList,
  combine: oneOf(COMBINED),
  weigh: oneOf(WEIGHED),
  first: oneOf(POSITION_0),
  keep: wholeNumber(1, 100),
  heads: oneOf(HEAD_GRIDS),
  zoom: optional(zoomPlace),
  line_zoom: optional(zoomPlace),
  heat_zoom: optional(zoomPlace),
  norm: oneOf(NORMS),
  component: optional(index),
  head_component: optional(index),
  sorted: flag,
  norm_scale: optional(oneOf(BAR_SCALES)),
  neuron: optional(index),
  measure: oneOf(MEASURES),
  row: oneOf(LENS_ROWS),
  track: optional(index),
  explained: optional(index),
  temperature: decimal(TEMPERATURE_RANGE),
  top_k: index,
  top_p: decimal(TOP_P_RANGE),
  seed: wholeNumber(0, MAX_SEED),
  decode: oneOf(DECODE_PARTS),
  do_sample: flag,
  min_p: decimal(MIN_P_RANGE),
  typical_p: decimal(TYPICAL_P_RANGE),
  repetition_penalty: decimal(REPETITION_PENALTY_RANGE),
  no_repeat_ngram_size: wholeNumber(NGRAM_RANGE.min, NGRAM_RANGE.max),
  max_new_tokens: wholeNumber(NEW_TOKENS_RANGE.min, NEW_TOKENS_RANGE.max),
  generated: optional(idList),
  step: optional(index),
  scale: oneOf(BAR_SCALES),
  num_beams: wholeNumber(BEAMS_RANGE.min, BEAMS_RANGE.max),
  length_penalty: decimal(LENGTH_PENALTY_RANGE),
  early_stopping: oneOf(EARLY_STOPPING),
  beam_step: optional(index),
  columns: columnList,
  present: flag,
  loss: oneOf(LOSS_MEASURES),
  backend: optional(oneOf(BACKENDS))
};

const NAMES = Object.keys(FIELDS) as (keyof ViewState)[];

/** Always written, so that a link still opens the same prompt and head when the defaults change. */
const ALWAYS: readonly (keyof ViewState)[] = ['model', 'prompt', 'view', 'layer', 'head'];

function isDefault<K extends keyof ViewState>(key: K, value: ViewState[K]): boolean {
  return FIELDS[key].format(value) === FIELDS[key].format(DEFAULT_VIEW[key]);
}

/** The fields of a link, as a query without `?`. */
export function formatView(state: ViewState): string {
  const query = new URLSearchParams({ v: String(LINK_VERSION) });
  const write = <K extends keyof ViewState>(key: K) => {
    const value = state[key];
    if (value === null || (isDefault(key, value) && !ALWAYS.includes(key))) return;
    query.set(key, FIELDS[key].format(value));
  };
  NAMES.forEach(write);
  return query.toString();
}

/**
 * Reads a link's fields, of the newest version (readAddress). Never throws: a missing value means its default, an
 * impossible one keeps its default and is named in `problems`, in words for the page and in the language of the moment
 * when they are read.
 */
export function parseView(text: string): { state: ViewState; problems: Say[] } {
  const given = new URLSearchParams(text);
  const state: ViewState = { ...DEFAULT_VIEW };
  const problems: Say[] = [];
  const read = <K extends keyof ViewState>(key: K) => {
    const value = given.get(key);
    if (value === null) return;
    try {
      state[key] = FIELDS[key].parse(value);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { expected } = error;
      problems.push(() => words.refused(key, expected()));
    }
  };
  NAMES.forEach(read);
  return { state, problems };
}

/** What a model and a prompt allow. */
export interface Limits {
  readonly n_layer: number;
  readonly n_head: number;
  readonly n_inner: number;
  readonly vocab_size: number;
  /** Tokens of the prompt. */
  readonly T: number;
}

/**
 * Brings a view within a model and a prompt: what does not exist there goes back to its default, and is named.
 */
export function fitView(state: ViewState, limits: Limits): { state: ViewState; problems: Say[] } {
  const fitted = { ...state };
  const problems: Say[] = [];
  const fit = <
    K extends
      'layer' | 'head' | 'position' | 'key' | 'neuron' | 'track' | 'explained' | 'step' | 'upto' | 'open'
  >(
    key: K,
    count: number,
    fallback: ViewState[K]
  ) => {
    const value = state[key];
    if (value === null || value < count) return;
    fitted[key] = fallback;
    if (value === DEFAULT_VIEW[key]) return; // the link did not ask for it
    problems.push(() => (count > 0 ? words.absent(key, value, count - 1) : words.absentAll(key, value)));
  };
  fit('layer', limits.n_layer, Math.min(DEFAULT_VIEW.layer, limits.n_layer - 1));
  fit('head', limits.n_head, Math.min(DEFAULT_VIEW.head, limits.n_head - 1));
  fit('position', limits.T, null);
  fit('key', limits.T, null);
  fit('upto', limits.n_layer + 2, null);
  fit('open', limits.n_layer, null);
  fit('neuron', limits.n_inner, null);
  fit('track', limits.vocab_size, null);
  fit('explained', limits.vocab_size, null);
  fit('step', state.generated?.length ?? 0, null);
  return { state: fitted, problems };
}
