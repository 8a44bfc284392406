/** How one token's logit becomes its probability, step by step. */
import type { SamplingSettings } from '$lib/gpt2';

export interface SoftmaxPath {
  /** The model's own, nats. */
  readonly logit: number;
  /** logit / temperature, and the highest of all tokens, which is subtracted so that nothing overflows. */
  readonly scaled: number;
  readonly highest: number;
  /** e^(scaled − highest). */
  readonly exponential: number;
  /** The sum of it over the tokens that are kept, and how many these are. */
  readonly sum: number;
  readonly count: number;
  /** exponential / sum; 0 for a token that was cut. */
  readonly probability: number;
}

/**
 * Shapes: logits, scores [vocab_size]; scores are -Infinity where a token was cut.
 * Units:  logits in nats; all in float64.
 */
export function softmaxPath(
  logits: ArrayLike<number>,
  { temperature }: Pick<SamplingSettings, 'temperature'>,
  scores: ArrayLike<number>,
  id: number
): SoftmaxPath {
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i++) highest = Math.max(highest, logits[i] / temperature);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < logits.length; i++) {
    if (scores[i] === -Infinity) continue;
    sum += Math.exp(logits[i] / temperature - highest);
    count += 1;
  }
  const scaled = logits[id] / temperature;
  const exponential = Math.exp(scaled - highest);
  const probability = scores[id] > -Infinity ? exponential / sum : 0;
  return { logit: logits[id], scaled, highest, exponential, sum, count, probability };
}
