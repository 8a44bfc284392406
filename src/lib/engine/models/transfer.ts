/**
 * One file from where it is published to who reads it, and into the store on the way: what is kept already is read
 * from there, the rest is fetched, and the SHA-256 of all of it is checked at the end.
 */
import { ModelFileError, TransferError, type ByteSource } from '../../gpt2/index.ts';
import { startDigest, type Digest, type FileHashes } from './digest.ts';
import { readKept } from './kept-source.ts';
import { OVERLAP } from './http-file.ts';
import { joined } from './joined.ts';
import { maskBytes, rangesAroundMasks, type FileRange } from './mask-ranges.ts';
import type { OriginFile } from './origin-file.ts';

import type { SourceFile } from './source.ts';
import type { KeptFile } from './store.ts';

export interface TransferOptions {
  readonly file: SourceFile;
  readonly origin: OriginFile;
  /** Where to keep it, with what is there from before: the front of the same file, or nothing. */
  readonly kept: KeptFile | null;
  readonly signal?: AbortSignal;
  /** Side of the causal masks that are made instead of fetched; null: all is fetched. */
  readonly maskSide: number | null;
  /** More than a file of this model can have: it is not taken. */
  readonly mostBytes: number;
  readonly onbytes: (count: number, from: 'network' | 'kept copy') => void;
  /** Keeping it failed: reading continues. */
  readonly onnotkept: (error: unknown) => void;
  /** Everything arrived and is right. */
  readonly ondone: (hashes: FileHashes | null, bytes: number) => Promise<void>;
}

/** Enough for the header of any GPT-2 checkpoint. */
const FRONT_BYTES = 2 ** 16;

/**
 * Memory: a chunk at a time. Closes `kept` where the reader stops.
 * Throws (from the stream): TransferError if length or hash is wrong, or the file cannot be reached;
 *         ModelFileError if the server refuses.
 */
export function transfer(options: TransferOptions): ByteSource {
  return { length: options.origin.length, stream: () => new Transfer(options).stream() };
}

class Transfer {
  readonly #options: TransferOptions;
  #kept: KeptFile | null;
  #at = 0;
  /** null where nobody would look at the result. */
  #hash: Digest | null = null;
  /** The last bytes that have passed. */
  #tail: Uint8Array = new Uint8Array(0);

  constructor(options: TransferOptions) {
    this.#options = options;
    this.#kept = options.kept;
  }

