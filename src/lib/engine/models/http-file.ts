/**
 * One file on a web server, read in order; a connection that breaks or stalls is taken up again where it stopped.
 *
 * Source: RFC 9110, sections 8.8.3 (ETag), 13.1.5 (If-Range) and 14 (Range requests).
 */
import { ModelFileError, TransferError } from '../../gpt2/index.ts';
import { joined } from './joined.ts';
import { readBody, type OriginFile } from './origin-file.ts';
import { PassingError, Patience, retryAfterMs, type PatienceOptions } from './patience.ts';

/** `fetch`, or what stands for it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpOptions extends PatienceOptions {
  /** Asks; the browser's own unless told. */
  readonly fetch?: Fetch;
  /** Origin of the page: elsewhere, headers that would cost a preflight request are not sent. */
  readonly origin?: string;
  /** The file's length, where it is known beforehand. */
  readonly expectedBytes?: number;
  /** What arrives is checked by a hash at the end: parts may be joined without the server's word for it. */
  readonly hasHash?: boolean;
  /** true: read whole, through the browser's own cache; otherwise past it. */
  readonly cached?: boolean;
  /** Ask for parts of it: for a large file that is taken up where it stopped. */
  readonly inParts?: boolean;
}

/** Enough for the header of any GPT-2 checkpoint, so that the first answer tells what else is needed. */
const FIRST_BYTES = 2 ** 16;
const PARTIAL = 206;
/** Answers that come without a body. */
const EMPTY = new Set([204, 205]);
/** Too many requests, time-outs and what a server says of itself: worth another attempt. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/**
 * Bytes asked for again where a part is joined to what is there: more than two rows of GPT-2's causal masks, in which
 * nothing but ones would look the same at every place.
 */
export const OVERLAP = 2 ** 14;
const OTHER_BODY = 'Try again; if it stays so, choose another mirror.';

/** An answer: its first `skip` bytes are not wanted, and it ends at byte `end` of the file (null: at its end). */
interface Part {
  readonly answer: Answer;
  readonly skip: number;
  /** What must stand at the end of the skipped bytes. */
  readonly known: Uint8Array;
  readonly end: number | null;
}

/** A response and how to end its request. */
interface Answer {
  readonly response: Response;
  readonly stop: () => void;
}

/**
 * Asks for the start of a file, and so learns its length, its ETag and whether parts can be had.
 *
 * Throws: ModelFileError if the server refuses it, TransferError if it cannot be reached; the signal's reason once it is aborted.
 */
export async function openHttpFile(url: string, name: string, options: HttpOptions = {}): Promise<HttpFile> {
  const file = new HttpFile(url, name, options);
  await file.open();
  return file;
}

export class HttpFile implements OriginFile {
  readonly #url: string;
  readonly #name: string;
  readonly #options: HttpOptions;
  readonly #patience: Patience;
  readonly #isSameOrigin: boolean;
  /** The first answer, until its bytes are taken. */
  #first: { answer: Answer; end: number | null } | null = null;
  #takesRanges = false;
  length: number | null = null;
  guess: number | null = null;
  etag: string | null = null;
  /** What the server says its hub knows of the file; undefined where it says nothing. */
  linkedEtag: string | undefined;
  /** The commit that the hub answers with; null elsewhere. */
  commit: string | null = null;
  hasHash: boolean;

  constructor(url: string, name: string, options: HttpOptions) {
    this.#url = url;
    this.#name = name;
    this.#options = options;
    this.#patience = new Patience(name, options);
    this.#isSameOrigin = options.origin === undefined || new URL(url).origin === options.origin;
    this.hasHash = options.hasHash ?? false;
  }

  /** Parts can be had, and joined: by a hash of the whole, or a strong ETag. */
  get ranged(): boolean {
    return this.#takesRanges && (this.hasHash || isStrong(this.etag));
  }

