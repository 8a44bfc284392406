/** Chance that repeats itself: every random choice comes from a seed that can be shown and put in a link. */
import { mersenne } from 'pure-rand/generator/mersenne';
import { InputError, mustBe } from '../errors.ts';
import { MAX_SEED } from './seed.ts';

const HIGH_BITS = 27; // of 32, by a shift of 5
const LOW_BITS = 26; //  of 32, by a shift of 6
const SHIFT_TO_HIGH = 32 - HIGH_BITS;
const SHIFT_TO_LOW = 32 - LOW_BITS;

/**
 * A stream of numbers in [0, 1), 53 random bits each, the same for a seed on every platform: the Mersenne Twister.
 *
 * The draws are NumPy's, so that a notebook can repeat them:
 * `np.random.RandomState(seed).random_sample()`.
 *
 * Throws: InputError if `seed` is not an integer from 0 to 2^32 - 1.
 * Source: Matsumoto and Nishimura (1998), genrand_res53 of mt19937ar.c; the generator is pure-rand's.
 */
export function seededRandom(seed: number): () => number {
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    const advice = 'Choose a whole number, such as 0.';
    throw new InputError(mustBe('seededRandom: seed', `an integer from 0 to ${MAX_SEED}`, seed, advice), {
      code: 'range',
      values: ['seed', 0, MAX_SEED, seed]
    });
  }
  const generator = mersenne(seed);
  return () => {
    const high = generator.next() >>> SHIFT_TO_HIGH;
    const low = generator.next() >>> SHIFT_TO_LOW;
    return (high * 2 ** LOW_BITS + low) / 2 ** (HIGH_BITS + LOW_BITS);
  };
}

/**
 * The index that a number in [0, 1) falls on when the probabilities are laid end to end, in order. Never one of
 * probability 0, even where rounding leaves the sum of all a little under 1.
 *
 * Throws: InputError if `u` is outside [0, 1), a probability is negative or NaN, or none is above 0.
 */
export function sampleIndex(probabilities: ArrayLike<number>, u: number): number {
  if (!(u >= 0 && u < 1)) {
    throw new InputError(mustBe('sampleIndex: u', 'in [0, 1)', u, 'Draw it with seededRandom.'));
  }
  let reached = 0;
  let last = -1;
  for (let index = 0; index < probabilities.length; index++) {
    const probability = probabilities[index];
    if (!(probability >= 0)) {
      const where = `sampleIndex: probabilities[${index}]`;
      throw new InputError(mustBe(where, 'at least 0', probability, 'Pass the result of softmax.'));
    }
    if (probability === 0) continue;
    last = index;
    reached += probability;
    if (u < reached) return index;
  }
  if (last >= 0) return last;
  throw new InputError(
    mustBe('sampleIndex: probabilities', 'above 0 somewhere', 'all 0', 'Keep at least one token.')
  );
}

/**
 * The number in [0, 1) that decides the token after T tokens: the T-th of the seed's sequence, so that the same seed
 * after the same prompt gives the same token, and every step another number.
 */
export function drawNumber(seed: number, T: number): number {
  const next = seededRandom(seed);
  for (let step = 1; step < T; step++) next();
  return next();
}
