/**
 * One file on a web server, read in order; a connection that breaks is taken up again where it stopped.
 *
 * Source: RFC 9110, sections 13.1.5 (If-Range) and 14 (Range requests).
 */
import { ModelFileError, TransferError } from '../../gpt2/errors.ts';
import { readBody, type OriginFile } from './origin-file.ts';

export interface HttpOptions {
  readonly signal?: AbortSignal;
  /** Origin of the page: elsewhere, headers that would cost a preflight request are not sent. */
  readonly origin?: string;
  /** The file's length, where it is known beforehand. */
  readonly expectedBytes?: number;
  /** true: read whole, through the browser's own cache; otherwise in parts, past it. */
  readonly cached?: boolean;
  /** Waits before a new attempt, ms; each failure without a byte takes the next. */
  readonly waits?: readonly number[];
}

/** Enough for the header of any GPT-2 checkpoint, so that the first answer tells what else is needed. */
const FIRST_BYTES = 2 ** 16;
const DEFAULT_WAITS = [500, 1500, 4000, 8000];
const PARTIAL = 206;
/** Too many requests, time-outs and what a server says of itself: worth another attempt. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
const OTHER_BODY = 'Try again; if it stays so, choose another mirror.';

/** An answer: its first `skip` bytes are not wanted, and it ends at byte `end` of the file (null: at its end). */
interface Part {
  readonly response: Response;
  readonly skip: number;
  readonly end: number | null;
}

/** A server's answer that another attempt may better. */
class PassingError extends Error {}

/**
 * Asks for the start of a file, and so learns its length, its ETag and whether parts can be had.
 *
 * Throws: ModelFileError if the server refuses it, TransferError if it cannot be reached; the signal's reason once it is aborted.
 */
export async function openHttpFile(
  url: string,
  name: string,
  options: HttpOptions = {}
): Promise<OriginFile> {
  const file = new HttpFile(url, name, options);
  await file.open();
  return file;
}

class HttpFile implements OriginFile {
  readonly #url: string;
  readonly #name: string;
  readonly #options: HttpOptions;
  readonly #waits: readonly number[];
  /** The first answer, until its bytes are taken. */
  #first: { response: Response; end: number | null } | null = null;
  length: number | null = null;
  etag: string | null = null;
  ranged = false;

  constructor(url: string, name: string, options: HttpOptions) {
    this.#url = url;
    this.#name = name;
    this.#options = options;
    this.#waits = options.waits ?? DEFAULT_WAITS;
  }

