import { topTokens } from '../numbers/ranks.ts';

/**
 * Keeps the tokens whose probability is at least `min_p` times the best one's, and always the `minKept` best.
 *
 * Shapes: probabilities, kept [vocab_size]; clears the marks in `kept` of what it cuts.
 * Source: Nguyen et al. (2024), "Turning Up the Heat: Min-p Sampling"; transformers, MinPLogitsWarper.
 */
export function cutMinP(probabilities: Float64Array, min_p: number, kept: Uint8Array, minKept: number): void {
  const safe = topTokens(probabilities, Math.min(minKept, probabilities.length)).filter((id) => kept[id]);
  const border = min_p * probabilities[safe[0]];
  for (let id = 0; id < kept.length; id++) if (probabilities[id] < border) kept[id] = 0;
  for (const id of safe) kept[id] = 1;
}
