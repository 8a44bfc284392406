import { BACKENDS } from '$lib/engine';
import { linkWords as words } from '$lib/words';
import {
  flag,
  idList,
  index,
  oneOf,
  optional,
  Refused,
  setting,
  VIEW_SETTINGS,
  VIEWS,
  wholeNumber,
  type Field,
  type ValuesOf
} from '../views';
import { EXAMPLE_PROMPTS, TELLING_HEADS } from './example-prompts';

/** Steps of the guide; what they ask stands with its page. */
export const GUIDE_LENGTH = 10;

const LONGEST_PROMPT = 20_000; // characters; far above what 1,024 tokens hold

/** A box for text ends its lines with LF alone, so a prompt has no other line ends. */
export const withPlainLines = (text: string): string => text.replace(/\r\n?/g, '\n');

const prompt: Field<string> = {
  parse(value) {
    if (value.length > LONGEST_PROMPT) throw new Refused(() => words.length(LONGEST_PROMPT));
    return withPlainLines(value);
  },
  format: (value) => value
};

const modelName: Field<string> = {
  parse(value) {
    if (!/^[\w.-]{1,100}$/.test(value)) throw new Refused(() => words.modelName);
    return value;
  },
  format: (value) => value
};

/** A recorded run: its name in static/recordings, or its address on this site. */
const recordingPlace: Field<string> = {
  parse(value) {
    if (!/^[\w.~%:/-]{0,300}$/.test(value)) throw new Refused(() => words.recording);
    return value;
  },
  format: (value) => value
};

const MOST_LETTERS = 2000; // of a list of edits

/** Edits as text, as `parseEdits` takes them; whether each is one is seen when they run. */
const editList: Field<string> = {
  parse(value) {
    if (value.length > MOST_LETTERS || !/^[!\w.=*(),;:@<+-]*$/.test(value))
      throw new Refused(() => words.edits);
    return value;
  },
  format: (value) => value
};

const MOST_TABLES = 60;

/** Names of tables. */
const tableNames: Field<readonly string[]> = {
  parse(value) {
    const names = value.split('.');
    if (names.length > MOST_TABLES || !names.every((name) => /^[a-z_]{1,40}$/.test(name)))
      throw new Refused(() => words.tables);
    return [...new Set(names)];
  },
  format: (names) => names.join('.')
};

/** Run A, run B, or B − A. */
export const SHOWN = ['a', 'b', 'diff'] as const;
export const THEMES = ['light', 'dark'] as const;
export const VERSUS = ['edits', 'prompt', 'model'] as const;

/** Settings that belong to no view: which model runs what, and what is selected in it. */
const PAGE_SETTINGS = {
  /** Name in the catalogue. */
  model: setting(modelName, 'gpt2-nano'),
  prompt: setting(prompt, EXAMPLE_PROMPTS.names),
  /** The recorded run that is shown; empty: the prompt is run here. */
  recording: setting(recordingPlace, ''),
  /** Token ids that stand for the prompt where its text alone would be split otherwise; null as a rule. */
  ids: optional(idList),
  /** `<|endoftext|>` in front: every position shifts by one. */
  bos: setting(flag, false),
  /** For a projector: larger, one picture, arrow keys step through the depth. */
  present: setting(flag, false),
  /** Step of the guide that is open, from 1; 0: the guide is not shown. */
  guide: setting(wholeNumber(0, GUIDE_LENGTH), 0),
  /** Light or dark, where the reader has chosen it; null: as the device has it. */
  theme: optional(oneOf(THEMES)),
  /** Tables that are open, and those that are closed where they are open at first. */
  tables: setting(tableNames, []),
  view: setting(oneOf(VIEWS), 'flow'),
  layer: {
    ...setting(index, TELLING_HEADS.names.layer),
    count: ({ n_layer }: { n_layer: number }) => n_layer
  },
  head: { ...setting(index, TELLING_HEADS.names.head), count: ({ n_head }: { n_head: number }) => n_head },
  /** The selected position, which is also the query; null follows the last one. */
  position: optional(index, ({ T }) => T),
  /** The selected key; null: the one the head attends to most. */
  key: optional(index, ({ T }) => T)
};

/** Run B, which may stand beside the prompt's own run A in every view. */
const SECOND_RUN = {
  /** The other prompt; empty: none. */
  other: setting(prompt, ''),
  /** What run B changes inside run A: `zero:z.8.2;!mean:mlp_out.3`, with a mark before what is switched off. */
  edits: setting(editList, ''),
  /** The model of run B where it is another one; null: none. */
  other_model: optional(modelName),
  /** What run B is: A with the edits, the other prompt, or the prompt in another model. */
  versus: setting(oneOf(VERSUS), 'edits'),
  /** Whose numbers the views show. */
  shown: setting(oneOf(SHOWN), 'a')
};

/** Backend the reader forces; null: the first that works. */
const BACKEND_SETTING = { backend: optional(oneOf(BACKENDS)) };

/** Every setting of the page, in the order of a link. */
export const SETTINGS = { ...PAGE_SETTINGS, ...VIEW_SETTINGS, ...SECOND_RUN, ...BACKEND_SETTING };

/** Everything that a link restores: one value of each is one view of the page. */
export type ViewState = ValuesOf<typeof SETTINGS>;

export const DEFAULT_VIEW = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, { default: value }]) => [name, value])
) as unknown as Readonly<ViewState>;

export { BACKENDS };
