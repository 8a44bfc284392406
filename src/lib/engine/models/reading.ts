import {
  bytesSource,
  TransferError,
  type ByteSource,
  type Gpt2Config,
  type ModelFiles
} from '../../gpt2/index.ts';
import { startDigest } from './digest.ts';
import { expectNoPage, notInCopy } from './file-errors.ts';
import { joined } from './joined.ts';
import { KeptCopy } from './kept-copy.ts';
import { isUndamaged, keptSource } from './kept-source.ts';
import { configOf, mostBytes } from './limits.ts';
import type { OriginFile } from './origin-file.ts';
import { Origins, type OriginsOptions } from './origins.ts';
import { ProgressMeter } from './progress.ts';
import { isWeights, type SourceFile, type TransferProgress } from './source.ts';
import type { KeptFile, KeptFileRecord, ModelStore } from './store.ts';
import { transfer } from './transfer.ts';
import type { Reason } from '../../words/reason.ts';

export interface LibraryCall {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: TransferProgress) => void;
  /** The model cannot be kept (no room, no store); it is read all the same. */
  readonly onnotkept?: (reason: Reason) => void;
}

export interface ReadingOptions extends OriginsOptions {
  readonly store: ModelStore | null;
  readonly call: LibraryCall;
  /** Make the causal masks instead of fetching them. */
  readonly skipMasks: boolean;
  /** Ask where the model is published whether it is still the one that is kept. */
  readonly fresh: boolean;
}

/** A file in memory, to be kept once the whole model could be read. */
interface SmallFile {
  readonly bytes: Uint8Array;
  readonly record: KeptFileRecord;
}

/** One reading of one model's files. */
export class Reading {
  readonly #options: ReadingOptions;
  readonly #meter: ProgressMeter;
  readonly #origins: Origins;
  readonly #copy: Promise<KeptCopy | null>;
  #keeps: boolean;
  #config: Gpt2Config | null = null;
  readonly #small = new Map<string, SmallFile>();
  /** What is known of each file that was read and is kept already. */
  readonly #kept = new Map<string, KeptFileRecord>();
  /** Complete weights that were read from the copy. */
  readonly #readFromCopy = new Set<string>();
  /** There was a store, and no room in it. */
  gaveUpKeeping = false;
  readonly files: ModelFiles = {
    open: (name) => this.open(name),
    names: () => this.#names(),
    read: async (name) => {
      const bytes = await bytesOf(await this.open(name));
      if (name === 'config.json') this.#config = configOf(bytes);
      return bytes;
    }
  };

  constructor(options: ReadingOptions) {
    const { source, call, store } = options;
    this.#options = options;
    this.#meter = new ProgressMeter(source, call.onprogress ?? (() => {}));
    this.#origins = new Origins(options, this.#meter);
    this.#keeps = source.keep && store !== null;
    this.#copy = this.#keeps ? this.#openCopy(store!) : Promise.resolve(null);
    if (source.keep && store === null) call.onnotkept?.({ code: 'noStorage' });
    if (!source.keep) this.#origins.askAhead(); // nothing is kept of it, so nothing is looked up first
  }

