/**
 * The models of this device: fetched once, kept, taken up where a download stopped, read from the kept copy after that.
 */
import {
  checkModel,
  MODEL_FILES,
  ModelFileError,
  TransferError,
  WeightsError,
  type ByteSource,
  type ModelFiles
} from '../../gpt2/index.ts';
import { openHttpFile, type HttpOptions } from './http-file.ts';
import { keptSource } from './kept-source.ts';
import { blobFile, type OriginFile } from './origin-file.ts';
import { ProgressMeter } from './progress.ts';
import { WEIGHTS_FILE, type ModelSource, type SourceFile, type TransferProgress } from './source.ts';
import type { KeptFile, KeptFileRecord, KeptRecord, ModelStore } from './store.ts';
import { transfer } from './transfer.ts';

export interface LibraryCall {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: TransferProgress) => void;
  /** The model cannot be kept (no room, no store); it is read all the same. */
  readonly onunkept?: (reason: string) => void;
}

/** What a model that cannot be shown is refused with: there is no use in keeping it. */
const USELESS = new Set(['ConfigError', 'TokenizerError', 'WeightsError']);

export class ModelLibrary {
  readonly #store: ModelStore | null;
  readonly #http: Omit<HttpOptions, 'signal' | 'expectedBytes'>;

  /** @param store null: nothing is kept */
  constructor(store: ModelStore | null, http: Omit<HttpOptions, 'signal' | 'expectedBytes'> = {}) {
    this.#store = store;
    this.#http = http;
  }

  /**
   * Reads a model with `use`, from the kept copy where there is one. Wrong bytes are fetched again once.
   *
   * Throws: what `use` throws; TransferError if the bytes are wrong twice or cannot be reached.
   */
  async read<T>(source: ModelSource, call: LibraryCall, use: (files: ModelFiles) => Promise<T>): Promise<T> {
    const reading = new Reading(this.#store, this.#http, source, call, true);
    try {
      return await this.#use(source, reading, use);
    } catch (error) {
      if (!reading.wasDamaged(error)) throw error;
      await this.#store?.remove(source.name);
      call.signal?.throwIfAborted();
      return this.#use(source, new Reading(this.#store, this.#http, source, call, false), use);
    }
  }

  /** Leaves nothing in the store that is half kept or of no use. */
  async #use<T>(source: ModelSource, reading: Reading, use: (files: ModelFiles) => Promise<T>): Promise<T> {
    let isUseless = false;
    try {
      return await use(reading.files);
    } catch (error) {
      isUseless = error instanceof Error && USELESS.has(error.name);
      throw error;
    } finally {
      reading.close();
      if (reading.gaveUpKeeping || isUseless) await this.#store?.remove(source.name);
    }
  }

  /** Fetches a model, checks every tensor of it, and keeps it.  Throws: as `read`. */
  download(source: ModelSource, call: LibraryCall): Promise<void> {
    return this.read(source, call, (files) => checkModel(files, call.signal));
  }
}

