import type { Composition, CompositionBaseline } from './circuits.ts';
import type { HeadScores, HeadStatistics } from './head-counter.ts';
import type { NeuronStatistics } from './neurons-on-text.ts';

/** What heads do on some tokens. */
export interface HeadReport {
  readonly scores: HeadScores;
  /** Null for repeats, where the scores alone are counted. */
  readonly statistics: Omit<HeadStatistics, 'scores'> | null;
  /** The tokens that were run, row by row. */
  readonly rows: readonly (readonly number[])[];
}

/** Statistics of some tokens as a report, with copies of the rows. */
export function headReport({ scores, ...statistics }: HeadStatistics, rows: HeadReport['rows']): HeadReport {
  return { scores, statistics, rows: rows.map((row) => [...row]) };
}

/** Where the neurons of a block are most active in a text. */
export interface NeuronReport {
  readonly statistics: NeuronStatistics;
  /** The tokens that were run, row by row. */
  readonly rows: readonly (readonly number[])[];
}

/** One head on one prompt: what it adds to a logit, and what changes without it. nats */
export interface HeadEffect {
  readonly token: number;
  /** The logit of the run as it is. */
  readonly logit: number;
  /** Of this head, directly. */
  readonly contribution: number;
  /** The logit without the head (z set to 0 at all positions), less `logit`. */
  readonly effect: number;
}

export interface CompositionReport {
  readonly pairs: readonly Composition[];
  readonly baseline: CompositionBaseline;
}
