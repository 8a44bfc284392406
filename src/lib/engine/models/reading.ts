import {
  bytesSource,
  filesToRead,
  ModelFileError,
  TransferError,
  type ByteSource,
  type Gpt2Config,
  type ModelFiles
} from '../../gpt2/index.ts';
import type { Arrivals } from './arrivals.ts';
import { startDigest } from './digest.ts';
import { expectNoPage, gone, notInCopy } from './file-errors.ts';
import { openHttpFile, type HttpOptions } from './http-file.ts';
import { publishedFacts, sha256OfEtag } from './hub-facts.ts';
import { joined } from './joined.ts';
import { KeptCopy } from './kept-copy.ts';
import { isUndamaged, keptSource } from './kept-source.ts';
import { configOf, mostBytes } from './limits.ts';
import { blobFile, type OriginFile } from './origin-file.ts';
import { ProgressMeter } from './progress.ts';
import { isWeights, type ModelSource, type SourceFile, type TransferProgress } from './source.ts';
import type { KeptFile, KeptFileRecord, ModelStore } from './store.ts';
import { transfer } from './transfer.ts';
import type { Reason } from '../../words/reason.ts';

export interface LibraryCall {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: TransferProgress) => void;
  /** The model cannot be kept (no room, no store); it is read all the same. */
  readonly onnotkept?: (reason: Reason) => void;
}

/** What every request of a library has in common. */
export type LibraryHttp = Pick<HttpOptions, 'origin' | 'waits' | 'stallMs' | 'fetch'>;

export interface ReadingOptions {
  readonly store: ModelStore | null;
  readonly http: LibraryHttp;
  /** Where files are handed over to the service worker; null: they are not. */
  readonly arrivals: Arrivals | null;
  readonly source: ModelSource;
  readonly call: LibraryCall;
  /** Make the causal masks instead of fetching them. */
  readonly skipMasks: boolean;
  /** Ask where the model is published whether it is still the one that is kept. */
  readonly fresh: boolean;
}

/** A file in memory, to be kept once the whole model has turned out to be one. */
interface SmallFile {
  readonly bytes: Uint8Array;
  readonly record: KeptFileRecord;
}

