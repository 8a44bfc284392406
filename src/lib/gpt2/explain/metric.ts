import { InputError, mustBe } from '../errors.ts';
import { klToFinal } from '../numbers/distribution.ts';
import { logProbabilityOf } from '../numbers/softmax.ts';
import type { Trace } from '../trace/trace.ts';

/** One number that says what a run predicts at a position; what causal measures compare. nats */
export interface Metric {
  readonly token: number;
  /** The logit of `token` less the logit of this one. */
  readonly minus?: number;
  /** `logit` unless given; `kl`: KL(unedited run || this run), in which the token plays no part. */
  readonly kind?: 'logit' | 'log_probability' | 'kl';
  /** Left out: the last. */
  readonly position?: number;
}

/** The pair of tokens whose logits are compared; equal: one logit. */
export interface LogitPair {
  readonly token: number;
  readonly minus: number;
}

/** What has come of a measure so far. */
export interface Measured<Step, Result = unknown> {
  readonly steps: readonly Step[];
  readonly result: Result | null;
  readonly isRunning: boolean;
  /** Why it failed; null: nothing is wrong. */
  readonly problem: string | null;
}

/** How far a long measure is: `done` of `total` runs. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Where a metric is read. Throws: InputError if the position or a token is not in the run. */
export function metricPosition(trace: Trace, { token, minus, kind, position }: Metric): number {
  const { vocab_size } = trace.model.config;
  for (const id of minus === undefined ? [token] : [token, minus]) {
    if (Number.isInteger(id) && id >= 0 && id < vocab_size) continue;
    const range = `from 0 to ${vocab_size - 1}`;
    throw new InputError(mustBe('metric: token', range, id, 'Choose a token of the vocabulary.'), {
      code: 'range',
      values: ['token', 0, vocab_size - 1, id]
    });
  }
  if (minus !== undefined && kind !== undefined && kind !== 'logit') {
    throw new InputError(
      mustBe('metric: minus', 'left out', minus, `A difference is one of logits, not of ${kind}.`)
    );
  }
  const last = trace.ids.length - 1;
  const at = position ?? last;
  if (Number.isInteger(at) && at >= 0 && at <= last) return at;
  throw new InputError(
    mustBe('metric: position', `from 0 to ${last}`, at, 'Choose a position of the prompt.'),
    { code: 'range', values: ['position', 0, last, at] }
  );
}

/**
 * The metric of one position's logits.
 *
 * @param unedited the unedited run's logits at the position, for `kl`
 */
export function metricOf(
  { token, minus, kind = 'logit' }: Metric,
  logits: Float32Array,
  unedited?: Float32Array
): number {
  if (kind === 'kl') return unedited ? klToFinal(logits, unedited) : 0;
  if (kind === 'log_probability') return logProbabilityOf(logits, token);
  return logits[token] - (minus === undefined ? 0 : logits[minus]);
}

/** The metric of a run as it is. */
export async function metricOfTrace(trace: Trace, metric: Metric): Promise<number> {
  return metricOf(metric, await trace.logits(metricPosition(trace, metric)));
}
