import type { Token, Vocabulary } from '$lib/gpt2';
import type { LensRow } from '../../../src/lib/viz/logit-lens/types';

const TEXTS = ['When', ' Mary', ' and', ' the', '\n'];

/** A vocabulary of five tokens. */
export const vocabulary: Vocabulary = {
  vocab_size: TEXTS.length,
  token(id: number): Token {
    const text = TEXTS[id];
    return { id, text, bytes: new TextEncoder().encode(text), start: 0, end: 0, special: false };
  }
};

/** The prompt "When Mary". */
export const tokens = [vocabulary.token(0), vocabulary.token(1)];

/** A row over two positions that lists two tokens at each: `best` and ` the`. */
export function row(best: [number, number], rank: [number, number] | null = null): LensRow {
  return {
    top: 2,
    topIds: Int32Array.of(best[0], 3, best[1], 3),
    topProbabilities: Float64Array.of(0.5, 0.25, 0.75, 0.125),
    topLogits: Float32Array.of(4, 3, 2, 1),
    entropy: Float32Array.of(1, 0.5),
    kl: Float32Array.of(2, 0.25),
    nextRank: Int32Array.of(4, -1), // the text ends after "Mary"
    crossEntropy: Float32Array.of(3.5, NaN),
    rank: rank && Int32Array.from(rank),
    probability: rank && Float64Array.of(0.0625, 0.5),
    logProbability: rank && Float64Array.of(Math.log(0.0625), Math.log(0.5))
  };
}
