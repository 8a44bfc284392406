import type { Progress } from '$lib/gpt2';

export type TextSource = 'stories' | 'own';

/** Rows of a text, and the longest of them; more takes longer and says little more. */
export const TEXT_ROWS = 64;
export const TEXT_LENGTH = 128;

/** Counting over a text: what is under way, and what has been counted. */
export interface TextState {
  readonly running: boolean;
  readonly progress: Progress | null;
  /** The text that the result is of; null before there is one. */
  readonly counted: TextSource | null;
  /** The reader's own text; it is not in the link. */
  readonly own: string;
  /** Why the stories cannot be had; null: nothing is wrong. */
  readonly problem: string | null;
}