/** One reading of one model's files. */
class Reading {
  readonly #store: ModelStore | null;
  readonly #http: Omit<HttpOptions, 'signal' | 'expectedBytes'>;
  readonly #source: ModelSource;
  readonly #call: LibraryCall;
  readonly #skipMasks: boolean;
  readonly #meter: ProgressMeter;
  #keeps: boolean;
  #usedCopy = false;
  /** There was a store, and no room in it. */
  gaveUpKeeping = false;
  /** Files asked for before they were needed. */
  readonly #ahead = new Map<string, Promise<OriginFile>>();
  readonly files: ModelFiles = {
    open: (name) => this.open(name),
    read: async (name) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of (await this.open(name)).stream()) chunks.push(chunk.slice());
      return joined(chunks);
    }
  };

  constructor(
    store: ModelStore | null,
    http: Omit<HttpOptions, 'signal' | 'expectedBytes'>,
    source: ModelSource,
    call: LibraryCall,
    skipMasks: boolean
  ) {
    this.#store = store;
    this.#http = http;
    this.#source = source;
    this.#call = call;
    this.#skipMasks = skipMasks;
    this.#meter = new ProgressMeter(source, call.onprogress ?? (() => {}));
    this.#keeps = source.keep && store !== null;
    if (source.keep && store === null) call.onunkept?.('this browser offers no place for it');
    if (!source.keep) this.#askAhead();
  }

  /** Asks for all files at once where nothing is to be kept of them, and so nothing is to be looked up first. */
  #askAhead(): void {
    const { files } = this.#source;
    if (this.#source.blobs || !MODEL_FILES.every((name) => files.some((file) => file.name === name))) return;
    for (const file of files.filter(({ name }) => MODEL_FILES.includes(name))) {
      const opened = this.#origin(file);
      opened.catch(() => {}); // whoever needs the file hears of it
      this.#ahead.set(file.name, opened);
    }
  }

  /** Gives up files that were asked for and not read. */
  close(): void {
    for (const opened of this.#ahead.values()) opened.then((file) => file.cancel()).catch(() => {});
    this.#ahead.clear();
  }

  /** Throws: ModelFileError if the file is not there; TransferError if it cannot be reached. */
  async open(name: string): Promise<ByteSource> {
    const record = (await this.#store?.record(this.#source.name)) ?? null;
    const known = record?.files[name];
    if (known?.complete) {
      const kept = await this.#store!.open(this.#source.name, name, false);
      if (kept?.size() === known.bytes) {
        this.#usedCopy ||= name === WEIGHTS_FILE;
        return this.#flushing(keptSource(kept, (n) => this.#add(name, n, 'kept copy')));
      }
      await kept?.close();
    }
    return this.#flushing(await this.#fetch(name, known));
  }

  /** The bytes were wrong, or a copy that was whole once, or a file whose hash is known, is no checkpoint. */
  wasDamaged(error: unknown): boolean {
    if (error instanceof TransferError) return error.isDamage;
    const isKnown = this.#source.files.some(({ sha256 }) => sha256 !== undefined);
    return error instanceof WeightsError && (isKnown || this.#usedCopy);
  }

  async #fetch(name: string, known: KeptFileRecord | undefined): Promise<ByteSource> {
    const file = this.#source.files.find((entry) => entry.name === name) ?? { name };
    const origin = await (this.#ahead.get(name) ?? this.#origin(file));
    this.#ahead.delete(name);
    this.#meter.expect(name, origin.length);
    const kept = await this.#keptFront(file, origin, known);
    return transfer({
      file,
      origin,
      kept,
      skipMasks: this.#skipMasks,
      signal: this.#call.signal,
      onbytes: (count, from) => this.#add(name, count, from),
      onunkept: (error) => this.#stopKeeping(error),
      ondone: (sha256, bytes) => this.#note(name, { bytes, etag: origin.etag, sha256, complete: true })
    });
  }

  async #origin(file: SourceFile): Promise<OriginFile> {
    const { blobs, url, keep } = this.#source;
    if (!blobs) {
      const { signal } = this.#call;
      return openHttpFile(url + file.name, file.name, {
        ...this.#http,
        signal,
        expectedBytes: file.bytes,
        cached: !keep
      });
    }
    const chosen = blobs.find(({ name }) => name === file.name);
    if (chosen) return blobFile(chosen.blob);
    throw new ModelFileError(`model: ${file.name} must be among the chosen files, got none. Choose it too.`);
  }

  /** The kept front of this very file, to be gone on with; an empty file where there is none of it. */
  async #keptFront(
    file: SourceFile,
    origin: OriginFile,
    known: KeptFileRecord | undefined
  ): Promise<KeptFile | null> {
    if (!this.#keeps) return null;
    let kept: KeptFile | null = null;
    try {
      kept = (await this.#store!.open(this.#source.name, file.name, true))!;
      const isSame =
        known?.bytes === origin.length &&
        (file.sha256 !== undefined || (known.etag !== null && known.etag === origin.etag));
      if (!isSame || kept.size() > (origin.length ?? 0)) await kept.truncate(0);
      await this.#note(file.name, { bytes: origin.length, etag: origin.etag, sha256: null, complete: false });
      return kept;
    } catch (error) {
      await kept?.close();
      this.#stopKeeping(error);
      return null;
    }
  }

  async #note(name: string, file: KeptFileRecord): Promise<void> {
    const { url } = this.#source;
    const before = await this.#store!.record(this.#source.name);
    const files: KeptRecord['files'] = { ...before?.files, [name]: file };
    await this.#store!.writeRecord(this.#source.name, { version: 1, url, files });
  }

  #stopKeeping(error: unknown): void {
    this.#keeps = false;
    this.gaveUpKeeping = true;
    const isFull = error instanceof Error && error.name === 'QuotaExceededError';
    this.#call.onunkept?.(
      isFull ? 'no room is left' : error instanceof Error ? error.message : String(error)
    );
  }

  #add(name: string, count: number, from: TransferProgress['from']): void {
    this.#meter.add(name, count, from);
  }

  /** The same source; what has arrived is reported at its end. */
  #flushing(source: ByteSource): ByteSource {
    const meter = this.#meter;
    return {
      length: source.length,
      async *stream() {
        yield* source.stream();
        meter.flush();
      }
    };
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
