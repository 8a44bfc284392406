import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from './activations.ts';
import type { HeadMaps } from '../numbers/attention-maps.ts';
import { bytesOf } from '../model/block.ts';
import { joinEdits, passKey, type Pass, type PlannedEdits } from '../model/pass.ts';
import { InputError, mustBe } from '../errors.ts';
import { rowNorms } from '../numbers/norms.ts';
import type { SourceParts } from '../explain/source-parts.ts';
import type { ValueNorms } from '../explain/value-norms.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { TraceActivations } from './trace-activations.ts';
import { TraceHeads } from './trace-heads.ts';
import { TraceSources } from './trace-sources.ts';
import { TraceBlocks } from './blocks.ts';
import { expectIndex } from './expect-index.ts';
import { TraceLogits, type LensReading, type LogitChunk } from './logits.ts';
import type { Activation, AddedNorms, TraceParts } from './parts.ts';
import { shareBelow, type SharedBelow } from './share-below.ts';

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
  readonly #blocks: TraceBlocks;
  readonly #logits: TraceLogits;
  readonly #activations: TraceActivations;
  readonly #sources: TraceSources;
  readonly #heads: TraceHeads;
  #disposed = false;

  constructor(parts: TraceParts) {
    const { pass, resid, blocks, byteBudget } = parts;
    this.#parts = parts;
    this.#blocks = new TraceBlocks({ pass, resid, kept: blocks, byteBudget });
    this.#logits = new TraceLogits(pass, resid, this.#blocks);
    this.#activations = new TraceActivations(parts, this.#blocks, this.#logits);
    this.#sources = new TraceSources(pass, this.#blocks, this.#activations);
    this.#heads = new TraceHeads(pass, this.#blocks);
  }

  get ids(): readonly number[] {
    return this.#parts.pass.ids;
  }

  get n_layer(): number {
    return this.#parts.pass.model.config.n_layer;
  }

  /** The model that was run; not owned. */
  get model(): Gpt2Transformer {
    return this.#parts.pass.model;
  }

  /** Equal for traces that hold the same numbers: see `Pass.key`. */
  get key(): string {
    return this.#parts.pass.key;
  }

  /** True if the run was edited. */
  get isEdited(): boolean {
    return this.#parts.pass.edits !== null;
  }

  /**
   * What an edited run of the same prompt has in common with this one: the stream up to the first edited block (nothing
   * where the embeddings are edited), and the blocks below it that stand.
   *
   * Memory: second handles on the same tensors, which are the caller's.
   * Throws: InputError if this is an edited run, or one of another model or other ids.
   */
  shareBelow(pass: Pass, firstLayer: number): SharedBelow {
    this.#expectAlive();
    return shareBelow(this.#parts, pass, firstLayer);
  }

  /**
   * The stream before a block, at the run's padded length; depth n_layer is after the last one.
   *
   * Memory: the trace's own tensor: use it before the trace is disposed, and do not dispose it.
   */
  stream(depth: number): tf.Tensor2D {
    this.#expectAlive();
    expectIndex('stream: depth', depth, this.n_layer + 1);
    return this.#parts.resid[depth];
  }

  /** This run's pass with other edits. Memory: its mask stays the trace's. */
  passWith(edits: PlannedEdits): Pass {
    this.#expectAlive();
    const { pass } = this.#parts;
    const joined = pass.edits ? joinEdits(pass.edits, edits) : edits;
    return { ...pass, edits: joined, key: passKey(pass.model, pass.ids, joined) };
  }

  /** Bytes that the trace holds on the device now. */
  get bytes(): number {
    const { resid, pass } = this.#parts;
    return bytesOf([pass.mask, ...resid]) + this.#blocks.bytes;
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
    return this.#activations.read(name, layer, options.head);
  }

  /**
   * One position's row of an activation that has one row for each position: the stream, LayerNorms, q, k, v, z, the MLP.
   *
   * Memory: the array is the caller's; as for `read`.
   * Throws: InputError if the name has no such rows, the layer or position is out of range, or the trace was disposed.
   */
  async row(name: ActivationName, layer: number | undefined, position: number): Promise<Float32Array> {
    this.#expectAlive();
    return this.#activations.row(name, layer, position);
  }

  /**
   * What one position's attention adds in a block, by the position it was read from. In an edited run `bias` is all that
   * comes from no source: c_proj's bias, and what edits put in its place.
   *
   * Memory: the arrays are the caller's; the device holds no more than before, except a rebuilt block within the budget.
   * Throws: InputError if the layer or position is out of range, or the trace was disposed.
   */
  async sourceParts(layer: number, position: number): Promise<SourceParts> {
    const [parts] = await this.sourcePartsOf(layer, [position]);
    return parts;
  }

  /** As `sourceParts`, of several positions: what they share is computed once. */
  async sourcePartsOf(layer: number, positions: readonly number[]): Promise<SourceParts[]> {
    this.#expectAlive();
    return this.#sources.partsOf(layer, positions);
  }

  /**
   * How long a head's values are at each position, and what it would write of them.
   *
   * Memory: the arrays are the caller's; the device holds no more than before, except a rebuilt block within the budget.
   * Throws: InputError if the layer or head is not in this model, or the trace was disposed.
   */
  async valueNorms(layer: number, head: number): Promise<ValueNorms> {
    this.#expectAlive();
    return this.#heads.valueNorms(layer, head);
  }

  /**
   * Every head of a block as a small map, for an overview: at most 96 cells a side, each the largest probability of
   * its block. The patterns themselves never leave the device together.
   *
   * Memory: the device holds no more than before.
   * Throws: InputError if the layer is not in this model, or the trace was disposed; the signal's reason once it is
   *         aborted.
   */
  async headMaps(layer: number, signal?: AbortSignal): Promise<HeadMaps> {
    this.#expectAlive();
    return this.#heads.maps(layer, signal);
  }

  /** Norms of what a block adds to the stream, without rebuilding a block that was not kept. */
  async addedNorms(layer: number): Promise<AddedNorms> {
    const noted = this.#blocks.has(layer) ? undefined : this.#parts.norms.get(layer);
    if (noted) return noted;
    const { n_embd } = this.#parts.pass.model.config;
    const normsOf = async (name: 'attn_out' | 'mlp_out') =>
      rowNorms((await this.read(name, layer)).data, n_embd);
    const [attn_out, mlp_out] = await Promise.all([normsOf('attn_out'), normsOf('mlp_out')]);
    return { attn_out, mlp_out };
  }

  /**
   * The n_layer + 1 hidden states as Hugging Face gives them: resid_pre of block 0, resid_post of the blocks but the
   * last, and ln_f of the last block's resid_post (TransformerLens's last one is before ln_f).
   *
   * Shapes: n_layer + 1 arrays [T, n_embd].
   */
  async hiddenStates(): Promise<Float32Array[]> {
    const { n_layer } = this.#parts.pass.model.config;
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
    return this.lensLogits(this.#parts.pass.model.config.n_layer, at);
  }

  /**
   * The logit lens: what the stream at a depth would say next. Depth 0 is resid_pre of block 0, depth d is resid_post
   * of block d - 1, and depth d + ½ is resid_mid of block d: after its attention, before its MLP. Depth n_layer gives the
   * model's own logits. ln_f is applied exactly once at every depth.
   *
   * Shapes: [vocab_size], or [T, vocab_size] for 'all'.
   * Units:  nats.
   * Throws: InputError if the depth or position is out of range.
   */
  async lensLogits(depth: number, at: number | 'last' | 'all'): Promise<Float32Array> {
    this.#expectAlive();
    return this.#logits.at(depth, at);
  }

  /**
   * The logit lens at all positions, a few at a time, so that nobody has to hold [T, vocab_size].
   *
   * Shapes: chunks {start, logits [count, vocab_size]} for positions start to start + count - 1.
   */
  async *lensChunks(depth: number): AsyncGenerator<LogitChunk> {
    this.#expectAlive();
    yield* this.#logits.chunks(depth);
  }

  /**
   * One chunk of `lensChunks`: 64 positions from `start` on, or as many as are left. The final depth's chunks read last
   * are kept: every row of the lens is compared with them. The array must not be changed.
   *
   * Throws: InputError if the depth or the first position is out of range.
   */
  async lensChunk(depth: number, start: number): Promise<Float32Array> {
    this.#expectAlive();
    return this.#logits.chunk(depth, start);
  }

  /**
   * Looks at one chunk of `lensChunks` where it lies: nothing is copied, and nothing kept.
   *
   * @param use must neither keep nor change the logits, [count, vocab_size]
   * @param reading whether ln_f is applied; left out: it is
   */
  lookAtLens<T>(
    depth: number,
    start: number,
    use: (logits: Float32Array) => T,
    reading?: LensReading
  ): Promise<T> {
    this.#expectAlive();
    return this.#logits.look(depth, start, use, reading);
  }

  /**
   * Looks at one position's logit lens at all depths together: one product instead of n_layer + 1.
   *
   * @param use must neither keep nor change the logits, [n_layer + 1, vocab_size]
   */
  async lookAtLensColumn<T>(position: number, use: (logits: Float32Array) => T): Promise<T> {
    this.#expectAlive();
    return this.#logits.column(position, use);
  }

  /** Frees the insides of the blocks; they are rebuilt when read again. */
  shrink(): void {
    this.#blocks.clear();
    this.#logits.clear();
  }

  /** Frees every tensor of the trace. Calling it twice does nothing. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.shrink();
    tf.dispose([this.#parts.pass.mask, ...this.#parts.resid]);
  }

  #expectAlive(): void {
    if (!this.#disposed) return;
    throw new InputError(mustBe('trace', 'alive', 'a disposed one', 'Run the prompt again.'));
  }
}
