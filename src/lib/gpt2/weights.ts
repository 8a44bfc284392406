import * as tf from '@tensorflow/tfjs-core';
import type { RawWeights } from './checkpoint.ts';
import type { Gpt2Config } from './config.ts';
import { WeightsError, mustBe } from './errors.ts';
import type { LayerNormWeights } from './layer-norm.ts';

/** A Conv1D as GPT-2's checkpoints hold it: y = x · weight + bias. */
export interface LinearWeights {
  /** [inputs, outputs] */
  readonly weight: tf.Tensor2D;
  /** [outputs] */
  readonly bias: tf.Tensor1D;
}

export interface BlockWeights {
  readonly ln_1: LayerNormWeights;
  /** The thirds of attn.c_attn, [n_embd, n_embd] each: kept apart so that no pass has to split. */
  readonly c_attn: { readonly q: LinearWeights; readonly k: LinearWeights; readonly v: LinearWeights };
  readonly attn: { readonly c_proj: LinearWeights };
  readonly ln_2: LayerNormWeights;
  readonly mlp: { readonly c_fc: LinearWeights; readonly c_proj: LinearWeights };
}

export interface Gpt2Weights {
  /** [vocab_size, n_embd]: the token embedding and, tied, the output matrix. */
  readonly wte: tf.Tensor2D;
  /** [n_ctx, n_embd] */
  readonly wpe: tf.Tensor2D;
  readonly h: readonly BlockWeights[];
  readonly ln_f: LayerNormWeights;
}

/** Takes tensors out of the raw weights one by one, so that the two copies never stand whole beside each other. */
class Taker {
  readonly #raw: RawWeights;
  readonly #config: Gpt2Config;

  constructor(raw: RawWeights, config: Gpt2Config) {
    this.#raw = raw;
    this.#config = config;
  }

  values(name: string): { shape: number[]; values: Float32Array } {
    const found = this.#raw.get(name);
    if (!found) {
      throw new WeightsError(mustBe(`weights: ${name}`, 'present', 'nothing', 'Read the checkpoint again.'));
    }
    this.#raw.delete(name);
    return found;
  }

  matrix(name: string): tf.Tensor2D {
    const { shape, values } = this.values(name);
    return tf.tensor2d(values, shape as [number, number]);
  }

  vector(name: string): tf.Tensor1D {
    return tf.tensor1d(this.values(name).values);
  }

  linear(name: string): LinearWeights {
    return { weight: this.matrix(`${name}.weight`), bias: this.vector(`${name}.bias`) };
  }

  layerNorm(name: string): LayerNormWeights {
    const epsilon = this.#config.layer_norm_epsilon;
    return { weight: this.vector(`${name}.weight`), bias: this.vector(`${name}.bias`), epsilon };
  }
}

/** Columns [from, from + count) of a row-major [rows, width] matrix. */
function columns(values: Float32Array, width: number, from: number, count: number): Float32Array {
  const rows = values.length / width;
  const out = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    out.set(values.subarray(row * width + from, row * width + from + count), row * count);
  }
  return out;
}

function splitAttention(take: Taker, name: string, n_embd: number): BlockWeights['c_attn'] {
  const { values } = take.values(`${name}.weight`); // [n_embd, 3 n_embd], columns in the order q, k, v
  const bias = take.values(`${name}.bias`).values; // [3 n_embd]
  const third = (index: number): LinearWeights => ({
    weight: tf.tensor2d(columns(values, 3 * n_embd, index * n_embd, n_embd), [n_embd, n_embd]),
    bias: tf.tensor1d(bias.slice(index * n_embd, (index + 1) * n_embd))
  });
  return { q: third(0), k: third(1), v: third(2) };
}

/**
 * Turns raw weights into tensors of the current backend, laid out for the forward pass.
 *
 * Memory: empties `raw` as it goes; the caller disposes the result with `disposeWeights`.
 * Throws: WeightsError if a tensor is missing (`readCheckpoint` has checked names and shapes before).
 */
export function uploadWeights(config: Gpt2Config, raw: RawWeights): Gpt2Weights {
  const take = new Taker(raw, config);
  const block = (layer: number): BlockWeights => ({
    ln_1: take.layerNorm(`h.${layer}.ln_1`),
    c_attn: splitAttention(take, `h.${layer}.attn.c_attn`, config.n_embd),
    attn: { c_proj: take.linear(`h.${layer}.attn.c_proj`) },
    ln_2: take.layerNorm(`h.${layer}.ln_2`),
    mlp: { c_fc: take.linear(`h.${layer}.mlp.c_fc`), c_proj: take.linear(`h.${layer}.mlp.c_proj`) }
  });
  let weights!: Gpt2Weights;
  // tidy keeps the tensors that are returned, and frees those made so far if the next cannot be made
  tf.tidy(() => {
    weights = {
      wte: take.matrix('wte.weight'),
      wpe: take.matrix('wpe.weight'),
      h: Array.from({ length: config.n_layer }, (_, layer) => block(layer)),
      ln_f: take.layerNorm('ln_f')
    };
    return tensorsOf(weights);
  });
  return weights;
}

/** Disposes every tensor of the weights. */
export function disposeWeights(weights: Gpt2Weights): void {
  tf.dispose(tensorsOf(weights));
}

function tensorsOf({ wte, wpe, h, ln_f }: Gpt2Weights): tf.Tensor[] {
  const ofBlocks = h.flatMap(({ ln_1, c_attn: { q, k, v }, attn, ln_2, mlp }) => [
    ln_1,
    q,
    k,
    v,
    attn.c_proj,
    ln_2,
    mlp.c_fc,
    mlp.c_proj
  ]);
  return [wte, wpe, ...[...ofBlocks, ln_f].flatMap(({ weight, bias }) => [weight, bias])];
}
