import * as tf from '@tensorflow/tfjs-core';
import { activationKind, exportName, type ActivationName } from './activations.ts';
import { headResults } from './attention.ts';
import { bytesOf, runBlock, type BlockActivations } from './block.ts';
import { positionEmbedding, tokenEmbedding } from './embedding.ts';
import { InputError, mustBe } from './errors.ts';
import { layerNorm } from './layer-norm.ts';
import { logitLens } from './logit-lens.ts';
import type { Gpt2Model } from './model.ts';
import { cropAndSwap, cropRows, cropSquares, maskInfinite } from './padding.ts';

/** One activation, read to the CPU. */
export interface Activation {
  /** Full TransformerLens name. */
  readonly fullName: string;
  readonly shape: number[];
  /** Row-major; the reader's own copy. */
  readonly data: Float32Array;
}

export interface TraceParts {
  readonly model: Gpt2Model;
  readonly ids: readonly number[];
  /** The ids with filler at the end; its length is that of the tensors' T axis. */
  readonly paddedIds: readonly number[];
  /** n_layer + 1 tensors [padded, n_embd]: resid_pre of block 0, then every block's resid_post. */
  readonly resid: tf.Tensor2D[];
  readonly mask: tf.Tensor3D;
  readonly blocks: Map<number, BlockActivations>;
  readonly byteBudget: number;
}

/** Positions whose logits are computed at once: [64, 50257] floats are 13 MB. */
const LOGIT_CHUNK = 64;
/** Positions whose logits cost about as much as one's: reading wte takes longer than computing with it. */
const CHEAP_ROWS = 8;

/**
 * One run of one prompt: every activation can be read, in bounded memory.
 *
 * Holds the residual stream at all n_layer + 1 depths; a block's inside is rebuilt from its resid_pre when it is asked
 * for and kept, least recently read first out, while the byte budget lasts.
 *
 * Memory: owns its tensors until `dispose`; what `read` returns belongs to the reader.
 */
export class Trace {
  readonly #parts: TraceParts;
  #disposed = false;
  #finalChunk: Float32Array | null = null;

  constructor(parts: TraceParts) {
    this.#parts = parts;
  }

  get ids(): readonly number[] {
    return this.#parts.ids;
  }

  get n_layer(): number {
    return this.#parts.model.config.n_layer;
  }

  /** Bytes that the trace holds on the device now. */
  get bytes(): number {
    const { resid, mask, blocks } = this.#parts;
    const inside = [...blocks.values()].flatMap((block) => Object.values(block) as tf.Tensor[]);
    return bytesOf([mask, ...resid, ...inside]);
  }

  /**
   * Reads one activation, or one head of it.
   *
   * Shapes: as in `ACTIVATIONS`; with `head`, without the head axis.
   * Units:  attn_scores hold -Infinity above the diagonal.
   * Memory: the result is the caller's; the device holds no more than before, except rebuilt blocks within the budget.
   * Throws: InputError if the name, layer or head is not in this model, or the trace was disposed.
   */
  async read(name: ActivationName, layer?: number, options: { head?: number } = {}): Promise<Activation> {
    this.#expectAlive();
    const { config } = this.#parts.model;
    const kind = activationKind(name, layer, config);
    const shape = kind.shape(config, this.ids.length);
    const data = name === 'logits' ? await this.logits('all') : await this.#readWhole(name, layer, shape);
    const whole = { fullName: exportName(name, layer), shape, data };
    return options.head === undefined ? whole : oneHead(whole, name, options.head, config.n_head);
  }

  /**
   * The n_layer + 1 hidden states as Hugging Face gives them: resid_pre of block 0, resid_post of the blocks but the
   * last, and ln_f of the last block's resid_post (TransformerLens's last one is before ln_f).
   *
   * Shapes: n_layer + 1 arrays [T, n_embd].
   */
  async hiddenStates(): Promise<Float32Array[]> {
    const { n_layer } = this.#parts.model.config;
    const states = [(await this.read('resid_pre', 0)).data];
    for (let layer = 0; layer < n_layer - 1; layer++)
      states.push((await this.read('resid_post', layer)).data);
    states.push((await this.read('ln_final.normalized')).data);
    return states;
  }

