import * as tf from '@tensorflow/tfjs-core';
import { attention, attentionPattern, isCausalAlone, mapPatterns, queriesAndKeys } from '../ops/attention.ts';
import { hasFused } from '../ops/fused-kernels.ts';
import { activate } from '../ops/activation.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { linear } from '../ops/linear.ts';
import { UNEDITED, type NamedPoints } from '../ops/named-points.ts';
import { pointsOf, type BlockPass } from './pass.ts';
import type { BlockWeights } from './weights.ts';

/** Every activation of one block, by its name; all but `result`, which is computed when read. */
export interface BlockActivations {
  readonly 'ln1.scale': tf.Tensor2D;
  readonly 'ln1.normalized': tf.Tensor2D;
  readonly q: tf.Tensor2D;
  readonly k: tf.Tensor2D;
  readonly v: tf.Tensor2D;
  readonly attn_scores: tf.Tensor3D;
  readonly pattern: tf.Tensor3D;
  readonly z: tf.Tensor2D;
  readonly attn_out: tf.Tensor2D;
  readonly resid_mid: tf.Tensor2D;
  readonly 'ln2.scale': tf.Tensor2D;
  readonly 'ln2.normalized': tf.Tensor2D;
  readonly 'mlp.pre': tf.Tensor2D;
  readonly 'mlp.post': tf.Tensor2D;
  readonly mlp_out: tf.Tensor2D;
  readonly resid_post: tf.Tensor2D;
}

/**
 * One transformer block: attention, then the MLP, each reading a LayerNorm of the stream and adding to the stream. The
 * only way in which a block is computed, in a run, in a rebuild and for a pattern alone.
 *
 * Shapes: resid_pre [T, n_embd], pass.mask [1, T, T] → see `ACTIVATIONS`; each after its edits.
 * Memory: leaves its inputs alone; the caller disposes every result.
 * Throws: ShapeError if resid_pre is not [T, n_embd].
 * Source: Radford et al. (2019); openai/gpt-2, src/model.py, block().
 */
export function runBlock(pass: BlockPass, layer: number, resid_pre: tf.Tensor2D): BlockActivations {
  return tf.tidy(() => {
    const { resid, at, ...attended } = runAttention(pass, layer, resid_pre);
    const resid_mid = at('resid_mid', tf.add(resid, attended.attn_out) as tf.Tensor2D);
    return { ...attended, resid_mid, ...addMlp(resid_mid, pass.model.weights.h[layer], at) };
  });
}

/**
 * A block's pattern alone.
 *
 * Shapes: resid_pre [T, n_embd] → [n_head, T, T].
 * Memory, throws: as `runBlock`.
 */
export function blockPattern(pass: BlockPass, layer: number, resid_pre: tf.Tensor2D): tf.Tensor3D {
  return tf.tidy(() => {
    const { config, weights } = pass.model;
    const at = pointsOf(pass, layer);
    const normalized = normalizedFor(pass, layer, resid_pre);
    return attentionPattern(normalized, weights.h[layer], config.n_head, pass.mask, at);
  });
}

/**
 * A block's heads as small maps, made where the patterns would be and much smaller; null where the backend has no such
 * kernel or the pattern is edited.
 *
 * @param known q and k of the block where they are kept
 * Shapes: resid_pre [padded, n_embd] → [n_head, mapNumbers(T, block)].
 * Memory, throws: as `runBlock`.
 */
export function blockMaps(
  pass: BlockPass,
  layer: number,
  resid_pre: tf.Tensor2D,
  sizes: { readonly T: number; readonly block: number },
  known?: Pick<BlockActivations, 'q' | 'k'>
): tf.Tensor2D | null {
  const { config, weights } = pass.model;
  const at = pointsOf(pass, layer);
  if (!hasFused('Gpt2HeadMaps') || !isCausalAlone(pass.mask, at)) return null;
  return tf.tidy(() => {
    const made = known ?? queriesAndKeys(normalizedFor(pass, layer, resid_pre), weights.h[layer], at);
    return mapPatterns(made, weights.h[layer], { ...sizes, n_head: config.n_head })!; // asked for above
  });
}

/** What a block's attention reads. Memory: call it in a `tf.tidy`. */
function normalizedFor(pass: BlockPass, layer: number, resid_pre: tf.Tensor2D): tf.Tensor2D {
  const at = pointsOf(pass, layer);
  return layerNorm(at('resid_pre', resid_pre), pass.model.weights.h[layer].ln_1, 'ln1', at).normalized;
}

/** The first half of a block. Memory: call it in a `tf.tidy`. */
function runAttention(pass: BlockPass, layer: number, resid_pre: tf.Tensor2D) {
  const { config, weights } = pass.model;
  const block = weights.h[layer];
  const at = pointsOf(pass, layer);
  const resid = at('resid_pre', resid_pre);
  const ln1 = layerNorm(resid, block.ln_1, 'ln1', at);
  const attended = attention(ln1.normalized, block, config.n_head, pass.mask, at);
  return { resid, at, 'ln1.scale': ln1.scale, 'ln1.normalized': ln1.normalized, ...attended };
}

/**
 * The second half of a block: the MLP reads a LayerNorm of the stream and adds to the stream.
 *
 * Shapes: resid_mid [T, n_embd].
 * Memory: leaves its inputs alone; call it in a `tf.tidy`.
 */
export function addMlp(
  resid_mid: tf.Tensor2D,
  weights: Pick<BlockWeights, 'ln_2' | 'mlp'>,
  at: NamedPoints = UNEDITED
) {
  const ln2 = layerNorm(resid_mid, weights.ln_2, 'ln2', at);
  const pre = at('mlp.pre', linear(ln2.normalized, weights.mlp.c_fc));
  const post = at('mlp.post', activate(pre, weights.mlp.act));
  const mlp_out = at('mlp_out', linear(post, weights.mlp.c_proj));
  return {
    'ln2.scale': ln2.scale,
    'ln2.normalized': ln2.normalized,
    'mlp.pre': pre,
    'mlp.post': post,
    mlp_out,
    resid_post: at('resid_post', tf.add(resid_mid, mlp_out) as tf.Tensor2D)
  };
}

const FLOAT_BYTES = 4;

/** Bytes that these tensors hold on the device. */
export function bytesOf(tensors: Iterable<tf.Tensor>): number {
  let bytes = 0;
  for (const tensor of tensors) bytes += tensor.size * FLOAT_BYTES;
  return bytes;
}
