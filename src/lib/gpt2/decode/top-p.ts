import { topTokens } from '../numbers/ranks.ts';

/**
 * Keeps the smallest set of best tokens whose share of what is kept reaches p, and always `minKept`: clears the marks
 * in `kept` of the others. Of equal tokens at its border the lower ids stay.
 *
 * Shapes: logits, tempered (their softmax), kept [vocab_size].
 * Source: Hugging Face transformers, generation/logits_process.py, TopPLogitsWarper.
 */
export function cutTopP(
  logits: ArrayLike<number>,
  tempered: Float64Array,
  top_p: number,
  kept: Uint8Array,
  minKept = 1
): void {
  const safe = topTokens(logits, Math.min(minKept, logits.length)).filter((id) => kept[id]);
  let mass = 0;
  for (let id = 0; id < kept.length; id++) if (kept[id]) mass += tempered[id];

  // All tokens below this share add up to less than half of 1 - p, so the set is complete before their turn comes.
  const negligible = (mass * (1 - top_p)) / kept.length / 2;
  const candidates: number[] = [];
  for (let id = 0; id < kept.length; id++) {
    if (kept[id] && tempered[id] >= negligible) candidates.push(id);
  }
  candidates.sort((a, b) => logits[b] - logits[a] || a - b);

  kept.fill(0);
  let reached = 0;
  for (const id of candidates) {
    if (reached >= top_p * mass) break;
    kept[id] = 1;
    reached += tempered[id];
  }
  for (const id of safe) kept[id] = 1;
}
