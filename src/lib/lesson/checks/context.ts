import * as tf from '@tensorflow/tfjs-core';
import {
  beginningId,
  geluTanh,
  layerNorm,
  linear,
  MASKED,
  positionEmbedding,
  runBlock,
  runTrace,
  tokenEmbedding,
  topTokens,
  unembed,
  type BlockWeights,
  type Gpt2Model,
  type Trace
} from '../../gpt2/index.ts';
import { padLeft, type PaddedBatch } from './padding.ts';

const TRACES_KEPT = 4;

/** A model, and runs of it that the checks share. */
export class CheckContext {
  readonly model: Gpt2Model;
  readonly #traces = new Map<string, Trace>();

  constructor(model: Gpt2Model) {
    this.model = model;
  }

  encode(prompt: string): number[] {
    return this.model.tokenizer.encode(prompt).map(({ id }) => id);
  }

  batch(prompts: readonly string[]): PaddedBatch {
    return padLeft(
      prompts.map((prompt) => this.encode(prompt)),
      beginningId(this.model.tokenizer, this.model.config)
    );
  }

  trace(prompt: string): Promise<Trace> {
    return this.traceIds(this.encode(prompt));
  }

  async traceIds(ids: readonly number[]): Promise<Trace> {
    const key = ids.join();
    const known = this.#traces.get(key);
    if (known) return known;
    const trace = await runTrace(this.model, [...ids]); // a caller may go on with its own list
    this.#traces.set(key, trace);
    for (const [old, spare] of this.#traces) {
      if (this.#traces.size <= TRACES_KEPT) break;
      spare.dispose();
      this.#traces.delete(old);
    }
    return trace;
  }

  /** The ids with the most probable token appended, `steps` times. */
  async greedy(prompt: string, steps: number): Promise<number[]> {
    const ids = this.encode(prompt);
    for (let step = 0; step < steps; step++) {
      const trace = await this.traceIds(ids);
      ids.push(topTokens(await trace.logits('last'), 1)[0]);
    }
    return ids;
  }

  /**
   * The forward pass by the library's single steps, as a source does it: embeddings, every block, ln_f.
   *
   * Shapes: → [T, n_embd].
   */
  async byHand(prompt: string): Promise<{ shape: number[]; data: Float32Array }> {
    const ids = this.encode(prompt);
    const output = tf.tidy(() => this.#lastStream(ids, 0));
    return { shape: output.shape.slice(), data: await take(output) };
  }

  /**
   * Logits after the last position of one row of a left-padded batch. Positions count the padding too, as when a
   * model is called without position ids; keys that are padding are masked.
   *
   * Shapes: → [vocab_size].
   */
  async paddedLogits({ ids, padding }: PaddedBatch, row: number): Promise<Float32Array> {
    const logits = tf.tidy(() => {
      const normalized = this.#lastStream(ids[row], padding[row]);
      const last = tf.slice(normalized, [ids[row].length - 1, 0], [1, -1]);
      return unembed(last as tf.Tensor2D, this.model.weights.lm_head);
    });
    return take(logits);
  }

  /** The sizes of a left-padded batch's output, and of the keys that each block computes for it. */
  paddedShapes({ ids, padding }: PaddedBatch) {
    const rows = ids.length;
    return tf.tidy(() => {
      const keys: tf.Tensor2D[][] = [];
      const streams = ids.map((row, at) => {
        const kept: tf.Tensor2D[] = [];
        keys.push(kept);
        return this.#lastStream(row, padding[at], ({ k }) => kept.push(k));
      });
      const hidden = tf.stack(streams).shape;
      const { n_head } = this.model.config;
      const first = tf.reshape(tf.stack(keys.map(([k]) => k)), [rows, ids[0].length, n_head, -1]);
      const past = { blocks: keys[0].length, sets: ['keys', 'values'].length };
      return { hidden, past: { ...past, keys: tf.transpose(first, [0, 2, 1, 3]).shape } };
    });
  }

  /** The largest difference between a left-padded batch by runBlock and by plain operations, over all rows. */
  async paddedDifference({ ids, padding }: PaddedBatch): Promise<number> {
    const largest = tf.tidy(() => {
      const rows = ids.map((row, at) => {
        const plain = this.#plainStream(row, padding[at]);
        return tf.max(tf.abs(tf.sub(this.#lastStream(row, padding[at]), plain)));
      });
      return tf.max(tf.stack(rows));
    });
    return (await take(largest))[0];
  }

  /** Gives every run back. */
  dispose(): void {
    for (const trace of this.#traces.values()) trace.dispose();
    this.#traces.clear();
  }

  /** ln_f of the stream after all blocks, [T, n_embd]; inside a tidy. */
  #lastStream(
    ids: readonly number[],
    padding: number,
    onblock?: (parts: ReturnType<typeof runBlock>) => void
  ): tf.Tensor2D {
    const { weights } = this.model;
    const pass = { model: this.model, mask: paddedMask(ids.length, padding) };
    let stream = tf.add(tokenEmbedding(ids, weights), positionEmbedding(ids.length, weights)) as tf.Tensor2D;
    for (const layer of weights.h.keys()) {
      const parts = runBlock(pass, layer, stream);
      onblock?.(parts);
      stream = parts.resid_post;
    }
    return layerNorm(stream, weights.ln_f).normalized;
  }

  /** The same from matrix products and softmax alone; inside a tidy. */
  #plainStream(ids: readonly number[], padding: number): tf.Tensor2D {
    const { weights } = this.model;
    const mask = paddedMask(ids.length, padding);
    let stream = tf.add(tokenEmbedding(ids, weights), positionEmbedding(ids.length, weights)) as tf.Tensor2D;
    for (const block of weights.h) stream = this.#plainBlock(stream, block, mask);
    return layerNorm(stream, weights.ln_f).normalized;
  }

  #plainBlock(
    x: tf.Tensor2D,
    { ln_1, c_attn, attn, ln_2, mlp }: BlockWeights,
    mask: tf.Tensor3D
  ): tf.Tensor2D {
    const T = x.shape[0];
    const read = layerNorm(x, ln_1).normalized;
    const [q, k, v] = [c_attn.q, c_attn.k, c_attn.v].map((part) =>
      tf.transpose(tf.reshape(linear(read, part), [T, this.model.config.n_head, -1]), [1, 0, 2])
    );
    const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(q.shape[2]!));
    const mixed = tf.matMul(tf.softmax(tf.add(scores, mask)), v);
    const merged: tf.Tensor2D = tf.reshape(tf.transpose(mixed, [1, 0, 2]), [T, -1]);
    const mid: tf.Tensor2D = tf.add(x, linear(merged, attn.c_proj));
    const neurons = geluTanh(linear(layerNorm(mid, ln_2).normalized, mlp.c_fc));
    return tf.add(mid, linear(neurons as tf.Tensor2D, mlp.c_proj));
  }
}

/** [1, T, T]: no query reads a later key or one of the first `padding` keys. */
function paddedMask(T: number, padding: number): tf.Tensor3D {
  const values = new Float32Array(T * T);
  for (let query = 0; query < T; query++) {
    values.fill(MASKED, query * T, query * T + padding);
    values.fill(MASKED, query * T + query + 1, (query + 1) * T);
  }
  return tf.tensor3d(values, [1, T, T]);
}

async function take(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  const copy = values.slice();
  tensor.dispose();
  return copy;
}
