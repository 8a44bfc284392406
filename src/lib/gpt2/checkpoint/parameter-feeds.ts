/**
 * Takes the parameters of a checkpoint, of one file or of several shards, each to the room that a sink makes for it.
 */
import { expectAll, matchFile } from './match.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { SafetensorEntry } from './safetensors.ts';
import {
  comparingFeed,
  inFloat32,
  writingFeed,
  type TensorFeed,
  type WeightSink,
  type WeightTarget
} from './tensor-feed.ts';
import { LM_HEAD, WTE } from './weight-spec.ts';

export class ParameterFeeds {
  readonly #config: Gpt2Config;
  readonly #sink: WeightSink;
  readonly #found = new Map<string, SafetensorEntry>();
  readonly #leftOut: string[] = [];
  /** Of wte and lm_head the one that came first, under wte's name. */
  #embedding: WeightTarget | null = null;

  /** Memory: `sink` makes the room for each tensor and owns it. */
  constructor(config: Gpt2Config, sink: WeightSink) {
    this.#config = config;
    this.#sink = sink;
  }

  /** Tensors that the model has no use for, by their names in the files; Hugging Face leaves them out, too. */
  get leftOut(): readonly string[] {
    return this.#leftOut;
  }

  /**
   * How each needed tensor of a file is taken, by its name there.
   *
   * Throws: WeightsError as `matchTensors`, but for what another file may hold.
   */
  ofFile(entries: ReadonlyMap<string, SafetensorEntry>): Map<string, () => TensorFeed> {
    const { found, leftOut } = matchFile(this.#config, entries);
    this.#leftOut.push(...leftOut);
    const feeds = new Map<string, () => TensorFeed>();
    for (const [name, tensor] of found) {
      this.#found.set(name, tensor);
      const isEmbedding = name === WTE || name === LM_HEAD;
      feeds.set(tensor.name, () => (isEmbedding ? this.#embed(name, tensor) : this.#write(name, tensor)));
    }
    return feeds;
  }

  /** Throws: WeightsError that names a parameter which no file had. */
  expectAll(): void {
    expectAll(this.#config, this.#found);
  }

  /** After the last file.  Throws: as `expectAll`. */
  finish(): void {
    this.expectAll();
    this.#embedding?.done();
  }

  #write(name: string, tensor: SafetensorEntry): TensorFeed {
    return writingFeed(name, tensor, this.#sink(name, [...tensor.shape], tensor.dtype));
  }

  /**
   * Logits are read with wte unless lm_head.weight says otherwise. Most files that hold both hold the same numbers twice,
   * so the second of the two is compared with the first, and gets room of its own only from the first difference on.
   * The first is done when both are: it may still have to move.
   */
  #embed(name: string, tensor: SafetensorEntry): TensorFeed {
    const shape = [...tensor.shape];
    if (!this.#embedding) {
      this.#embedding = this.#sink(WTE, shape, tensor.dtype);
      return writingFeed(name, tensor, { ...this.#embedding, done: () => {} });
    }
    const first = this.#embedding;
    return comparingFeed(name, tensor, first.values, () => {
      if (name === LM_HEAD) return this.#copy(LM_HEAD, shape, first, tensor.dtype);
      const isHalf = first.values() instanceof Uint16Array;
      const moved = this.#copy(LM_HEAD, shape, first, isHalf ? 'F16' : 'F32'); // lm_head came first
      moved.done();
      if (isHalf && tensor.dtype !== 'F16') this.#embedding = this.#copy(WTE, shape, moved, tensor.dtype);
      return { ...this.#embedding!, done: () => {} }; // wte is written over lm_head
    });
  }

  /** Room of its own for a tensor of `dtype` that so far holds the same as another one. */
  #copy(name: string, shape: number[], kept: WeightTarget, dtype: string): WeightTarget {
    const mayBeHalf = kept.values() instanceof Uint16Array;
    const room = this.#sink(name, shape, mayBeHalf ? dtype : 'F32');
    const [values, from] = [room.values(), kept.values()];
    values.set(values instanceof Uint16Array ? from : inFloat32(from));
    return room;
  }
}
