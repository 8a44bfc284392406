import type { Gpt2Config } from '../model/config.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { passKey, type Pass, type PlannedEdits } from '../model/pass.ts';
import { causalMask } from '../ops/attention.ts';
import { paddedLength } from './padding.ts';

/** All that a run is computed from. Memory: the caller disposes the mask. */
export function startPass(model: Gpt2Transformer, ids: readonly number[], edits: PlannedEdits | null): Pass {
  const paddedIds = padIds(ids, model.config);
  return {
    model,
    ids,
    paddedIds,
    mask: causalMask(paddedIds.length),
    edits,
    key: passKey(model, ids, edits)
  };
}

/** The ids, filled up at the end to one of a few lengths. */
function padIds(ids: readonly number[], { n_ctx, eos_token_id, vocab_size }: Gpt2Config): number[] {
  const filler = Math.min(eos_token_id[0] ?? 0, vocab_size - 1);
  const missing = paddedLength(ids.length, n_ctx) - ids.length;
  return [...ids, ...new Array<number>(missing).fill(filler)];
}
