import * as tf from '@tensorflow/tfjs-core';
import { hasFused } from '../ops/fused-kernels.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { unembed } from '../ops/logit-lens.ts';
import { tableRows } from '../ops/table.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { nextTask } from '../next-task.ts';
import { paddedLength } from '../trace/padding.ts';
import { KeyValueCache } from './cache.ts';
import { runCachedBlock } from './cached-block.ts';
import type { ColumnAttention } from './column-attention.ts';
import { HeadsAttention } from './heads-attention.ts';
import { padLeft } from './pad-left.ts';
import { RowsAttention } from './rows-attention.ts';
import type { Stepper, StepperOptions } from './stepper.ts';
import type { LayerCache, StepActivations } from './types.ts';

/** New columns of every row: ids and positions [B, count], row-major. */
interface NewColumns {
  readonly ids: ArrayLike<number>;
  readonly positions: ArrayLike<number>;
  /** Columns, filler at the end included. */
  readonly count: number;
  /** Columns without the filler at the end. */
  readonly real: number;
}

/**
 * Runs a batch of sequences with a key/value cache: all prompts at once, left-padded, then a token each at a time.
 *
 * Memory: the cache's tensors until `dispose`, of the same shapes throughout; between two calls nothing else.
 */
export class CachedStepper implements Stepper {
  readonly #model: Gpt2Transformer;
  readonly #options: StepperOptions;
  readonly #cache: KeyValueCache;
  /** Filler in front of each row. */
  #padding: number[];
  /** Columns in the cache. */
  #length = 0;
  #logits: Float32Array[] = [];
  #activations: StepActivations[] = [];

  private constructor(model: Gpt2Transformer, options: StepperOptions, capacity: number, padding: number[]) {
    this.#model = model;
    this.#options = options;
    this.#cache = new KeyValueCache(capacity);
    this.#padding = padding;
  }

  /**
   * Runs the prompts.
   *
   * @param more tokens that will be appended at most; the cache has room for them
   * Throws: InputError if a prompt cannot be run; the signal's reason if it is aborted.
   */
  static async start(
    model: Gpt2Transformer,
    prompts: readonly (readonly number[])[],
    more: number,
    options: StepperOptions
  ): Promise<CachedStepper> {
    const { B, T, ids, position_ids, padding } = padLeft(prompts, model.config);
    const { n_ctx } = model.config;
    const count = paddedLength(T, n_ctx);
    const stepper = new CachedStepper(model, options, paddedLength(T + more, n_ctx), [...padding]);
    const columns = {
      ids: padRows(ids, B, T, count),
      positions: padRows(position_ids, B, T, count),
      count,
      real: T
    };
    await stepper.#run(columns);
    return stepper;
  }

  get logits(): readonly Float32Array[] {
    return this.#logits;
  }

  activations(row: number): StepActivations {
    return this.#activations[row];
  }

  async append(ids: readonly number[], rows?: readonly number[]): Promise<void> {
    if (rows && !isIdentity(rows, this.#padding.length)) {
      this.#cache.selectRows(rows);
      this.#padding = rows.map((row) => this.#padding[row]);
    }
    const positions = this.#padding.map((padding) => this.#length - padding);
    await this.#run({ ids, positions, count: 1, real: 1 });
  }

  pastKeyValues(row: number): Promise<LayerCache[]> {
    const first = this.#padding[row];
    return this.#cache.read(row, first, this.#length - first, this.#model.config);
  }

  dispose(): void {
    this.#cache.dispose();
  }

  /** Runs new columns through every block. If it is aborted or fails, the cache is freed. */
  async #run(added: NewColumns): Promise<void> {
    const { weights, config } = this.#model;
    const { signal, output_attentions, output_hidden_states } = this.#options;
    const columns = this.#attention(added);
    const last = tf.tensor1d(
      this.#padding.map((_, row) => row * added.count + added.real - 1),
      'int32'
    );
    const hidden: tf.Tensor[] = [];
    const attention: tf.Tensor[] = [];
    let resid = this.#embed(added);
    try {
      for (const [layer, block] of weights.h.entries()) {
        if (layer === 0 || added.count > 1) await nextTask(); // a block of one column is over soon
        signal?.throwIfAborted();
        if (output_hidden_states) hidden.push(tf.gather(resid, last));
        const past = this.#length > 0 ? this.#cache.layer(layer) : null;
        const run = runCachedBlock(resid, block, config.n_head, columns, past);
        const { resid_post, pattern, keys, values } = run;
        if (output_attentions) attention.push(lastRow(pattern, added.real - 1));
        tf.dispose([resid, pattern]);
        resid = resid_post;
        this.#cache.setLayer(layer, { keys, values });
      }
      this.#length += added.real;
      await this.#readOut(resid, last, hidden, attention);
    } catch (error) {
      this.dispose();
      throw error;
    } finally {
      columns.dispose();
      tf.dispose([resid, last, ...hidden, ...attention]);
    }
  }

