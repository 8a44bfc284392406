import * as tf from '@tensorflow/tfjs-core';
import type { Edit, EditSources } from '../edit/types.ts';
import { bytesOf, runBlock, type BlockActivations } from '../model/block.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { nextTask } from '../next-task.ts';
import { rowNorms } from '../numbers/norms.ts';
import { embed } from './embed.ts';
import { checkIds } from '../model/prompt-ids.ts';
import type { PlannedEdits } from '../model/pass.ts';
import { startPass } from './start-pass.ts';
import type { AddedNorms } from './parts.ts';
import { Trace } from './trace.ts';

/**
 * Blocks of one trace, the one under way included. One of GPT-2 small's twelve takes 157 MB at T = 1024, all of them
 * 170 MB at T = 192.
 */
export const DEFAULT_BLOCK_BYTES = 192 * 2 ** 20;

export interface RunOptions extends EditSources {
  /** Stops the run between two blocks; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Bytes of block activations that the trace may keep beside its residual stream. */
  readonly byteBudget?: number;
  /** What to change inside the run; see `Edit`. */
  readonly edits?: readonly Edit[];
}

/**
 * Runs a prompt through the model and keeps what it takes to read every activation.
 *
 * The residual stream is kept at every depth. The insides of the blocks are kept, first layers first, as long as the
 * budget lasts; the trace rebuilds the others from `resid_pre` when they are read.
 *
 * Shapes: ids T whole numbers, T ≤ n_ctx; inside, T is padded to a few sizes.
 * Memory: the caller calls `dispose` on the trace; nothing else stays, also when the run is aborted.
 * With edits, blocks below the first one are those of `base`, if it is given, and every block that is rebuilt is edited
 * as it was in the run.
 *
 * Throws: InputError if the ids cannot be run, or an edit does not fit the model, the prompt or its sources; the signal's
 *         reason if it is aborted.
 */
export async function runTrace(
  model: Gpt2Transformer,
  ids: readonly number[],
  { signal, byteBudget, edits = [], base, ...sources }: RunOptions = {}
): Promise<Trace> {
  checkIds(ids, model.config);
  signal?.throwIfAborted();
  const planned =
    edits.length === 0
      ? null
      : await (
          await import('../edit/plan.ts')
        ).planEdits(model, ids, edits, { ...sources, base, signal }, () =>
          runPlanned(model, ids, null, { signal })
        );
  return runPlanned(model, ids, planned, { signal, byteBudget, base });
}

/**
 * Runs a prompt with edits that were planned before; null: with none. Otherwise as `runTrace`.
 *
 * @param options `base`: the unedited trace of the same ids, whose blocks below the first edit are shared
 */
export async function runPlanned(
  model: Gpt2Transformer,
  ids: readonly number[],
  edits: PlannedEdits | null,
  { signal, byteBudget = DEFAULT_BLOCK_BYTES, base }: Pick<RunOptions, 'signal' | 'byteBudget' | 'base'> = {}
): Promise<Trace> {
  const pass = startPass(model, ids, edits);
  const shared = base && edits ? base.shareBelow(pass, edits.firstLayer) : null;
  const resid: tf.Tensor2D[] = shared?.resid ?? [];
  if (resid.length === 0) resid.push(embed(pass));
  const kept = shared?.blocks ?? new Map<number, BlockActivations>();
  const norms = shared?.norms ?? new Map<number, AddedNorms>();
  let left = byteBudget - [...kept.values()].reduce((sum, block) => sum + bytesOf(Object.values(block)), 0);
  const { n_layer } = model.config;
  try {
    for (let layer = resid.length - 1; layer < n_layer; layer++) {
      const activations = runBlock(pass, layer, resid[layer]);
      resid.push(activations.resid_post.clone());
      const bytes = bytesOf(Object.values(activations));
      left -= bytes;
      if (left >= (layer < n_layer - 1 ? bytes : 0))
        kept.set(layer, activations); // the next one has room
      else norms.set(layer, await noteNorms(activations, ids.length));
      await nextTask();
      signal?.throwIfAborted();
    }
  } catch (error) {
    tf.dispose([pass.mask, ...resid, ...[...kept.values()].flatMap((block) => Object.values(block))]);
    throw error;
  }
  return new Trace({ pass, resid, blocks: kept, norms, byteBudget });
}

/** Frees a block that is not kept. The norms of what it added stay: to read them later, every block would be computed again. */
async function noteNorms(block: BlockActivations, T: number): Promise<AddedNorms> {
  const { attn_out, mlp_out, ...rest } = block;
  tf.dispose(Object.values(rest));
  const [, n_embd] = attn_out.shape;
  const normsOf = (values: Float32Array) => rowNorms(values.subarray(0, T * n_embd), n_embd);
  const [attn, mlp] = [lookAtOnce(attn_out, normsOf), lookAtOnce(mlp_out, normsOf)];
  return { attn_out: await attn, mlp_out: await mlp };
}
