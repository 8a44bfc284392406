import type { ShownLoss } from '../../../src/lib/viz/decode/loss/measures';
import { vocabulary } from '../shared/lens-fixture';

/** "When Mary and": ·Mary was expected with 1/2, ·and with 1/8, after ·the. */
export const tokens = [vocabulary.token(0), vocabulary.token(1), vocabulary.token(2)];
export const loss = {
  logProbabilities: Float64Array.of(Math.log(1 / 2), Math.log(1 / 8)),
  ranks: Int32Array.of(1, 2),
  entropies: Float32Array.of(1, 0.5),
  top: 2,
  topIds: Int32Array.of(1, 3, 3, 2),
  topProbabilities: Float64Array.of(0.5, 0.25, 0.75, 0.125),
  mean: Math.log(4),
  perplexity: 4
};

/** The loss of T tokens, each expected with 1/4 and second best. */
export function longLoss(T: number): ShownLoss {
  const entries = T - 1;
  return {
    logProbabilities: new Float64Array(entries).fill(Math.log(1 / 4)),
    ranks: new Int32Array(entries).fill(2),
    entropies: new Float32Array(entries).fill(1),
    top: 1,
    topIds: new Int32Array(entries).fill(3),
    topProbabilities: new Float64Array(entries).fill(0.5),
    mean: Math.log(4),
    perplexity: 4
  };
}
