/**
 * Removes every token that would repeat a run of `size` tokens: whatever followed an earlier occurrence of the last
 * size - 1 tokens. Size 1 removes every token of the text.
 *
 * Shapes: scores [vocab_size] → [vocab_size].
 * Source: transformers, NoRepeatNGramLogitsProcessor.
 */
export function banRepeatedNgrams(scores: Float64Array, ids: readonly number[], size: number): Float64Array {
  const allowed = scores.slice();
  const prefix = ids.length - (size - 1);
  for (let start = 0; start + size <= ids.length; start++) {
    let same = 0;
    while (same < size - 1 && ids[start + same] === ids[prefix + same]) same++;
    const follower = ids[start + size - 1];
    if (same === size - 1 && follower < scores.length) allowed[follower] = -Infinity;
  }
  return allowed;
}
