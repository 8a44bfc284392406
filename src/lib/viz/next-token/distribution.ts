import { processScores, topTokens } from '$lib/gpt2';
import type { ProcessedScores, SamplingSettings } from '$lib/gpt2';
import { problemText } from '$lib/words';
import { layoutNextTokens, type BarScale, type NextTokenRow } from './layout';

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

/** What the cuts took out: tokens that are left, and the probability that went. */
export function cutOf({ steps, scores }: ProcessedScores): { keptCount: number; massCut: number } {
  const left = steps.reduce((mass, step) => mass * (1 - step.massCut), 1);
  return {
    keptCount: scores.reduce((count, score) => count + (score > -Infinity ? 1 : 0), 0),
    massCut: 1 - left
  };
}