  /**
   * The model's logits at one position, at the last one, or at all.
   *
   * Shapes: [vocab_size], or [T, vocab_size] for 'all'.
   * Units:  nats.
   * Throws: InputError if the position is not in the prompt.
   */
  async logits(at: number | 'last' | 'all'): Promise<Float32Array> {
    return this.lensLogits(this.#parts.model.config.n_layer, at);
  }

  /**
   * The logit lens: what the stream at a depth would say next. Depth 0 is resid_pre of block 0, depth d is resid_post
   * of block d - 1; depth n_layer gives the model's own logits. ln_f is applied exactly once at every depth.
   *
   * Shapes: [vocab_size], or [T, vocab_size] for 'all'.
   * Units:  nats.
   * Throws: InputError if the depth or position is out of range.
   */
  async lensLogits(depth: number, at: number | 'last' | 'all'): Promise<Float32Array> {
    this.#expectAlive();
    const { n_layer, vocab_size } = this.#parts.model.config;
    const T = this.ids.length;
    expectIndex('lensLogits: depth', depth, n_layer + 1);
    if (at !== 'all') {
      const position = at === 'last' ? T - 1 : at;
      expectIndex('logits: position', position, T);
      if (T > CHEAP_ROWS || depth < n_layer) return this.#lensRows(depth, position, 1);
      const all = await this.lensChunk(depth, 0); // kept, and soon asked for by the lens
      return all.slice(position * vocab_size, (position + 1) * vocab_size);
    }
    if (T <= LOGIT_CHUNK) return (await this.lensChunk(depth, 0)).slice();
    const out = new Float32Array(T * vocab_size);
    for await (const { start, logits } of this.lensChunks(depth)) out.set(logits, start * vocab_size);
    return out;
  }

  /**
   * The logit lens at all positions, a few at a time, so that nobody has to hold [T, vocab_size].
   *
   * Shapes: chunks {start, logits [count, vocab_size]} for positions start to start + count - 1.
   */
  async *lensChunks(depth: number): AsyncGenerator<{ start: number; count: number; logits: Float32Array }> {
    for (let start = 0; start < this.ids.length; start += LOGIT_CHUNK) {
      const logits = await this.lensChunk(depth, start);
      yield { start, count: Math.min(LOGIT_CHUNK, this.ids.length - start), logits };
    }
  }

  /**
   * One chunk of `lensChunks`. The final depth's chunk of a prompt that fits in one is kept: every row of the lens is
   * compared with it.
   *
   * Throws: InputError if the depth or the first position is out of range.
   */
  async lensChunk(depth: number, start: number): Promise<Float32Array> {
    this.#expectAlive();
    const { paddedIds, model } = this.#parts;
    const { n_layer, vocab_size } = model.config;
    expectIndex('lensChunk: depth', depth, n_layer + 1);
    expectIndex('lensChunk: start', start, this.ids.length);
    const keep = depth === n_layer && this.ids.length <= LOGIT_CHUNK;
    if (keep && this.#finalChunk) return this.#finalChunk;
    const rows = Math.min(LOGIT_CHUNK, paddedIds.length - start); // few sizes, whatever T is
    const count = Math.min(LOGIT_CHUNK, this.ids.length - start);
    const computed = await this.#lensRows(depth, start, rows);
    const logits = count < rows ? cropRows(computed, count, vocab_size) : computed;
    if (keep) this.#finalChunk = logits;
    return logits;
  }

  /** Frees the insides of the blocks; they are rebuilt when read again. */
  shrink(): void {
    for (const block of this.#parts.blocks.values()) tf.dispose(Object.values(block));
    this.#parts.blocks.clear();
    this.#finalChunk = null;
  }

  /** Frees every tensor of the trace. Calling it twice does nothing. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.shrink();
    tf.dispose([this.#parts.mask, ...this.#parts.resid]);
  }

  #expectAlive(): void {
    if (!this.#disposed) return;
    throw new InputError(mustBe('trace', 'alive', 'a disposed one', 'Run the prompt again.'));
  }

  async #lensRows(depth: number, start: number, count: number): Promise<Float32Array> {
    const { model, resid } = this.#parts;
    const { weights, config } = model;
    const logits = tf.tidy(() => {
      const rows = tf.slice(resid[depth], [start, 0], [count, config.n_embd]);
      return logitLens(rows, weights.ln_f, weights.wte);
    });
    return takeData(logits);
  }

  async #readWhole(name: ActivationName, layer: number | undefined, shape: number[]): Promise<Float32Array> {
    const { paddedIds, model } = this.#parts;
    const padded = paddedIds.length;
    const { n_head, n_embd } = model.config;
    const T = this.ids.length;
    if (name === 'result') {
      const results = headResults(this.#block(layer!).z, model.weights.h[layer!].attn.c_proj, n_head);
      return cropAndSwap(await takeData(results), n_head, padded, T, n_embd);
    }
    const { tensor, temporary } = this.#tensor(name, layer);
    const values = (await (temporary ? takeData(tensor) : tensor.data())) as Float32Array;
    if (name === 'pattern') return cropSquares(values, n_head, padded, T);
    if (name === 'attn_scores') return maskInfinite(cropSquares(values, n_head, padded, T), n_head, T);
    return cropRows(
      values,
      T,
      shape.slice(1).reduce((product, size) => product * size, 1)
    );
  }

  /** The tensor an activation is read from; a temporary one belongs to the reader. */
  #tensor(name: ActivationName, layer: number | undefined): { tensor: tf.Tensor; temporary: boolean } {
    const { model, resid, paddedIds } = this.#parts;
    const { weights, config } = model;
    switch (name) {
      case 'embed':
        return { tensor: tokenEmbedding(paddedIds, weights), temporary: true };
      case 'pos_embed':
        return { tensor: positionEmbedding(paddedIds.length, weights), temporary: true };
      case 'ln_final.scale':
      case 'ln_final.normalized': {
        const { scale, normalized } = layerNorm(resid[config.n_layer], weights.ln_f);
        const wanted = name === 'ln_final.scale' ? scale : normalized;
        tf.dispose(wanted === scale ? normalized : scale);
        return { tensor: wanted, temporary: true };
      }
      case 'resid_pre':
        return { tensor: resid[layer!], temporary: false };
      case 'resid_post':
        return { tensor: resid[layer! + 1], temporary: false };
      case 'result':
      case 'logits':
        throw new Error(`trace: ${name} is computed elsewhere`);
      default:
        return { tensor: this.#block(layer!)[name], temporary: false };
    }
  }

  /** A block's activations, rebuilt if need be; the most recently used one stands last in the map. */
  #block(layer: number): BlockActivations {
    const { blocks, resid, model, mask } = this.#parts;
    const found =
      blocks.get(layer) ?? runBlock(resid[layer], model.weights.h[layer], model.config.n_head, mask);
    blocks.delete(layer);
    blocks.set(layer, found);
    this.#evict(layer);
    return found;
  }

  #evict(keep: number): void {
    const { blocks, byteBudget } = this.#parts;
    const total = () => [...blocks.values()].reduce((sum, block) => sum + bytesOf(Object.values(block)), 0);
    for (const [layer, block] of blocks) {
      if (total() <= byteBudget) return;
      if (layer === keep) continue;
      tf.dispose(Object.values(block));
      blocks.delete(layer);
    }
  }
}

/** Reads a tensor and disposes it, so that the array is nobody else's. */
async function takeData(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

function expectIndex(where: string, index: number, length: number): void {
  if (Number.isInteger(index) && index >= 0 && index < length) return;
  throw new InputError(mustBe(where, `from 0 to ${length - 1}`, index, 'Choose one of those.'));
}

/** Cuts one head out of [n_head, T, T] or [T, n_head, width]. */
function oneHead(whole: Activation, name: ActivationName, head: number, n_head: number): Activation {
  const { shape, data, fullName } = whole;
  const axis =
    shape.length === 3 ? shape.indexOf(n_head, name === 'attn_scores' || name === 'pattern' ? 0 : 1) : -1;
  if (axis < 0) {
    throw new InputError(mustBe(`read: head of ${name}`, 'left out', head, `${name} is not split by head.`));
  }
  expectIndex(`read: head of ${name}`, head, n_head);
  if (axis === 0) {
    const size = shape[1] * shape[2];
    return { fullName, shape: shape.slice(1), data: data.slice(head * size, (head + 1) * size) };
  }
  const [T, , width] = shape;
  const out = new Float32Array(T * width);
  for (let t = 0; t < T; t++) {
    const from = (t * n_head + head) * width;
    out.set(data.subarray(from, from + width), t * width);
  }
  return { fullName, shape: [T, width], data: out };
}