  async *stream(): AsyncIterable<Uint8Array> {
    try {
      const { file, origin } = this.#options;
      await this.#expectLength(origin.length);
      this.#expectRoom(origin.length ?? 0);
      const isKept = this.#kept !== null;
      if (file.sha256 !== undefined || isKept) this.#hash = await startDigest(origin.length, isKept);
      yield* this.#keptFront();
      for (const range of await this.#ranges()) yield* this.#rest(range);
      await this.#finish();
    } catch (error) {
      if (error instanceof TransferError && error.isDamage) await this.#dropKept(); // nothing is joined to it again
      throw error;
    } finally {
      await this.#kept?.close();
      this.#kept = null;
    }
  }

  async *#keptFront(): AsyncIterable<Uint8Array> {
    if (!this.#kept) return;
    for await (const chunk of readKept(this.#kept, this.#kept.size())) {
      this.#options.signal?.throwIfAborted();
      this.#pass(chunk);
      this.#options.onbytes(chunk.length, 'kept copy');
      yield chunk;
    }
  }

  /** What has to be fetched and what can be made, in the order of the file. */
  async #ranges(): Promise<FileRange[]> {
    const { origin, maskSide } = this.#options;
    if (maskSide === null || !origin.ranged || origin.length === null) {
      return [{ begin: 0, end: origin.length ?? Infinity, mask: null }];
    }
    return rangesAroundMasks(await this.#front(origin.length), origin.length, maskSide);
  }

  async #front(length: number): Promise<Uint8Array> {
    const front = new Uint8Array(Math.min(FRONT_BYTES, length));
    if (this.#kept && this.#at >= front.length) {
      await this.#kept.read(front, 0);
      return front;
    }
    let at = 0;
    for await (const chunk of this.#options.origin.stream(0, front.length)) {
      front.set(chunk, at);
      at += chunk.length;
    }
    this.#fetched = front;
    return front;
  }
  /** The front of the file, fetched to see its header: it is not fetched again. */
  #fetched: Uint8Array | null = null;

  async *#rest({ begin, end, mask }: FileRange): AsyncIterable<Uint8Array> {
    if (end <= this.#at) return;
    if (mask) yield* this.#take(after(maskBytes(mask), this.#at - begin), 'kept copy');
    else {
      const front = this.#fetched;
      this.#fetched = null;
      if (front) yield* this.#take([front.subarray(this.#at, end)], 'network');
      if (this.#at < end) {
        const chunks = this.#options.origin.stream(this.#at, Number.isFinite(end) ? end : null, this.#tail);
        yield* this.#take(chunks, 'network');
      }
    }
  }

  async *#take(
    chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    from: 'network' | 'kept copy'
  ): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      this.#options.signal?.throwIfAborted();
      this.#expectRoom(this.#at + chunk.length);
      await this.#keep(chunk);
      this.#pass(chunk);
      this.#options.onbytes(chunk.length, from);
      yield chunk;
    }
  }

  #pass(chunk: Uint8Array): void {
    this.#hash?.update(chunk);
    this.#at += chunk.length;
    this.#tail = joined([this.#tail, chunk.slice(-OVERLAP)]).slice(-OVERLAP);
  }

  async #keep(chunk: Uint8Array): Promise<void> {
    try {
      await this.#kept?.write(chunk, this.#at);
    } catch (error) {
      await this.#dropKept();
      this.#options.onnotkept(error);
    }
  }

  async #dropKept(): Promise<void> {
    const kept = this.#kept;
    this.#kept = null;
    try {
      await kept?.truncate(0);
      await kept?.close();
    } catch {
      await kept?.close(); // a full disk may refuse even to make a file shorter; its folder is deleted later
    }
  }

  async #finish(): Promise<void> {
    const { file, ondone } = this.#options;
    await this.#expectLength(this.#at);
    const hashes = (await this.#hash?.digest()) ?? null;
    if (file.sha256 !== undefined && hashes?.sha256 !== file.sha256) {
      await this.#wrong(`the file with SHA-256 ${file.sha256}`, String(hashes?.sha256));
    }
    if (!(await this.#closeKept())) return;
    try {
      await ondone(hashes, this.#at);
    } catch (error) {
      this.#options.onnotkept(error); // no room for what is written beside it
    }
  }

  /** false: it was not kept, or its end cannot be. */
  async #closeKept(): Promise<boolean> {
    try {
      await this.#kept?.close();
    } catch (error) {
      await this.#dropKept();
      this.#options.onnotkept(error);
    }
    const isKept = this.#kept !== null;
    this.#kept = null;
    return isKept;
  }

  async #expectLength(length: number | null): Promise<void> {
    const { bytes } = this.#options.file;
    if (bytes === undefined || length === null || length === bytes) return;
    await this.#wrong(`${bytes} bytes long`, `${length} bytes`);
  }

  #expectRoom(length: number): void {
    const { file, mostBytes } = this.#options;
    if (length <= mostBytes) return;
    const advice = 'It is no file of this model; check the address.';
    throw new ModelFileError(
      `model: ${file.name} must be at most ${mostBytes} bytes long, got ${length}. ${advice}`
    );
  }

  async #wrong(expected: string, actual: string): Promise<never> {
    await this.#dropKept();
    const advice = 'The bytes are not those that were published; try again later or choose another mirror.';
    throw new TransferError(
      `model: ${this.#options.file.name} must be ${expected}, got ${actual}. ${advice}`,
      {
        isDamage: true
      }
    );
  }
}

/** Chunks without their first `count` bytes. */
function* after(chunks: Iterable<Uint8Array>, count: number): Iterable<Uint8Array> {
  let left = count;
  for (const chunk of chunks) {
    const rest = chunk.subarray(Math.min(Math.max(left, 0), chunk.length));
    left -= chunk.length;
    if (rest.length > 0) yield rest;
  }
}