  async #readOut(
    resid: tf.Tensor2D,
    last: tf.Tensor1D,
    hidden: tf.Tensor[],
    attention: tf.Tensor[]
  ): Promise<void> {
    const { weights, config } = this.#model;
    const { output_attentions, output_hidden_states } = this.#options;
    const B = this.#padding.length;
    const [normalized, logits] = tf.tidy(() => {
      const rows = tf.gather(resid, last);
      const final = layerNorm(rows as tf.Tensor2D, weights.ln_f).normalized;
      return [final, unembed(final, weights.lm_head)];
    });
    hidden.push(normalized); // Hugging Face's last hidden state, and freed with the others
    try {
      this.#logits = splitRows(await logits.data(), B);
    } finally {
      logits.dispose();
    }
    const states = output_hidden_states ? await Promise.all(hidden.map((state) => state.data())) : [];
    const patterns = await Promise.all(attention.map((rows) => rows.data()));
    this.#activations = this.#padding.map((padding, row) => ({
      hidden_states: output_hidden_states ? states.map((state) => splitRows(state, B)[row]) : null,
      attentions: output_attentions
        ? patterns.map((rows) => cropKeys(splitRows(rows, B)[row], config.n_head, padding, this.#length))
        : null
    }));
  }

  /** wte rows + wpe rows, [B count, n_embd]. */
  #embed({ ids, positions }: NewColumns): tf.Tensor2D {
    const { wte, wpe } = this.#model.weights;
    return tf.tidy(() => {
      const tokens = tableRows(wte, Int32Array.from(ids));
      return tf.add(tokens, tf.gather(wpe, tf.tensor1d(Int32Array.from(positions), 'int32'))) as tf.Tensor2D;
    });
  }

  #attention({ count, real }: NewColumns): ColumnAttention {
    const { capacity } = this.#cache;
    const columns = { padding: this.#padding, length: this.#length, count, real, capacity };
    return hasFused('Gpt2DecodeAttention') ? new RowsAttention(columns) : new HeadsAttention(columns);
  }
}

/** [B, T] → [B, count], 0 in the new columns at the end. */
function padRows(values: Int32Array, B: number, T: number, count: number): Int32Array {
  const padded = new Int32Array(B * count);
  for (let row = 0; row < B; row++) padded.set(values.subarray(row * T, (row + 1) * T), row * count);
  return padded;
}

function isIdentity(rows: readonly number[], B: number): boolean {
  return rows.length === B && rows.every((row, index) => row === index);
}

/** [B, n_head, count, K] → [B, n_head, 1, K]: what one column looks at. */
function lastRow(pattern: tf.Tensor4D, column: number): tf.Tensor {
  const [B, n_head, , keys] = pattern.shape;
  return tf.slice(pattern, [0, 0, column, 0], [B, n_head, 1, keys]);
}

/** B arrays of equal length, copies. */
function splitRows(values: ArrayLike<number>, B: number): Float32Array[] {
  const all = values as Float32Array;
  const size = all.length / B;
  return Array.from({ length: B }, (_, row) => all.slice(row * size, (row + 1) * size));
}

/** [n_head, K] → [n_head, end - first]. */
function cropKeys(rows: Float32Array, n_head: number, first: number, end: number): Float32Array {
  const capacity = rows.length / n_head;
  const T = end - first;
  const cropped = new Float32Array(n_head * T);
  for (let head = 0; head < n_head; head++) {
    cropped.set(rows.subarray(head * capacity + first, head * capacity + end), head * T);
  }
  return cropped;
}
