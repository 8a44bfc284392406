import type { HeadScoreName, Progress } from '$lib/gpt2';

/** The data that scores are counted on. */
export type ScoreData = 'prompt' | 'repeats' | 'text';
export type TextSource = 'stories' | 'own';

/** Rows of a text, and the longest of them; more takes longer and says little more. */
export const TEXT_ROWS = 64;
export const TEXT_LENGTH = 128;

/** What a reader sets in the view; each stands in the link. */
export interface HeadsSettings {
  readonly on: ScoreData;
  readonly score: HeadScoreName;
  readonly against: HeadScoreName;
  readonly form: 'grid' | 'scatter';
  readonly threshold: number;
  readonly find: string;
  readonly length: number;
  readonly seed: number;
  readonly source: TextSource;
  readonly compose: 'q' | 'k' | 'v';
}

/** Counting over a text: what is under way, and what has been counted. */
export interface TextState {
  readonly running: boolean;
  readonly progress: Progress | null;
  /** The text that `report` is of; null before there is one. */
  readonly counted: TextSource | null;
  /** The reader's own text; it is not in the link. */
  readonly own: string;
  /** Why the stories cannot be had; null: nothing is wrong. */
  readonly problem: string | null;
}
