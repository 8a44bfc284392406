import * as tf from '@tensorflow/tfjs-core';
import { rowNorms } from '../numbers/norms.ts';
import { headResults } from '../ops/attention.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import type { Trace } from '../trace/trace.ts';

/**
 * How much each head of a block adds to the stream at one position: the L2 norm of its `result`.
 *
 * Shapes: [n_head].
 * Memory: leaves no tensor behind, except a rebuilt block within the trace's budget.
 * Throws: InputError if the layer or position is not in the run.
 */
export async function resultNorms(trace: Trace, layer: number, position: number): Promise<Float32Array> {
  const { config, weights } = trace.model;
  const z = await trace.row('z', layer, position);
  const results = tf.tidy(() =>
    headResults(tf.tensor2d(z, [1, z.length]), weights.h[layer].attn.c_proj, config.n_head)
  );
  return lookAtOnce(results, (rows) => rowNorms(rows, config.n_embd));
}
