import { filesToRead, ModelFileError } from '../../gpt2/index.ts';
import type { Arrivals } from './arrivals.ts';
import { gone } from './file-errors.ts';
import { openHttpFile, type HttpOptions } from './http-file.ts';
import { publishedFacts, sha256OfEtag } from './hub-facts.ts';
import { blobFile, type OriginFile } from './origin-file.ts';
import type { ProgressMeter } from './progress.ts';
import { isWeights, type ModelSource, type SourceFile } from './source.ts';

/** What every request of a library has in common. */
export type LibraryHttp = Pick<HttpOptions, 'origin' | 'waits' | 'stallMs' | 'fetch'>;

export interface OriginsOptions {
  readonly http: LibraryHttp;
  /** Where files are handed over to the service worker; null: they are not. */
  readonly arrivals: Arrivals | null;
  readonly source: ModelSource;
  readonly call: { readonly signal?: AbortSignal };
}

/** The files of one model where they are published, and what is said of them there. */
export class Origins {
  readonly #options: OriginsOptions;
  readonly #meter: ProgressMeter;
  /** Files asked for before they were needed. */
  readonly #ahead = new Map<string, Promise<OriginFile>>();
  /** The hub's commit that the files are of; null elsewhere. */
  commit: string | null = null;

  /** @param meter hears how long files are, and what they wait for */
  constructor(options: OriginsOptions, meter: ProgressMeter) {
    this.#options = options;
    this.#meter = meter;
  }

  /** Asks for all files at once. */
  askAhead(): void {
    const { files, blobs } = this.#options.source;
    if (blobs || !files.some(({ name }) => isWeights(name))) return;
    const read = new Set(filesToRead(files.map(({ name }) => name)));
    for (const file of files.filter(({ name }) => read.has(name))) {
      const opened = this.#ask(file);
      opened.catch(() => {}); // the caller that needs the file gets the error
      this.#ahead.set(file.name, opened);
    }
  }

  /** Throws: ModelFileError if the file is not there; TransferError if it cannot be reached. */
  async open(file: SourceFile): Promise<OriginFile> {
    const origin = await (this.#ahead.get(file.name) ?? this.#ask(file));
    this.#ahead.delete(file.name);
    this.commit ??= origin.commit ?? null;
    this.#meter.expect(file.name, origin.length ?? origin.guess ?? null);
    return origin;
  }

  /** A file of weights, and what is known of it once it has been asked for.  Throws: as `open`. */
  async openWeights(file: SourceFile): Promise<{ origin: OriginFile; expected: SourceFile }> {
    const [origin, published] = await Promise.all([this.open(file), this.#published(file)]);
    const facts = published ?? linkedFacts(origin);
    const expected = facts
      ? { name: file.name, sha256: facts.sha256, bytes: facts.bytes ?? file.bytes }
      : file;
    if (expected.sha256 !== undefined) origin.hasHash = true;
    return { origin, expected };
  }

  /** Gives up files that were asked for and not read. */
  close(): void {
    for (const opened of this.#ahead.values()) opened.then((file) => file.cancel()).catch(() => {});
    this.#ahead.clear();
  }

  #published({ name, sha256 }: SourceFile) {
    const { source, call, http } = this.#options;
    if (sha256 !== undefined || source.blobs || !source.keep) return null;
    return publishedFacts(source.url + name, { signal: call.signal, fetch: http.fetch });
  }

  async #ask(file: SourceFile): Promise<OriginFile> {
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
