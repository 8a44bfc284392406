import { InputError, mustBe } from '../errors.ts';
import type { Trace } from '../trace/trace.ts';
import { metricOf, metricPosition, type Metric } from './metric.ts';

/** Two runs of one length whose metrics differ. */
export interface PromptPair {
  readonly clean: Trace;
  readonly corrupt: Trace;
  /** What this pair asks, where pairs are about other tokens; left out: the measure's own metric. */
  readonly metric?: Metric;
}

/** Metrics nearer than this give no scale to measure a patch by: float32 moves a logit by some 1e-5. */
const LEAST_DIFFERENCE = 1e-3;

/** A pair with both of its metrics. */
export interface MeasuredPair extends PromptPair {
  readonly pairMetric: Metric;
  readonly position: number;
  readonly cleanMetric: number;
  readonly corruptMetric: number;
}

/** Both metrics of each pair. Throws: InputError if there is no pair, or one does not allow to measure. */
export async function measurePairs(pairs: readonly PromptPair[], metric: Metric): Promise<MeasuredPair[]> {
  if (pairs.length === 0) throw new InputError(mustBe('patch: pairs', 'at least 1', 0, 'Pass two runs.'));
  const measured: MeasuredPair[] = [];
  for (const { clean, corrupt, metric: own } of pairs) {
    const pairMetric = own ?? metric;
    if (pairMetric.kind === 'kl')
      throw new InputError(
        mustBe('patch: metric', 'a logit or log-probability', 'kl', 'KL has no clean and corrupt value.')
      );
    expectLength(clean.ids.length, corrupt.ids.length);
    const position = metricPosition(clean, pairMetric);
    const [cleanMetric, corruptMetric] = [
      metricOf(pairMetric, await clean.logits(position)),
      metricOf(pairMetric, await corrupt.logits(position))
    ];
    if (Math.abs(cleanMetric - corruptMetric) < LEAST_DIFFERENCE) {
      const advice = 'Choose prompts or tokens that the model tells apart.';
      const expected = `different in both runs by ${LEAST_DIFFERENCE} or more`;
      throw new InputError(mustBe('patch: metric', expected, `${cleanMetric} and ${corruptMetric}`, advice), {
        code: 'pairMetric',
        values: [LEAST_DIFFERENCE]
      });
    }
    measured.push({ clean, corrupt, pairMetric, position, cleanMetric, corruptMetric });
  }
  return measured;
}

function expectLength(clean: number, corrupt: number): void {
  if (clean === corrupt) return;
  const advice = 'Change words for others of as many tokens.';
  throw new InputError(
    mustBe('patch: corrupt prompt', `${clean} tokens, as the clean one`, corrupt, advice),
    {
      code: 'pairLength',
      values: [clean, corrupt]
    }
  );
}

/** The means over the pairs. */
export function meanMetrics(measured: readonly MeasuredPair[]): { clean: number; corrupt: number } {
  const mean = (of: (pair: MeasuredPair) => number) =>
    measured.reduce((sum, pair) => sum + of(pair), 0) / measured.length;
  return { clean: mean((pair) => pair.cleanMetric), corrupt: mean((pair) => pair.corruptMetric) };
}

/** A patched run's metric on the pair's own scale: 0 as in the corrupt run, 1 as in the clean one. */
export function restored({ cleanMetric, corruptMetric }: MeasuredPair, patched: number): number {
  return (patched - corruptMetric) / (cleanMetric - corruptMetric);
}