  /** What the source lists; null where nobody lists the weights. */
  #names(): Promise<readonly string[] | null> {
    const { blobs, files } = this.#options.source;
    const listed = (blobs ?? files).map(({ name }) => name);
    return Promise.resolve(blobs || listed.some(isWeights) ? listed : null);
  }

  /** Gives up files that were asked for and not read. */
  close(): void {
    this.#origins.close();
  }

  /** Throws: ModelFileError if the file is not there; TransferError if it cannot be reached. */
  async open(name: string): Promise<ByteSource> {
    const { source, fresh } = this.#options;
    const file = source.files.find((entry) => entry.name === name) ?? { name };
    const copy = await this.#copy;
    const known = copy?.file(file) ?? null;
    const kept = fresh ? null : await this.#openKept(copy, name, known);
    if (kept) return kept;
    if (copy?.whole && !known && !fresh && file.sha256 === undefined) throw notInCopy(name);
    return isWeights(name) ? this.#fetchWeights(file, copy, known) : this.#fetchSmall(file, copy, known);
  }

  /**
   * The bytes were wrong, or weights whose hash was known, or that were whole once, are not a checkpoint. What is damaged is
   * forgotten.
   */
  async wasDamaged(error: unknown, isWeightsError: boolean): Promise<boolean> {
    if (error instanceof TransferError) return error.isDamage;
    if (!isWeightsError) return false;
    const copy = await this.#copy;
    let damaged = false;
    for (const name of this.#readFromCopy) {
      const known = this.#kept.get(name) ?? null;
      const file = await copy?.openComplete(name, known);
      if (file && (await isUndamaged(file, known!.xxh64))) {
        await file.close();
        continue;
      }
      await file?.close();
      await copy?.forget(name);
      damaged = true;
    }
    const isKnown = this.#options.source.files.some(
      ({ name, sha256 }) => isWeights(name) && sha256 !== undefined
    );
    return damaged || (isKnown && this.#readFromCopy.size === 0);
  }

  /** True if the model was whole before, and nothing of it was written anew. */
  async isFromCopy(): Promise<boolean> {
    return (await this.#copy)?.whole ?? false;
  }

  /** The files are a model that can be read: those that are only in memory are kept too. */
  async finish(licence: string | null): Promise<void> {
    const copy = await this.#copy;
    if (!copy || !this.#keeps || (copy.whole && this.#small.size === 0)) return;
    const files: Record<string, KeptFileRecord> = Object.fromEntries(this.#kept);
    try {
      for (const [name, { bytes, record }] of this.#small) {
        await copy.writeWhole(name, bytes);
        files[name] = record;
      }
      await copy.finish(files, {
        commit: this.#origins.commit ?? copy.commit,
        licence: licence ?? copy.licence
      });
    } catch (error) {
      this.#stopKeeping(error);
    }
  }

  async #openCopy(store: ModelStore): Promise<KeptCopy | null> {
    try {
      return await KeptCopy.open(store, this.#options.source);
    } catch (error) {
      this.#stopKeeping(error);
      return null;
    }
  }

  async #openKept(
    copy: KeptCopy | null,
    name: string,
    known: KeptFileRecord | null
  ): Promise<ByteSource | null> {
    const kept = await copy?.openComplete(name, known).catch(() => null); // a store that fails has nothing
    if (!kept) return null;
    this.#kept.set(name, known!);
    if (isWeights(name)) this.#readFromCopy.add(name);
    const source = keptSource(kept, name, known!.xxh64, (n) => this.#meter.add(name, n, 'kept copy'));
    return this.#watched(source, async () => copy!.forget(name));
  }

  /** The same source; at its end, what has arrived is reported, and wrong bytes are an error. */
  #watched(source: ByteSource, ondamage: () => Promise<void>): ByteSource {
    const meter = this.#meter;
    return {
      length: source.length,
      async *stream() {
        try {
          yield* source.stream();
        } catch (error) {
          if (error instanceof TransferError && error.isDamage) await ondamage();
          throw error;
        }
        meter.flush();
      }
    };
  }

  async #fetchSmall(
    file: SourceFile,
    copy: KeptCopy | null,
    known: KeptFileRecord | null
  ): Promise<ByteSource> {
    const origin = await this.#origins.open(file);
    const { name } = file;
    if (isUnchanged(known, origin, null)) {
      const kept = await this.#openKept(copy, name, known);
      if (kept) origin.cancel();
      if (kept) return kept;
    }
    const hashed = await startDigest(origin.length, this.#keeps);
    const bytes = await bytesOf(this.#transfer(file, origin, null));
    expectNoPage(name, bytes);
    hashed.update(bytes);
    const hashes = await hashed.digest();
    const published = file.sha256 !== undefined;
    const record = { bytes: bytes.length, etag: origin.etag, ...hashes, published, complete: true };
    if (this.#keeps) this.#small.set(name, { bytes, record });
    return bytesSource(bytes);
  }

  async #fetchWeights(
    file: SourceFile,
    copy: KeptCopy | null,
    known: KeptFileRecord | null
  ): Promise<ByteSource> {
    const { name } = file;
    const { origin, expected } = await this.#origins.openWeights(file);
    if (isUnchanged(known, origin, expected.sha256 ?? null)) {
      const kept = await this.#openKept(copy, name, known);
      if (kept) origin.cancel();
      if (kept) return kept;
    }
    const kept = copy && (await this.#keptFront(expected, origin, copy, known));
    return this.#watched(this.#transfer(expected, origin, kept), async () => copy?.forget(name));
  }

  #transfer(file: SourceFile, origin: OriginFile, kept: KeptFile | null): ByteSource {
    const { name } = file;
    const copy = this.#copy;
    const { arrivals, source } = this.#options;
    const arriving = transfer({
      file,
      origin,
      kept,
      maskSide: this.#options.skipMasks && isWeights(name) ? (this.#config?.n_ctx ?? null) : null,
      mostBytes: mostBytes(name, this.#config),
      signal: this.#options.call.signal,
      onbytes: (count, from) => this.#meter.add(name, count, from),
      onnotkept: (error) => this.#stopKeeping(error),
      ondone: async (hashes, bytes) => {
        const { sha256 = null, xxh64 = null } = hashes ?? {};
        const published = file.sha256 !== undefined;
        const record = { bytes, etag: origin.etag, sha256, xxh64, published, complete: true };
        this.#kept.set(name, record);
        await (await copy)?.note(name, record);
      }
    });
    if (!arrivals || file.sha256 === undefined) return arriving;
    return arrivals.passing(arriving, source.url + name, file.sha256);
  }

  /** The kept front of this very file, to be continued; an empty file where there is none of it. */
  async #keptFront(
    file: SourceFile,
    origin: OriginFile,
    copy: KeptCopy,
    known: KeptFileRecord | null
  ): Promise<KeptFile | null> {
    if (!this.#keeps) return null;
    try {
      return await copy.openFront(file, origin, known);
    } catch (error) {
      this.#stopKeeping(error);
      return null;
    }
  }

  #stopKeeping(error: unknown): void {
    this.#keeps = false;
    this.gaveUpKeeping = true;
    const isFull = error instanceof Error && error.name === 'QuotaExceededError';
    const detail = error instanceof Error ? error.message : String(error);
    this.#options.call.onnotkept?.(isFull ? { code: 'storageFull' } : { code: 'said', detail });
  }
}

/** The published file is the kept one: by its hash, or by the tag and the length that it had. */
function isUnchanged(known: KeptFileRecord | null, origin: OriginFile, sha256: string | null): boolean {
  if (!known?.complete) return false;
  if (sha256 !== null) return known.sha256 === sha256;
  const sameLength = origin.length === null || origin.length === known.bytes;
  return origin.etag !== null && origin.etag === known.etag && sameLength;
}

async function bytesOf(source: ByteSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.stream()) chunks.push(chunk.slice());
  return joined(chunks);
}
