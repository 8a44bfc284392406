import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import { expectIndex } from './expect-index.ts';
import { LENS_CHUNK } from './lens-chunk.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { unembed } from '../ops/logit-lens.ts';
import { pointsOf, type Pass } from '../model/pass.ts';
import type { TraceBlocks } from './blocks.ts';
import { nextTask } from '../next-task.ts';
import { lookAtOnce } from '../ops/look-at.ts';

/** Positions whose logits cost about as much as one's: reading wte takes longer than computing with it. */
const CHEAP_ROWS = 8;
/** Chunks of the final logits that are kept: a window on the lens reaches into two. */
const KEPT_CHUNKS = 2;

/** How the lens reads the stream. */
export interface LensReading {
  /** false: without the last LayerNorm. */
  readonly ln_f: boolean;
}

/** A few positions' logits: [count, vocab_size] from position `start` on. */
export interface LogitChunk {
  readonly start: number;
  readonly count: number;
  readonly logits: Float32Array;
}

/**
 * Reads the residual stream at any depth as logits, in chunks of positions, so that nobody has to hold [T, vocab_size].
 *
 * Memory: on the device nothing between two calls; of the final depth the two chunks read last, because every row of
 *         the lens is compared with them.
 */
export class TraceLogits {
  readonly #pass: Pass;
  readonly #resid: readonly tf.Tensor2D[];
  readonly #blocks: TraceBlocks;
  readonly #T: number;
  /** The final depth's chunks by their first position, the one read last at the end. */
  readonly #final = new Map<number, Float32Array>();

  /** @param resid n_layer + 1 tensors [padded, n_embd], padded ≥ T */
  constructor(pass: Pass, resid: readonly tf.Tensor2D[], blocks: TraceBlocks) {
    this.#pass = pass;
    this.#resid = resid;
    this.#blocks = blocks;
    this.#T = pass.ids.length;
  }

  /** See `Trace.lensLogits`. */
  async at(depth: number, at: number | 'last' | 'all'): Promise<Float32Array> {
    const { n_layer, vocab_size } = this.#pass.model.config;
    const T = this.#T;
    expectDepth('lensLogits', depth, n_layer);
    if (at !== 'all') {
      const position = at === 'last' ? T - 1 : at;
      expectIndex('logits: position', position, T);
      if (T > CHEAP_ROWS || depth < n_layer)
        return lookAtOnce(this.#rows(depth, position, 1), (row) => row.slice());
      const all = await this.chunk(depth, 0); // kept, and soon asked for by the lens
      return all.slice(position * vocab_size, (position + 1) * vocab_size);
    }
    if (T <= LENS_CHUNK) return (await this.chunk(depth, 0)).slice();
    const out = new Float32Array(T * vocab_size);
    for await (const { start, logits } of this.chunks(depth)) out.set(logits, start * vocab_size);
    return out;
  }

  /** See `Trace.lensChunks`. */
  async *chunks(depth: number): AsyncGenerator<LogitChunk> {
    for (let start = 0; start < this.#T; start += LENS_CHUNK) {
      if (start > 0) await nextTask();
      const logits = await this.chunk(depth, start);
      yield { start, count: Math.min(LENS_CHUNK, this.#T - start), logits };
    }
  }

  /** See `Trace.lensChunk`. */
  async chunk(depth: number, start: number): Promise<Float32Array> {
    const { n_layer, vocab_size } = this.#pass.model.config;
    expectDepth('lensChunk', depth, n_layer);
    expectIndex('lensChunk: start', start, this.#T);
    const kept = depth === n_layer ? this.#final.get(start) : undefined;
    const size = Math.min(LENS_CHUNK, this.#T - start) * vocab_size;
    const logits = kept ?? (await lookAtOnce(this.#chunk(depth, start), (rows) => rows.slice(0, size)));
    if (depth === n_layer) this.#keep(start, logits);
    return logits;
  }

  /** See `Trace.lookAtLens`. */
  async look<T>(
    depth: number,
    start: number,
    use: (logits: Float32Array) => T,
    { ln_f }: LensReading = { ln_f: true }
  ): Promise<T> {
    const { n_layer, vocab_size } = this.#pass.model.config;
    const kept = depth === n_layer && ln_f ? this.#final.get(start) : undefined;
    expectDepth('lensChunk', depth, n_layer);
    expectIndex('lensChunk: start', start, this.#T);
    if (kept) return use(kept);
    const size = Math.min(LENS_CHUNK, this.#T - start) * vocab_size;
    return lookAtOnce(this.#chunk(depth, start, ln_f), (rows) => use(rows.subarray(0, size)));
  }

  /** See `Trace.lookAtLensColumn`. */
  async column<T>(position: number, use: (logits: Float32Array) => T): Promise<T> {
    expectIndex('lensColumn: position', position, this.#T);
    const logits = tf.tidy(() => {
      const rows = this.#resid.map((_, depth) => this.#read(depth, position, 1));
      return unembed(tf.concat(rows), this.#pass.model.weights.lm_head);
    });
    return lookAtOnce(logits, use);
  }

  /** Forgets the chunks that are kept. */
  clear(): void {
    this.#final.clear();
  }

  #keep(start: number, logits: Float32Array): void {
    this.#final.delete(start);
    this.#final.set(start, logits);
    if (this.#final.size > KEPT_CHUNKS) this.#final.delete([...this.#final.keys()][0]);
  }

  /** A chunk and the filler after it: of few sizes, whatever T is. */
  #chunk(depth: number, start: number, ln_f = true): tf.Tensor2D {
    return this.#rows(depth, start, Math.min(LENS_CHUNK, this.#resid[0].shape[0] - start), ln_f);
  }

  #rows(depth: number, start: number, count: number, ln_f = true): tf.Tensor2D {
    const { weights } = this.#pass.model;
    return tf.tidy(() => unembed(this.#read(depth, start, count, ln_f), weights.lm_head));
  }

  /**
   * A few rows of a depth through ln_f, or as they are, [count, n_embd]; at the last depth with the run's edits. Call it
   * in a `tf.tidy`.
   */
  #read(depth: number, start: number, count: number, ln_f = true): tf.Tensor2D {
    const { weights, config } = this.#pass.model;
    const resid = this.#stream(depth);
    const cut = (rows: tf.Tensor2D) => tf.slice(rows, [start, 0], [count, config.n_embd]);
    if (!ln_f) return cut(resid);
    const at = pointsOf(this.#pass);
    const isEdited = depth === config.n_layer && at.touches('ln_final.scale', 'ln_final.normalized');
    if (!isEdited) return layerNorm(cut(resid), weights.ln_f).normalized;
    return cut(layerNorm(resid, weights.ln_f, 'ln_final', at).normalized); // edits know all rows
  }

  /** The stream at a depth, [padded, n_embd]: the trace's own tensor. */
  #stream(depth: number): tf.Tensor2D {
    return Number.isInteger(depth) ? this.#resid[depth] : this.#blocks.get(Math.floor(depth)).resid_mid;
  }
}

/** Throws: InputError if a depth is none of 0, ½, 1 … n_layer. */
function expectDepth(where: string, depth: number, n_layer: number): void {
  if (Number.isInteger(2 * depth) && depth >= 0 && depth <= n_layer) return;
  const advice = 'A whole depth is between two blocks, a half one after the attention of a block.';
  throw new InputError(mustBe(`${where}: depth`, `from 0 to ${n_layer} in steps of 0.5`, depth, advice));
}
