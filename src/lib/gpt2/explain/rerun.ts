import * as tf from '@tensorflow/tfjs-core';
import { stackEdits } from '../edit/stack.ts';
import { runBlock } from '../model/block.ts';
import { pointsOf, type Pass, type PlannedEdits } from '../model/pass.ts';
import { nextTask } from '../next-task.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { unembed } from '../ops/logit-lens.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import { embed } from '../trace/embed.ts';
import type { Trace } from '../trace/trace.ts';

/** Rows that are computed at once: reading the weights costs about as much for these as for those of one short prompt. */
const ROWS_AT_ONCE = 128;

/** How many edited runs of this prompt are computed together. */
export function runsAtOnce(base: Trace): number {
  return Math.max(1, Math.floor(ROWS_AT_ONCE / base.stream(0).shape[0]));
}

/**
 * The logits at one position of edited runs, and nothing else of them: the blocks below the first edit are those of the
 * unedited run, and no block is kept. All runs are computed at once, their rows below one another; pass at most
 * `runsAtOnce`, and runs that are edited first in the same block.
 *
 * @param edits one plan a run
 * Shapes: [vocab_size] a run.
 * Memory: one block of all runs at a time; leaves no tensor behind.
 * Throws: RangeError without a run; the signal's reason once it is aborted.
 */
export async function rerunLogits(
  base: Trace,
  edits: readonly PlannedEdits[],
  position: number,
  signal?: AbortSignal
): Promise<Float32Array[]> {
  const passes = edits.map((plan) => base.passWith(plan));
  const pass = { ...passes[0], edits: stackEdits(passes.map((own) => own.edits!)) };
  const first = Math.min(...edits.map(({ firstLayer }) => firstLayer));
  let resid = startOf(base, passes, first);
  try {
    for (let layer = Math.max(first, 0); layer < base.n_layer; layer++) {
      await nextTask();
      signal?.throwIfAborted();
      const before = resid;
      resid = tf.tidy(() => runBlock(pass, layer, before).resid_post);
      before.dispose();
    }
    const { vocab_size } = base.model.config;
    return await lookAtOnce(logitsAt(pass, resid, passes.length, position), (values) =>
      edits.map((_, run) => values.slice(run * vocab_size, (run + 1) * vocab_size))
    );
  } finally {
    resid.dispose();
  }
}

/** The stream that the first edited block reads, or the edited embeddings, of each run. Memory: the caller disposes it. */
function startOf(base: Trace, passes: readonly Pass[], first: number): tf.Tensor2D {
  return tf.tidy(() =>
    first < 0 ? tf.concat(passes.map(embed)) : tf.tile(base.stream(first), [passes.length, 1])
  );
}

/** One position's logits of each run, [runs, vocab_size]. Memory: the caller disposes it. */
function logitsAt(pass: Pass, resid: tf.Tensor2D, runs: number, position: number): tf.Tensor2D {
  const { ln_f, lm_head } = pass.model.weights;
  const T = resid.shape[0] / runs;
  const at = pointsOf(pass);
  return tf.tidy(() => {
    const own = tf.range(position, resid.shape[0], T, 'int32') as tf.Tensor1D;
    const rowsOf = (rows: tf.Tensor2D) => tf.gather(rows, own);
    const isEdited = at.touches('ln_final.scale', 'ln_final.normalized');
    const normalized = isEdited
      ? rowsOf(layerNorm(resid, ln_f, 'ln_final', at).normalized) // edits know all rows
      : layerNorm(rowsOf(resid), ln_f).normalized;
    return unembed(normalized, lm_head);
  });
}
