import { vocabulary } from '../logit-lens/fixture';

/** "When Mary and": ·Mary was expected with 1/2, ·and with 1/8, after ·the. */
export const tokens = [vocabulary.token(0), vocabulary.token(1), vocabulary.token(2)];
export const loss = {
  logProbabilities: Float64Array.of(Math.log(1 / 2), Math.log(1 / 8)),
  ranks: Int32Array.of(1, 2),
  entropies: Float32Array.of(1, 0.5),
  top: 2,
  topIds: Int32Array.of(1, 3, 3, 2),
  topProbabilities: Float32Array.of(0.5, 0.25, 0.75, 0.125),
  mean: Math.log(4),
  perplexity: 4
};
