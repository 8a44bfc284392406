import { processScores, topTokens } from '$lib/gpt2';
import type { BestTokens, ProcessedScores, SamplingSettings } from '$lib/gpt2';
import { problemText } from '$lib/words';
import { layoutNextTokens, type BarScale, type NextTokenRow } from './layout';
import type { SoftmaxPath } from './softmax-path';

/** The bars of one position with the distribution that they show, or the reason there is none. */
export type NextTokens =
  | { readonly rows: NextTokenRow[]; readonly processed: ProcessedScores; readonly problem: null }
  | { readonly rows: NextTokenRow[]; readonly processed: null; readonly problem: string };

/**
 * The best `count` tokens of one position as bars.
 *
 * Shapes: logits [vocab_size].  Units: nats.
 */
export function nextTokens(
  logits: Float32Array,
  settings: SamplingSettings,
  count: number,
  scale: BarScale = 'linear'
): NextTokens {
  try {
    const processed = processScores(logits, [], { do_sample: true, ...settings });
    const ids = topTokens(logits, Math.min(count, logits.length));
    return { rows: layoutNextTokens(ids, logits, processed, scale), processed, problem: null };
  } catch (error) {
    return { rows: [], processed: null, problem: problemText(error) };
  }
}

/**
 * The bars of a position of which the best tokens alone are recorded, and the best one's way to its probability, all
 * without temperature and cuts.
 */
export function recordedTokens(
  { ids, logits, sum, vocab_size }: BestTokens,
  scale: BarScale
): { readonly rows: NextTokenRow[]; readonly path: SoftmaxPath } {
  const [highest] = logits;
  const scores = Object.fromEntries(ids.map((id, i) => [id, logits[i]]));
  const before = Object.fromEntries(ids.map((id, i) => [id, Math.exp(logits[i] - highest) / sum]));
  const rows = layoutNextTokens(ids, scores, { before, probabilities: before, scores }, scale);
  const best = { logit: highest, scaled: highest, highest, exponential: 1 };
  return { rows, path: { ...best, sum, count: vocab_size, probability: 1 / sum } };
}

/** What the cuts took out: tokens that are left, and the probability that went. */
export function cutOf({ steps, scores }: ProcessedScores): { keptCount: number; massCut: number } {
  const left = steps.reduce((mass, step) => mass * (1 - step.massCut), 1);
  return {
    keptCount: scores.reduce((count, score) => count + (score > -Infinity ? 1 : 0), 0),
    massCut: 1 - left
  };
}