  async open(): Promise<void> {
    const { inParts, cached } = this.#options;
    await this.#patiently(async () => {
      const answer = await this.#fetch(inParts && !cached ? `bytes=0-${FIRST_BYTES - 1}` : null);
      const { response } = answer;
      const range = rangeOf(response);
      this.etag = response.headers.get('ETag') ?? response.headers.get('Last-Modified');
      this.linkedEtag = response.headers.get('X-Linked-ETag') ?? undefined;
      this.commit = response.headers.get('X-Repo-Commit');
      this.length = range?.total ?? this.#plainLength(response) ?? this.#options.expectedBytes ?? null;
      this.guess = Number(response.headers.get('Content-Length')) || null;
      this.#takesRanges = range !== null;
      if (response.status !== PARTIAL || range) this.#first = { answer, end: range?.end ?? null };
      else {
        answer.stop(); // a part, but of what: its Content-Range is hidden from this page
        this.length = this.#options.expectedBytes ?? null;
        this.#first = { answer: await this.#fetch(null), end: null };
      }
    });
  }

  cancel(): void {
    this.#first?.answer.stop();
    this.#first = null;
  }

  async *stream(begin: number, end: number | null, before = new Uint8Array(0)): AsyncIterable<Uint8Array> {
    const last = end ?? this.length;
    let at = begin;
    let tail: Uint8Array = before.slice(-OVERLAP);
    while (last === null || at < last) {
      try {
        const part = await this.#part(at, last, tail);
        for await (const chunk of this.#bytesOf(part)) {
          this.#patience.forget();
          const wanted = last === null ? chunk : chunk.subarray(0, last - at);
          at += wanted.length;
          tail = joined([tail, wanted.slice(-OVERLAP)]).slice(-OVERLAP);
          yield wanted;
          if (at === last) return;
        }
        const expected = part.end ?? last;
        if (expected === null) return;
        if (at < expected) throw new PassingError(`an answer that ended at byte ${at} of ${expected}`);
      } catch (error) {
        if (error instanceof ModelFileError) throw error;
        await this.#patience.recover(error);
      }
    }
  }

  /** An answer that holds the bytes from `at` on: the first one while it lasts, then that of a new request. */
  async #part(at: number, end: number | null, tail: Uint8Array): Promise<Part> {
    const { ranged } = this;
    const first = this.#first;
    this.#first = null;
    const isUsable = first !== null && (first.end === null || (at < first.end && ranged));
    const known = this.hasHash ? new Uint8Array(0) : tail; // a hash of the whole needs no comparison
    if (isUsable) return { ...first, skip: at, known };
    first?.answer.stop();
    const from = ranged ? at - Math.min(known.length, at) : 0; // what is here is asked for again, to compare
    const answer = await this.#fetch(ranged ? `bytes=${from}-${end === null ? '' : end - 1}` : null);
    const range = rangeOf(answer.response);
    this.#expectSame(answer, from, at);
    return { answer, skip: range ? at - from : at, known, end: range?.end ?? null };
  }

  /** Throws: TransferError if this is not known to be the file that was opened. */
  #expectSame({ response, stop }: Answer, from: number, at: number): void {
    const etag = response.headers.get('ETag') ?? response.headers.get('Last-Modified');
    const range = rangeOf(response);
    const length = range?.total ?? this.#plainLength(response);
    const sameTag = etag === null || this.etag === null || etag === this.etag;
    const sameLength = length === null || this.length === null || length === this.length;
    const isKnown = this.hasHash || at === 0 || (isStrong(etag) && etag === this.etag);
    if (sameTag && sameLength && isKnown && (range === null || range.begin === from)) return;
    stop();
    const actual = isKnown ? 'another one' : 'one that may be another (the server names no version of it)';
    throw new TransferError(
      `model: ${this.#name} must stay the same file, got ${actual} while it was read. ${OTHER_BODY}`,
      { isDamage: true }
    );
  }

  /** The bytes of an answer after those that are there already.  Throws: TransferError if those are others. */
  async *#bytesOf({ answer, skip, known }: Part): AsyncIterable<Uint8Array> {
    const listen = <T>(read: Promise<T>) => this.#patience.listen(read, answer.stop);
    let at = 0;
    for await (const chunk of readBody(answer.response.body!, listen)) {
      const begin = skip - known.length - at; // of the known bytes, in this chunk
      for (let i = Math.max(0, begin); i < Math.min(chunk.length, skip - at); i++) {
        if (chunk[i] !== known[i - begin]) this.#refuseOthers(answer);
      }
      const rest = chunk.subarray(Math.min(Math.max(0, skip - at), chunk.length));
      at += chunk.length;
      if (rest.length > 0) yield rest;
    }
  }

  #refuseOthers(answer: Answer): never {
    answer.stop();
    throw new TransferError(
      `model: ${this.#name} must continue the bytes that are here, got others. ${OTHER_BODY}`,
      { isDamage: true }
    );
  }

  /** Content-Length, unless it counts compressed bytes or may do so: other origins hide Content-Encoding from a page. */
  #plainLength({ status, headers }: Response): number | null {
    const length = headers.get('Content-Length');
    if (status === PARTIAL || length === null || headers.has('Content-Encoding')) return null;
    return this.#isSameOrigin ? Number(length) : null;
  }

  async #fetch(range: string | null): Promise<Answer> {
    const { signal, cached, fetch: ask = fetch } = this.#options;
    const headers: Record<string, string> = range === null ? {} : { Range: range };
    if (range !== null && isStrong(this.etag) && this.#isSameOrigin) headers['If-Range'] = this.etag;
    const request = new AbortController();
    const stop = () => request.abort();
    const all = signal ? AbortSignal.any([signal, request.signal]) : request.signal;
    const answer = ask(this.#url, { signal: all, headers, cache: cached ? 'default' : 'no-store' });
    const response = await this.#patience.listen(answer, stop);
    const { status } = response;
    if (response.ok && response.body && !EMPTY.has(status)) return { response, stop };
    stop();
    if (PASSING.has(status)) throw new PassingError(`status ${status}`, retryAfterMs(response.headers));
    const advice = adviceFor(status, response.headers.get('X-Error-Code'));
    throw new ModelFileError(`model: ${this.#name} must be served, got status ${status}. ${advice}`);
  }

  async #patiently(attempt: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof ModelFileError) throw error;
        await this.#patience.recover(error);
      }
    }
  }
}

/** An ETag that promises the same bytes, not only the same meaning. */
const isStrong = (etag: string | null): etag is string => etag?.startsWith('"') ?? false;

/** What a partial answer holds, bytes; null for a whole one, or where the server hides it. */
function rangeOf({ status, headers }: Response): { begin: number; end: number; total: number } | null {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('Content-Range') ?? '');
  if (status !== PARTIAL || !found) return null;
  const [begin, last, total] = found.slice(1).map(Number);
  return { begin, end: last + 1, total };
}

/** @param code what the hub calls it, where it says so */
function adviceFor(status: number, code: string | null): string {
  if (code === 'GatedRepo')
    return 'The model asks for a sign-in at the hub; download its files there and choose them here.';
  if (status === 401 || code === 'RepoNotFound')
    // the hub's answer for a name that it does not have
    return 'Check the spelling of its name first; a private model must be downloaded by hand.';
  if (status === 403) return 'The server refuses it; a model behind a sign-in must be downloaded by hand.';
  if (code === 'RevisionNotFound') return 'Check the revision; the model has none of this name.';
  if (status === 404) return 'Check the name of the model, or its folder.';
  return OTHER_BODY;
}
