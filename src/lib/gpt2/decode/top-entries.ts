import { topTokens } from '../numbers/ranks.ts';
import type { ProcessorStep } from './processors.ts';
import type { ProcessorSummary, TopEntry } from './types.ts';

/** The best tokens of a distribution, without those of probability 0. */
export function topEntries(
  scores: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  count: number
): TopEntry[] {
  return topTokens(scores, Math.min(count, scores.length))
    .filter((id) => probabilities[id] > 0)
    .map((id) => ({ id, probability: probabilities[id], score: scores[id] }));
}

/** What a processor did, without its arrays. */
export function summariseProcessor(step: ProcessorStep, top: number): ProcessorSummary {
  const { name, value, keptCount, removedCount, massCut, scores, after } = step;
  return { name, value, keptCount, removedCount, massCut, top: topEntries(scores, after, top) };
}
