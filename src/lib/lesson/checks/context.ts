import * as tf from '@tensorflow/tfjs-core';
import {
  beginningId,
  layerNorm,
  MASKED,
  positionEmbedding,
  runBlock,
  runTrace,
  tokenEmbedding,
  topTokens,
  unembed,
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
  async byHand(prompt: string): Promise<Float32Array> {
    const ids = this.encode(prompt);
    const output = tf.tidy(() => this.#lastStream(ids, 0));
    return take(output);
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

  /** Gives every run back. */
  dispose(): void {
    for (const trace of this.#traces.values()) trace.dispose();
    this.#traces.clear();
  }

  /** ln_f of the stream after all blocks, [T, n_embd]; inside a tidy. */
  #lastStream(ids: readonly number[], padding: number): tf.Tensor2D {
    const { weights } = this.model;
    const pass = { model: this.model, mask: paddedMask(ids.length, padding) };
    let stream = tf.add(tokenEmbedding(ids, weights), positionEmbedding(ids.length, weights)) as tf.Tensor2D;
    for (const layer of weights.h.keys()) stream = runBlock(pass, layer, stream).resid_post;
    return layerNorm(stream, weights.ln_f).normalized;
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
