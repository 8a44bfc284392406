import * as tf from '@tensorflow/tfjs-core';
import { runBlock } from '../model/block.ts';
import { pointsOf, type PlannedEdits } from '../model/pass.ts';
import { nextTask } from '../next-task.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { unembed } from '../ops/logit-lens.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import { embed } from '../trace/embed.ts';
import type { Trace } from '../trace/trace.ts';

/**
 * The logits at one position of an edited run, and nothing else of it: the blocks below the first edit are those of the
 * unedited run, and no block is kept.
 *
 * Shapes: [vocab_size].
 * Memory: one block at a time; leaves no tensor behind.
 */
export async function rerunLogits(base: Trace, edits: PlannedEdits, position: number): Promise<Float32Array> {
  await nextTask();
  const pass = base.passWith(edits);
  const { n_layer, n_embd } = base.model.config;
  const { ln_f, lm_head } = base.model.weights;
  const isEmbedded = edits.firstLayer < 0;
  let resid = isEmbedded ? embed(pass) : base.stream(edits.firstLayer).clone();
  for (let layer = isEmbedded ? 0 : edits.firstLayer; layer < n_layer; layer++) {
    const before = resid;
    try {
      resid = tf.tidy(() => runBlock(pass, layer, before).resid_post);
    } finally {
      before.dispose();
    }
  }
  const logits = tf.tidy(() => {
    const at = pointsOf(pass);
    const whole = at.touches('ln_final.scale', 'ln_final.normalized');
    const row = (rows: tf.Tensor2D) => tf.slice(rows, [position, 0], [1, n_embd]);
    const normalized = whole
      ? row(layerNorm(resid, ln_f, 'ln_final', at).normalized)
      : layerNorm(row(resid), ln_f).normalized;
    return unembed(normalized, lm_head);
  });
  resid.dispose();
  return lookAtOnce(logits, (values) => values.slice());
}
