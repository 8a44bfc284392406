/**
 * Which tokens a head or a neuron is about by its weights alone. MLP 0 changes every token's row before later layers see
 * it, and positions and attention are left out: these lists say what the weights allow, not what happens on a prompt.
 */
import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { topTokens } from '../numbers/ranks.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { unembed } from '../ops/logit-lens.ts';
import { weightOf } from '../ops/linear.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import { tableRows, wholeTable } from '../ops/table.ts';

export interface ScoredToken {
  readonly id: number;
  readonly score: number;
}

export interface TokenRow {
  /** Highest first. */
  readonly top: readonly ScoredToken[];
  /** Lowest first. */
  readonly bottom: readonly ScoredToken[];
}

const DEFAULT_COUNT = 10;

/**
 * What a head would write if it read this token: the token's row of wte through ln_1, W_V, W_O and ln_f's weight, on every
 * token's row of the output matrix; biases and ln_f's scale are left out.
 *
 * Units:  nats, but for ln_f's scale.
 * Memory: leaves no tensor behind.
 * Throws: InputError if the layer, head or token is not in the model.
 */
export async function ovTokens(
  model: Gpt2Transformer,
  layer: number,
  head: number,
  token: number,
  count = DEFAULT_COUNT
): Promise<TokenRow> {
  const { weights, block, cut } = headOf(model, layer, head);
  expectToken(model, token);
  return rowOf(() => {
    const row = tableRows(weights.wte, [token]);
    const { normalized } = layerNorm(row, block.ln_1);
    const value = tf.matMul(normalized, cut(weightOf(block.c_attn.v), 1));
    return throughOutput(model, tf.matMul(value, cut(weightOf(block.attn.c_proj), 0)));
  }, count);
}

/**
 * Which tokens a query of this token would seek: the scores of every token as a key, both by their rows of wte through
 * ln_1, W_Q and W_K with their biases; positions are left out.
 *
 * Units:  scores, as `attn_scores`.
 * Memory, throws: as `ovTokens`.
 */
export async function qkTokens(
  model: Gpt2Transformer,
  layer: number,
  head: number,
  token: number,
  count = DEFAULT_COUNT
): Promise<TokenRow> {
  const { weights, block, cut, d_head } = headOf(model, layer, head);
  expectToken(model, token);
  return rowOf(() => {
    const bias = (third: 'q' | 'k') => tf.slice(block.c_attn[third].bias, [head * d_head], [d_head]);
    const { normalized } = layerNorm(wholeTable(weights.wte), block.ln_1);
    const own = tf.gather(normalized, tf.tensor1d([token], 'int32')) as tf.Tensor2D;
    const query = tf.add(tf.matMul(own, cut(weightOf(block.c_attn.q), 1)), bias('q')) as tf.Tensor2D;
    const keys = tf.add(tf.matMul(normalized, cut(weightOf(block.c_attn.k), 1)), bias('k')) as tf.Tensor2D;
    const { score_factor } = block.attn;
    return tf.mul(tf.matMul(keys, tf.transpose(query)), score_factor / Math.sqrt(d_head));
  }, count);
}

/**
 * What a neuron reads: every token's row of wte through ln_2, on its column of c_fc, bias left out; and what it writes: its
 * row of c_proj through ln_f's weight, on every token's row of the output matrix.
 *
 * Memory: leaves no tensor behind.
 * Throws: InputError if the layer or neuron is not in the model.
 */
export async function neuronTokens(
  model: Gpt2Transformer,
  layer: number,
  neuron: number,
  count = DEFAULT_COUNT
): Promise<{ reads: TokenRow; writes: TokenRow }> {
  const { weights, config } = model;
  expectBelow('layer', layer, config.n_layer);
  expectBelow('neuron', neuron, config.n_inner);
  const { ln_2, mlp } = weights.h[layer];
  const reads = await rowOf(() => {
    const column = tf.slice(weightOf(mlp.c_fc), [0, neuron], [config.n_embd, 1]) as tf.Tensor2D;
    return tf.matMul(layerNorm(wholeTable(weights.wte), ln_2).normalized, column);
  }, count);
  const written = () => tf.slice(weightOf(mlp.c_proj), [neuron, 0], [1, config.n_embd]) as tf.Tensor2D;
  return { reads, writes: await rowOf(() => throughOutput(model, written()), count) };
}

/**
 * The tokens whose rows of wte are nearest to one token's by cosine; the token itself is first.
 *
 * Memory: leaves no tensor behind.
 * Throws: InputError if the token is not in the vocabulary.
 */
export async function nearestTokens(
  model: Gpt2Transformer,
  token: number,
  count = DEFAULT_COUNT
): Promise<TokenRow> {
  expectToken(model, token);
  return rowOf(() => {
    const wte = wholeTable(model.weights.wte);
    const lengths = tf.sqrt(tf.sum(tf.mul(wte, wte), 1, true));
    const unit = tf.div(wte, tf.maximum(lengths, Number.MIN_VALUE)) as tf.Tensor2D;
    const own = tf.gather(unit, tf.tensor1d([token], 'int32')) as tf.Tensor2D;
    return tf.matMul(unit, tf.transpose(own));
  }, count);
}

/** What is written, centred and through ln_f's weight, on every token: [1, vocab_size]. */
function throughOutput({ weights }: Gpt2Transformer, written: tf.Tensor): tf.Tensor {
  const centred = tf.sub(written, tf.mean(written, -1, true));
  return unembed(tf.mul(centred, weights.ln_f.weight) as tf.Tensor2D, weights.lm_head);
}

function headOf(model: Gpt2Transformer, layer: number, head: number) {
  const { weights, config } = model;
  expectBelow('layer', layer, config.n_layer);
  expectBelow('head', head, config.n_head);
  const d_head = config.n_embd / config.n_head;
  const cut = (weight: tf.Tensor2D, axis: 0 | 1): tf.Tensor2D =>
    axis === 1
      ? tf.slice(weight, [0, head * d_head], [config.n_embd, d_head])
      : tf.slice(weight, [head * d_head, 0], [d_head, config.n_embd]);
  return { weights, block: weights.h[layer], cut, d_head };
}

async function rowOf(compute: () => tf.Tensor, count: number): Promise<TokenRow> {
  return lookAtOnce(tf.tidy(compute), (scores) => {
    const size = Math.min(count, scores.length);
    const scored = (ids: readonly number[]) => ids.map((id) => ({ id, score: scores[id] }));
    const bottom = topTokens(
      scores.map((score) => -score),
      size
    );
    return { top: scored(topTokens(scores, size)), bottom: scored(bottom) };
  });
}

function expectToken({ config }: Gpt2Transformer, token: number): void {
  expectBelow('token', token, config.vocab_size);
}

function expectBelow(what: string, value: number, length: number): void {
  if (Number.isInteger(value) && value >= 0 && value < length) return;
  throw new InputError(mustBe(`weights: ${what}`, `from 0 to ${length - 1}`, value, 'Choose one of those.'));
}
