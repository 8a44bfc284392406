import { MAX_INSERTED, topTokens } from '../numbers/ranks.ts';

/**
 * Keeps every token that is as good as the k-th best: clears the marks in `kept` of the others.
 *
 * Shapes: logits, kept [vocab_size].
 * Source: Hugging Face transformers, generation/logits_process.py, TopKLogitsWarper.
 */
export function cutTopK(logits: ArrayLike<number>, top_k: number, kept: Uint8Array): void {
  if (top_k >= logits.length) return;
  const border =
    top_k <= MAX_INSERTED
      ? logits[topTokens(logits, top_k)[top_k - 1]]
      : Float64Array.from(logits).sort()[logits.length - top_k]; // of values alone, ten times faster than of ids
  for (let id = 0; id < logits.length; id++) if (logits[id] < border) kept[id] = 0;
}
