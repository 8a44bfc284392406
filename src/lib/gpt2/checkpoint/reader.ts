/**
 * Reads a safetensors file as its bytes arrive: the header first, then each tensor straight into the place where it
 * stays. Nothing is held but the header and the bytes of one unfinished value, so loading takes one copy of the weights.
 */
import type { ParameterFeeds } from './parameter-feeds.ts';
import { mustBe, WeightsError } from '../errors.ts';
import { HEADER_LENGTH_BYTES, parseSafetensorsHeader, safetensorsHeaderLength } from './safetensors.ts';
import type { TensorFeed } from './tensor-feed.ts';

interface Part {
  /** As in the file. */
  readonly name: string;
  /** Counted from the start of the file. */
  readonly end: number;
  /** null: nobody needs this tensor. */
  readonly open: (() => TensorFeed) | null;
}

export class CheckpointReader {
  readonly #file: string;
  readonly #feeds: ParameterFeeds;
  readonly #fileLength: number | null;
  /** It is the only one: then a missing parameter is known with the header. */
  readonly #isWhole: boolean;
  /** The bytes before the tensors, as far as they have arrived. */
  #front = new Uint8Array(HEADER_LENGTH_BYTES);
  #received = 0;
  /** In the order of the file; null until the header is there. */
  #parts: Part[] | null = null;
  #part = 0;
  #feed: TensorFeed | null = null;

  /**
   * @param fileLength bytes of the whole file, or null if it is unknown
   * @param shard name of one file of several; null for a model.safetensors
   */
  constructor(feeds: ParameterFeeds, fileLength: number | null, shard: string | null = null) {
    this.#file = shard ?? 'model.safetensors';
    this.#feeds = feeds;
    this.#fileLength = fileLength;
    this.#isWhole = shard === null;
  }

  /**
   * Takes the next bytes of the file.
   *
   * Throws: WeightsError that names the tensor: a broken header, a missing or doubled tensor, a wrong shape or dtype, a
   *         NaN or infinite value.
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
    fail(this.#file, where, `its first ${this.#received} bytes`, 'Download the file again.');
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
    const feeds = this.#feeds.ofFile(entries);
    if (this.#isWhole) this.#feeds.expectAll();
    this.#parts = [...entries.values()]
      .filter(({ begin, end }) => end > begin)
      .sort((a, b) => a.begin - b.begin)
      .map(({ name, end }) => ({ name, end: start + end, open: feeds.get(name) ?? null }));
    this.#front = new Uint8Array(0);
  }

  #takePart(bytes: Uint8Array): Uint8Array {
    const part = this.#parts![this.#part];
    if (!part) fail(this.#file, `${this.#received} bytes long`, 'more', 'Download the file again.');
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