/** One reading of one model's files. */
export class Reading {
  readonly #options: ReadingOptions;
  readonly #meter: ProgressMeter;
  readonly #copy: Promise<KeptCopy | null>;
  #keeps: boolean;
  #config: Gpt2Config | null = null;
  #commit: string | null = null;
  readonly #small = new Map<string, SmallFile>();
  /** What is known of each file that was read and is kept already. */
  readonly #kept = new Map<string, KeptFileRecord>();
  /** Complete weights that were read from the copy. */
  readonly #readFromCopy = new Set<string>();
  /** There was a store, and no room in it. */
  gaveUpKeeping = false;
  /** Files asked for before they were needed. */
  readonly #ahead = new Map<string, Promise<OriginFile>>();
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
    this.#keeps = source.keep && store !== null;
    this.#copy = this.#keeps ? this.#openCopy(store!) : Promise.resolve(null);
    if (source.keep && store === null) call.onnotkept?.({ code: 'noStorage' });
    if (!source.keep) this.#askAhead();
  }

  /** What the source lists; null where nobody lists the weights. */
  #names(): Promise<readonly string[] | null> {
    const { blobs, files } = this.#options.source;
    const listed = (blobs ?? files).map(({ name }) => name);
    return Promise.resolve(blobs || listed.some(isWeights) ? listed : null);
  }

  /** Gives up files that were asked for and not read. */
  close(): void {
    for (const opened of this.#ahead.values()) opened.then((file) => file.cancel()).catch(() => {});
    this.#ahead.clear();
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
   * The bytes were wrong, or weights whose hash was known, or that were whole once, are no checkpoint. What is damaged is
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

  /** The model turned out to be one: what was only in memory is kept too. */
  async finish(licence: string | null): Promise<void> {
    const copy = await this.#copy;
    if (!copy || !this.#keeps || (copy.whole && this.#small.size === 0)) return;
    const files: Record<string, KeptFileRecord> = Object.fromEntries(this.#kept);
    try {
      for (const [name, { bytes, record }] of this.#small) {
        await writeWhole(await copy.openForWriting(name), bytes);
        files[name] = record;
      }
      await copy.finish(files, { commit: this.#commit ?? copy.commit, licence: licence ?? copy.licence });
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

  /** Asks for all files at once where nothing is to be kept of them, and so nothing is to be looked up first. */
  #askAhead(): void {
    const { files, blobs } = this.#options.source;
    if (blobs || !files.some(({ name }) => isWeights(name))) return;
    const read = new Set(filesToRead(files.map(({ name }) => name)));
    for (const file of files.filter(({ name }) => read.has(name))) {
      const opened = this.#origin(file);
      opened.catch(() => {}); // the caller that needs the file gets the error
      this.#ahead.set(file.name, opened);
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

  /** The same source; what has arrived is reported at its end, and wrong bytes are told. */
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
    const origin = await this.#asked(file);
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
    const [origin, published] = await Promise.all([this.#asked(file), this.#published(file)]);
    const facts = published ?? linkedFacts(origin);
    const expected: SourceFile = facts
      ? { name, sha256: facts.sha256, bytes: facts.bytes ?? file.bytes }
      : file;
    if (expected.sha256 !== undefined) origin.hasHash = true;
    if (isUnchanged(known, origin, expected.sha256 ?? null)) {
      const kept = await this.#openKept(copy, name, known);
      if (kept) origin.cancel();
      if (kept) return kept;
    }
    const kept = copy && (await this.#keptFront(expected, origin, copy, known));
    return this.#watched(this.#transfer(expected, origin, kept), async () => copy?.forget(name));
  }

  #published({ name, sha256 }: SourceFile) {
    const { source, call, http } = this.#options;
    if (sha256 !== undefined || source.blobs || !source.keep) return null;
    return publishedFacts(source.url + name, { signal: call.signal, fetch: http.fetch });
  }

  async #asked(file: SourceFile): Promise<OriginFile> {
    const origin = await (this.#ahead.get(file.name) ?? this.#origin(file));
    this.#ahead.delete(file.name);
    this.#commit ??= origin.commit ?? null;
    this.#meter.expect(file.name, origin.length ?? origin.guess ?? null);
    return origin;
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

  async #origin(file: SourceFile): Promise<OriginFile> {
    const { blobs, url, keep } = this.#options.source;
    if (blobs) return chosenFile(blobs, file.name);
    if (url === '') throw gone(file.name);
    const { http, call, arrivals } = this.#options;
    const arrived = file.sha256 === undefined ? null : await arrivals?.find(url + file.name, file.sha256);
    if (arrived) return blobFile(arrived);
    return openHttpFile(url + file.name, file.name, {
      ...http,
      signal: call.signal,
      expectedBytes: file.bytes,
      hasHash: file.sha256 !== undefined,
      inParts: isWeights(file.name),
      cached: !keep,
      onwait: (wait) => this.#meter.wait(file.name, wait)
    });
  }

  /** The kept front of this very file, to be continued; an empty file where there is none of it. */
  async #keptFront(
    file: SourceFile,
    origin: OriginFile,
    copy: KeptCopy,
    known: KeptFileRecord | null
  ): Promise<KeptFile | null> {
    if (!this.#keeps) return null;
    let kept: KeptFile | null = null;
    try {
      kept = await copy.openForWriting(file.name);
      const hasTag = file.sha256 !== undefined || (origin.ranged && known?.etag === origin.etag);
      const isSame = known !== null && hasTag && (known.bytes === null || known.bytes === origin.length);
      if (!isSame || kept.size() > (origin.length ?? 0)) await kept.truncate(0);
      const { length: bytes, etag } = origin;
      await copy.note(file.name, {
        bytes,
        etag,
        sha256: null,
        xxh64: null,
        published: false,
        complete: false
      });
      return kept;
    } catch (error) {
      await kept?.close();
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

/** The hash that the answer itself carries. */
function linkedFacts(origin: OriginFile): { sha256: string; bytes: null } | null {
  const sha256 = sha256OfEtag(origin.linkedEtag ?? '');
  return sha256 === null ? null : { sha256, bytes: null };
}

function chosenFile(blobs: NonNullable<ModelSource['blobs']>, name: string): OriginFile {
  const chosen = blobs.find((blob) => blob.name === name);
  if (chosen) return blobFile(chosen.blob);
  throw new ModelFileError(`model: ${name} must be among the chosen files, got none. Choose it too.`);
}

async function bytesOf(source: ByteSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.stream()) chunks.push(chunk.slice());
  return joined(chunks);
}

async function writeWhole(file: KeptFile, bytes: Uint8Array): Promise<void> {
  try {
    await file.truncate(0);
    await file.write(bytes, 0);
  } finally {
    await file.close();
  }
}
