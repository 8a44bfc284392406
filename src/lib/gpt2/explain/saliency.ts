import type { Trace } from '../trace/trace.ts';
import { nextTask } from '../next-task.ts';
import { InputError, mustBe } from '../errors.ts';
import { gradientsAt } from './gradients.ts';
import { metricOf, metricPosition, type Metric, type Progress } from './metric.ts';
import { EditPlan } from '../edit/plan.ts';
import { rerunLogits } from './rerun.ts';
import * as tf from '@tensorflow/tfjs-core';

export const SALIENCY_METHODS = ['input_x_gradient', 'integrated_gradients'] as const;
export type SaliencyMethod = (typeof SALIENCY_METHODS)[number];

export interface SaliencyOptions {
  readonly metric: Metric;
  readonly method?: SaliencyMethod;
  /** Integrated gradients: points on the way from nothing to the embeddings; 32 unless given. */
  readonly steps?: number;
  /** Stops between two steps. */
  readonly signal?: AbortSignal;
}

export interface Saliency {
  readonly method: SaliencyMethod;
  /** What each token's embedding adds to the metric by this method, [T]; nats. */
  readonly values: Float64Array;
  /** Integrated gradients: points that were taken; otherwise 1. */
  readonly steps: number;
  /**
   * Integrated gradients: the sum of the values less what it would be with infinitely many steps, the metric less the
   * metric with token embeddings of 0; null for the other method, whose sum means nothing.
   */
  readonly gap: number | null;
}

const DEFAULT_STEPS = 32;

/**
 * How much each token of the prompt matters for a metric, by gradients at its row of wte (position embeddings are left as
 * they are): the gradient times the row, or integrated gradients from rows of 0, by the midpoint rule. Yields after each
 * step, and returns the values.
 *
 * Memory: as `gradientsAt`.
 * Throws: InputError if the metric is not in the run or `steps` is below 1; the signal's reason once it is aborted.
 * Source: Sundararajan et al. (2017), "Axiomatic Attribution for Deep Networks".
 */
export async function* saliency(
  trace: Trace,
  { metric, method = 'input_x_gradient', steps = DEFAULT_STEPS, signal }: SaliencyOptions
): AsyncGenerator<Progress, Saliency, void> {
  const total = method === 'integrated_gradients' ? steps : 1;
  if (!Number.isInteger(total) || total < 1)
    throw new InputError(mustBe('saliency: steps', 'a whole number from 1', steps, 'Use 32.'), {
      code: 'range',
      values: ['steps', 1, null, steps]
    });
  const embed = await trace.read('embed');
  const [T, n_embd] = embed.shape;
  const values = new Float64Array(T);
  for (let step = 0; step < total; step++) {
    signal?.throwIfAborted();
    const scale = method === 'integrated_gradients' ? (step + 0.5) / total : 1;
    const { at } = await gradientsAt(trace, [{ name: 'embed' }], metric, scale);
    for (let i = 0; i < T * n_embd; i++) values[Math.floor(i / n_embd)] += (at[0][i] * embed.data[i]) / total;
    yield { done: step + 1, total };
    await nextTask();
  }
  const gap = method === 'integrated_gradients' ? await gapOf(trace, metric, values) : null;
  return { method, values, steps: total, gap };
}

async function gapOf(trace: Trace, metric: Metric, values: Float64Array): Promise<number> {
  const position = metricPosition(trace, metric);
  const zero = { name: 'embed', layer: undefined, apply: (value: tf.Tensor) => tf.zerosLike(value) };
  const plan = new EditPlan([zero], 'zero:embed', trace.n_layer);
  const [without] = await rerunLogits(trace, [plan], position);
  const difference = metricOf(metric, await trace.logits(position)) - metricOf(metric, without);
  return values.reduce((sum, value) => sum + value, 0) - difference;
}
