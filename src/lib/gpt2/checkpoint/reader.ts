/**
 * Reads a model.safetensors as its bytes arrive: the header first, then each tensor straight into the place where it
 * stays. Nothing is held but the header and the bytes of one unfinished value, so loading takes one copy of the weights.
 */
import { matchTensors, WTE, LM_HEAD } from './match.ts';
import type { Gpt2Config } from '../model/config.ts';
import { mustBe, WeightsError } from '../errors.ts';
import {
  HEADER_LENGTH_BYTES,
  parseSafetensorsHeader,
  safetensorsHeaderLength,
  type SafetensorEntry
} from './safetensors.ts';
import {
  comparingFeed,
  writingFeed,
  type TensorFeed,
  type WeightSink,
  type WeightTarget
} from './tensor-feed.ts';

interface Part {
  /** As in the file. */
  readonly name: string;
  /** Counted from the start of the file. */
  readonly end: number;
  /** null: nobody needs this tensor. */
  readonly open: (() => TensorFeed) | null;
}

export class CheckpointReader {
  readonly #config: Gpt2Config;
  readonly #fileLength: number | null;
  readonly #sink: WeightSink;
  /** The bytes before the tensors, as far as they have arrived. */
  #front = new Uint8Array(HEADER_LENGTH_BYTES);
  #received = 0;
  /** In the order of the file; null until the header is there. */
  #parts: Part[] | null = null;
  #part = 0;
  #feed: TensorFeed | null = null;

  /**
   * Memory: `sink` makes the room for each tensor and owns it.
   *
   * @param fileLength bytes of the whole file, or null if nobody says it
   */
  constructor(config: Gpt2Config, fileLength: number | null, sink: WeightSink) {
    this.#config = config;
    this.#fileLength = fileLength;
    this.#sink = sink;
  }

  /**
   * Takes the next bytes of the file.
   *
   * Throws: WeightsError that names the tensor: a broken header, a missing, unexpected or doubled tensor, a wrong shape
   *         or dtype, a NaN or infinite value, or an lm_head.weight that is not wte.weight.
   */
  push(bytes: Uint8Array): void {
    let rest = bytes;
    while (this.#parts === null && rest.length > 0) rest = this.#takeFront(rest);
    while (rest.length > 0) rest = this.#takePart(rest);
  }

  /** Throws: WeightsError that names the tensor in which the file was cut off. */
  end(): void {
    if (this.#parts === null && this.#received < HEADER_LENGTH_BYTES) {
      safetensorsHeaderLength(this.#front.subarray(0, this.#received), this.#fileLength);
    }
    const missing = this.#parts?.[this.#part];
    if (this.#parts !== null && !missing) return;
    const where = missing ? `whole, with all of ${missing.name}` : 'whole, with its header';
    fail('model.safetensors', where, `its first ${this.#received} bytes`, 'Download the file again.');
  }

  /** Collects the header's length, then the header; returns what is left. */
  #takeFront(bytes: Uint8Array): Uint8Array {
    const count = Math.min(bytes.length, this.#front.length - this.#received);
    this.#front.set(bytes.subarray(0, count), this.#received);
    this.#received += count;
    if (this.#received === HEADER_LENGTH_BYTES && this.#front.length === HEADER_LENGTH_BYTES) {
      const length = safetensorsHeaderLength(this.#front, this.#fileLength);
      const front = new Uint8Array(HEADER_LENGTH_BYTES + length);
      front.set(this.#front);
      this.#front = front;
    }
    if (this.#received === this.#front.length) this.#readHeader();
    return bytes.subarray(count);
  }

  #readHeader(): void {
    const start = this.#front.length;
    const dataLength = this.#fileLength === null ? null : this.#fileLength - start;
    const entries = parseSafetensorsHeader(this.#front.subarray(HEADER_LENGTH_BYTES), dataLength);
    const feeds = this.#feeds(matchTensors(this.#config, entries));
    this.#parts = [...entries.values()]
      .filter(({ begin, end }) => end > begin)
      .sort((a, b) => a.begin - b.begin)
      .map(({ name, end }) => ({ name, end: start + end, open: feeds.get(name) ?? null }));
    this.#front = new Uint8Array(0);
  }

  /**
   * How each needed tensor is taken, by its name in the file. Logits are read with wte, so an lm_head.weight must be
   * the same: whichever of the two comes first in the file stays, and the other is compared with it.
   */
  #feeds(tensors: Map<string, SafetensorEntry>): Map<string, () => TensorFeed> {
    const feeds = new Map<string, () => TensorFeed>();
    let embedding: WeightTarget | null = null;
    for (const [name, tensor] of tensors) {
      const shape = [...tensor.shape];
      feeds.set(tensor.name, () => {
        const isEmbedding = name === WTE || name === LM_HEAD;
        if (isEmbedding && embedding) return comparingFeed(tensor.dtype, embedding, this.#notTied(name));
        const target = this.#sink(isEmbedding ? WTE : name, shape);
        if (isEmbedding) embedding = target;
        return writingFeed(name, tensor, target);
      });
    }
    return feeds;
  }

  /** What happens where wte.weight and lm_head.weight differ; `arrived` is the one that came second. */
  #notTied(arrived: string): (at: number, kept: number, value: number) => never {
    return (i, kept, value) => {
      const at = `[${Math.floor(i / this.#config.n_embd)}, ${i % this.#config.n_embd}]`;
      const [wte, lmHead] = arrived === LM_HEAD ? [kept, value] : [value, kept];
      const advice = 'The output weights are not tied to the embedding; this model cannot be shown.';
      fail(`${LM_HEAD}${at}`, `${WTE}${at} = ${wte}`, lmHead, advice);
    };
  }

  #takePart(bytes: Uint8Array): Uint8Array {
    const part = this.#parts![this.#part];
    if (!part) fail('model.safetensors', `${this.#received} bytes long`, 'more', 'Download the file again.');
    const count = Math.min(bytes.length, part.end - this.#received);
    if (part.open) {
      this.#feed ??= part.open();
      this.#feed.push(bytes.subarray(0, count));
    }
    this.#received += count;
    if (this.#received === part.end) {
      this.#feed = null;
      this.#part++;
    }
    return bytes.subarray(count);
  }
}

function fail(what: string, expected: string, actual: unknown, advice: string): never {
  throw new WeightsError(mustBe(`readCheckpoint: ${what}`, expected, actual, advice));
}
