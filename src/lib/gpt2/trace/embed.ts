import * as tf from '@tensorflow/tfjs-core';
import { edit, type Pass } from '../model/pass.ts';
import { positionEmbedding, tokenEmbedding } from '../ops/embedding.ts';

type EmbeddedPass = Pick<Pass, 'model' | 'paddedIds' | 'edits'>;

/** The rows of wte, after their edits: [T, n_embd]. Call it in a `tf.tidy`. */
export function embedTokens(pass: EmbeddedPass): tf.Tensor2D {
  return edit(pass, 'embed', undefined, tokenEmbedding(pass.paddedIds, pass.model.weights));
}

/** The rows of wpe, after their edits: [T, n_embd]. Call it in a `tf.tidy`. */
export function embedPositions(pass: EmbeddedPass): tf.Tensor2D {
  return edit(pass, 'pos_embed', undefined, positionEmbedding(pass.paddedIds.length, pass.model.weights));
}

/** Both together, resid_pre of block 0 before its own edits: [T, n_embd]. Memory: the caller disposes it. */
export function embed(pass: EmbeddedPass): tf.Tensor2D {
  return tf.tidy(() => tf.add(embedTokens(pass), embedPositions(pass)));
}
