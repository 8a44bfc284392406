/**
 * Makes tokens that are already in the text less likely: a positive score is divided by the penalty, a negative one
 * multiplied with it, once for each token however often it occurs. A penalty below 1 makes them more likely.
 *
 * Shapes: scores [vocab_size] → [vocab_size].
 * Source: Keskar et al. (2019), "CTRL", section 4.1; transformers, RepetitionPenaltyLogitsProcessor.
 */
export function penaliseRepetition(
  scores: Float64Array,
  ids: readonly number[],
  penalty: number
): Float64Array {
  const penalised = scores.slice();
  for (const id of new Set(ids)) {
    if (id < scores.length) penalised[id] = scores[id] < 0 ? scores[id] * penalty : scores[id] / penalty;
  }
  return penalised;
}
