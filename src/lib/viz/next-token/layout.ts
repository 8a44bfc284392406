import { scaleLinear, scaleLog } from 'd3';
import type { ProcessedScores } from '$lib/gpt2';

export type BarScale = 'linear' | 'log';

/** Left end of the logarithmic scale; what is less likely has no length. */
export const LEAST_SHOWN = 1e-8;

/** Share of the full width that a probability takes, 0 to 1; the full width is `widest`, on the logarithmic scale 1. */
export function barLength(scale: BarScale, widest: number): (p: number) => number {
  if (scale === 'linear') return widest > 0 ? scaleLinear([0, widest], [0, 1]) : () => 0;
  const log = scaleLog([LEAST_SHOWN, 1], [0, 1]).clamp(true);
  return (p) => (p < LEAST_SHOWN ? 0 : log(p));
}

/** One bar: a token, its numbers before and after the settings, and the bar's lengths. */
export interface NextTokenRow {
  readonly id: number;
  /** From 1, by logit; the settings never change it. */
  readonly rank: number;
  /** Nats, the model's own, before the temperature. */
  readonly logit: number;
  /** The model's own probability, over the whole vocabulary. */
  readonly before: number;
  /** The probability after temperature, top-k and top-p, over the whole vocabulary. */
  readonly after: number;
  /** False if top-k or top-p took the token out. */
  readonly kept: boolean;
  /** Length of the bar (after), 0..1 of the widest. */
  readonly bar: number;
  /** Place of the mark (before), 0..1 of the widest. */
  readonly mark: number;
}

/** Values by token id. */
export type ById = Readonly<Record<number, number>>;

/** What the bars are made from; a token whose score is -Infinity was cut. */
export type NextTokenDistributions = Readonly<
  Record<keyof Pick<ProcessedScores, 'before' | 'probabilities' | 'scores'>, ById>
>;

/**
 * Bars for the given tokens, on one scale that fits both the bars and their marks.
 *
 * Shapes: logits, before, probabilities, scores [vocab_size]; ids best first.
 * Units:  logits in nats; bar and mark are shares of the full width.
 */
export function layoutNextTokens(
  ids: readonly number[],
  logits: ById,
  { before, probabilities, scores }: NextTokenDistributions,
  scale: BarScale = 'linear'
): NextTokenRow[] {
  const widest = ids.reduce((most, id) => Math.max(most, before[id], probabilities[id]), 0);
  const share = barLength(scale, widest);
  return ids.map((id, i) => ({
    id,
    rank: i + 1,
    logit: logits[id],
    before: before[id],
    after: probabilities[id],
    kept: scores[id] > -Infinity,
    bar: share(probabilities[id]),
    mark: share(before[id])
  }));
}

/** A sum of float64 probabilities this near to 1 is 1: what is missing is rounding. */
const ROUNDING = 1e-9;

/** Probability that the rows hold together, after the settings. */
export function shownMass(rows: readonly NextTokenRow[]): number {
  const mass = rows.reduce((sum, row) => sum + row.after, 0);
  return Math.abs(1 - mass) < ROUNDING ? 1 : mass;
}
