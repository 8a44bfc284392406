/** A lesson as its Markdown file describes it, made at build time. */
import type { MapPart } from '$lib/viz';

/** Languages that a lesson may be written in, each as its readers call it. */
export const LESSON_LANGUAGES = { en: 'English', zh: '中文' } as const;
export type LessonLanguage = keyof typeof LESSON_LANGUAGES;

/** What stands above the text, between two lines of `---`. */
export interface LessonMeta {
  /** Name of the file without `.md` and language: the address. */
  readonly name: string;
  readonly language: LessonLanguage;
  readonly title: string;
  /** One or two sentences for the catalogue. */
  readonly summary: string;
  /** Place in the catalogue. */
  readonly order: number;
  /** What the lesson follows, in words; null if it is our own. */
  readonly source: string | null;
  /** What the source used, from which every cell starts. */
  readonly prompt: string;
  /** The model that it is about; empty: the one that opens first. */
  readonly model: string;
  /** A file of token ids in static/texts that cells look into; empty: none. */
  readonly text: string;
  /** A recorded run of it in static/recordings; empty: it is run. */
  readonly recording: string;
  readonly layer: number;
  readonly head: number;
  /** null is the last one. */
  readonly position: number | null;
  /** How long it takes, minutes. */
  readonly minutes: number;
}

/** A place of the model map that a step is about. */
export type LessonPlace = MapPart;

/** Code as text, and highlighted at build time. */
export interface CodeText {
  readonly text: string;
  readonly html: string;
}

/** How tensors are printed: as PyTorch does, so with an axis of size 1 in front as the sources have it, or every value. */
export type PrintForm = 'plain' | 'batch' | 'whole';

export interface LessonCell {
  readonly code: CodeText;
  /** The same with the source's library, or null. */
  readonly python: CodeText | null;
  /** Ids in checks/values.json that this cell's result is held beside. */
  readonly checks: readonly string[];
  /** Name of the picture under the result, or null. */
  readonly picture: string | null;
  readonly print: PrintForm;
  /** The solution of an exercise: folded until the reader opens it. */
  readonly hidden: boolean;
}

export interface LessonQuestion {
  readonly question: string;
  /** The answers to choose from; `positions` asks for a position of the prompt, `token` for a next token. */
  readonly choices: readonly string[] | 'positions' | 'token';
  /** How each choice is written: in another language than the answer's program has it. */
  readonly labels: readonly string[];
  /** A sentence for the answer, with `{name}` for each of its values; null where the program writes it. */
  readonly says: string | null;
}

/** One screen of a lesson: words, and a cell, a question or nothing under them. */
export interface LessonStep {
  /** The cell's name, or a name made from the heading. */
  readonly id: string;
  /** Heading in front of it, or null. */
  readonly heading: string | null;
  /** HTML made at build time from the lesson's own file. */
  readonly html: string;
  /** The same words as they stand in the file, for what is saved. */
  readonly markdown: string;
  readonly map: LessonPlace | null;
  readonly cell: LessonCell | null;
  readonly question: LessonQuestion | null;
}

export interface Lesson {
  readonly meta: LessonMeta;
  readonly steps: readonly LessonStep[];
  /** Everything that is run, in order: cells and the answers of questions. */
  readonly programs: readonly { readonly id: string; readonly code: string }[];
  /** What the cells' Python needs before the first of them, for a saved notebook; null: nothing. */
  readonly pythonSetup: string | null;
}
