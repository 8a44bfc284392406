import { drawNumber, sampleIndex } from '$lib/gpt2';

/** Draws an id from a distribution with the seed's number for a prompt of T tokens. */
export function drawToken(probabilities: ArrayLike<number>, seed: number, T: number): number {
  return sampleIndex(probabilities, drawNumber(seed, T));
}
