/**
 * Takes the parameters of a checkpoint, of one file or of several shards, each to the room that a sink makes for it.
 */
import { expectAll, matchFile } from './match.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { SafetensorEntry } from './safetensors.ts';
import {
  comparingFeed,
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
    return writingFeed(name, tensor, this.#sink(name, [...tensor.shape]));
  }

  /**
   * Logits are read with wte unless lm_head.weight says otherwise. Most files that hold both hold the same numbers twice,
   * so the second of the two is compared with the first, and gets room of its own only from the first difference on.
   * The first is done when both are: it may still have to move.
   */
  #embed(name: string, tensor: SafetensorEntry): TensorFeed {
    const shape = [...tensor.shape];
    if (!this.#embedding) {
      this.#embedding = this.#sink(WTE, shape);
      return writingFeed(name, tensor, { ...this.#embedding, done: () => {} });
    }
    const { values } = this.#embedding;
    return comparingFeed(name, tensor, values, () => {
      const second = this.#sink(LM_HEAD, shape);
      second.values().set(values());
      if (name === LM_HEAD) return second;
      second.done(); // lm_head came first and moves; wte is written over it
      return { values, done: () => {} };
    });
  }
}