  async open(): Promise<void> {
    await this.#patiently(async () => {
      const response = await this.#fetch(this.#options.cached ? null : `bytes=0-${FIRST_BYTES - 1}`);
      const range = rangeOf(response);
      this.etag = response.headers.get('ETag');
      this.length = range?.total ?? plainLength(response) ?? this.#options.expectedBytes ?? null;
      this.ranged = range !== null;
      if (response.status !== PARTIAL || range) this.#first = { response, end: range?.end ?? null };
      else {
        giveUp(response); // a part, but of what: its Content-Range is hidden from this page
        this.length = this.#options.expectedBytes ?? null;
        this.#first = { response: await this.#fetch(null), end: null };
      }
    });
  }

  cancel(): void {
    if (this.#first) giveUp(this.#first.response);
    this.#first = null;
  }

  async *stream(begin: number, end: number | null): AsyncIterable<Uint8Array> {
    const last = end ?? this.length;
    let at = begin;
    for (let failures = 0; last === null || at < last;) {
      try {
        const part = await this.#part(at, last);
        for await (const chunk of afterSkipping(part.response, part.skip)) {
          failures = 0;
          const wanted = last === null ? chunk : chunk.subarray(0, last - at);
          at += wanted.length;
          yield wanted;
          if (at === last) return;
        }
        const expected = part.end ?? last;
        if (expected === null) return;
        if (at < expected) throw new PassingError(`an answer that ended at byte ${at} of ${expected}`);
      } catch (error) {
        if (error instanceof ModelFileError) throw error;
        await this.#recover(failures++, error);
      }
    }
  }

  /** An answer that holds the bytes from `at` on: the first one while it lasts, then that of a new request. */
  async #part(at: number, end: number | null): Promise<Part> {
    const first = this.#first;
    this.#first = null;
    if (first && (first.end === null || at < first.end)) return { ...first, skip: at };
    if (first) giveUp(first.response);
    const response = await this.#fetch(this.ranged ? `bytes=${at}-${end === null ? '' : end - 1}` : null);
    this.#expectSame(response, at);
    const range = rangeOf(response);
    return { response, skip: range ? 0 : at, end: range?.end ?? null };
  }

  /** Throws: TransferError if this is another file than the one that was opened. */
  #expectSame(response: Response, at: number): void {
    const etag = response.headers.get('ETag');
    const range = rangeOf(response);
    const length = range?.total ?? plainLength(response);
    const sameTag = etag === null || this.etag === null || etag === this.etag;
    const sameLength = length === null || this.length === null || length === this.length;
    if (sameTag && sameLength && (range === null || range.begin === at)) return;
    throw new TransferError(
      `model: ${this.#name} must stay the same file, got another one while it was read. ${OTHER_BODY}`,
      { isDamage: true }
    );
  }

  async #fetch(range: string | null): Promise<Response> {
    const { signal, origin, cached } = this.#options;
    const headers: Record<string, string> = range === null ? {} : { Range: range };
    const isSameOrigin = origin === undefined || new URL(this.#url).origin === origin;
    if (range !== null && this.etag?.startsWith('"') && isSameOrigin) headers['If-Range'] = this.etag;
    const response = await fetch(this.#url, { signal, headers, cache: cached ? 'default' : 'no-store' });
    if (response.ok) return response;
    giveUp(response);
    if (PASSING.has(response.status)) throw new PassingError(`status ${response.status}`);
    const advice = adviceFor(response.status);
    throw new ModelFileError(`model: ${this.#name} must be served, got status ${response.status}. ${advice}`);
  }

  async #patiently(attempt: () => Promise<void>): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof ModelFileError) throw error;
        await this.#recover(failures, error);
      }
    }
  }

  /** Waits before another attempt.  Throws: TransferError after the last; the signal's reason once it is aborted. */
  async #recover(failures: number, error: unknown): Promise<void> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    if (failures < this.#waits.length) return wait(this.#waits[failures], signal);
    const cause = error instanceof Error ? error.message : String(error);
    throw new TransferError(
      `model: ${this.#name} must be reachable, got "${cause}". Check the connection and retry.`,
      { cause: error, isDamage: false }
    );
  }
}

/** Lets the rest of an answer go; one whose call was cancelled has failed already, and says so to whoever waits. */
function giveUp(response: Response): void {
  response.body?.cancel().catch(() => {});
}

async function* afterSkipping(response: Response, count: number): AsyncIterable<Uint8Array> {
  let toSkip = count;
  for await (const chunk of readBody(response.body!)) {
    const rest = chunk.subarray(Math.min(toSkip, chunk.length));
    toSkip -= chunk.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}

/** What a partial answer holds, bytes; null for a whole one, or where the server hides it. */
function rangeOf({ status, headers }: Response): { begin: number; end: number; total: number } | null {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('Content-Range') ?? '');
  if (status !== PARTIAL || !found) return null;
  const [begin, last, total] = found.slice(1).map(Number);
  return { begin, end: last + 1, total };
}

/** Content-Length, unless it counts compressed bytes. */
function plainLength({ status, headers }: Response): number | null {
  if (status === PARTIAL) return null;
  const length = headers.get('Content-Length');
  return length === null || headers.has('Content-Encoding') ? null : Number(length);
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403)
    return 'The server refuses it; a model behind a sign-in must be downloaded by hand.';
  if (status === 404) return 'Check the name of the model, or its folder.';
  return OTHER_BODY;
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      signal?.removeEventListener('abort', stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    }
    signal?.addEventListener('abort', stop, { once: true });
  });
}
