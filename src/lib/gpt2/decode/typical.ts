import { entropy } from '../numbers/entropy.ts';

/**
 * Keeps the tokens whose surprise is nearest to the expected one (the entropy), until their probability reaches
 * `mass`; all that are as near as the last of them, and always the `minKept` nearest.
 *
 *     distance[i] = |-ln p[i] - H(p)|
 *
 * Shapes: probabilities, kept [vocab_size]; clears the marks in `kept` of what it cuts.
 * Source: Meister et al. (2022), "Locally Typical Sampling"; transformers, TypicalLogitsWarper.
 */
export function cutAtypical(
  probabilities: Float64Array,
  mass: number,
  kept: Uint8Array,
  minKept: number
): void {
  const expected = entropy(probabilities);
  const distance = probabilities.map((p) => Math.abs(-Math.log(p) - expected)); // Infinity where p is 0
  const nearest = new Int32Array(kept.length).map((_, id) => id);
  nearest.sort((a, b) => (distance[a] === distance[b] ? a - b : distance[a] < distance[b] ? -1 : 1));

  let reached = 0;
  let last = 0;
  for (; last < nearest.length - 1; last++) {
    reached += probabilities[nearest[last]];
    if (reached >= mass) break;
  }
  const border = distance[nearest[last]];
  for (let place = minKept; place < nearest.length; place++) {
    if (distance[nearest[place]] > border) kept[nearest[place]] = 0;
  }
}
