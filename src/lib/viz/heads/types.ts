import type { HeadScoreName } from '$lib/gpt2';
import type { TextSource } from '../text/types';

/** The data that scores are counted on. */
export type ScoreData = 'prompt' | 'repeats' | 'text';

/** By falling or rising score, or in the order of the computation. */
export type HeadOrder = 'strongest' | 'weakest' | 'block';

/** What a reader sets in the view; each stands in the link. */
export interface HeadsSettings {
  readonly on: ScoreData;
  readonly score: HeadScoreName;
  readonly against: HeadScoreName;
  readonly form: 'grid' | 'scatter';
  readonly threshold: number;
  /** Heads under the threshold fade, and are in no list. */
  readonly onlyAbove: boolean;
  readonly sort: HeadOrder;
  readonly find: string;
  readonly length: number;
  readonly seed: number;
  readonly source: TextSource;
  readonly compose: 'q' | 'k' | 'v';
}
