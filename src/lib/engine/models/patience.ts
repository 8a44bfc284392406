/**
 * Waiting for a server: how long a silence may last, when to try again, and telling the reader meanwhile.
 *
 * Source: RFC 9110, section 10.2.3 (Retry-After).
 */
import { TransferError } from '../../gpt2/index.ts';

/** What a download waits for, whole seconds. */
export interface Wait {
  /** 'silent': no byte has come for `seconds`. 'retry': the next attempt is made in `seconds`. */
  readonly kind: 'silent' | 'retry';
  readonly seconds: number;
}

export interface PatienceOptions {
  readonly signal?: AbortSignal;
  /** Waits before a new attempt, ms; each failure without a byte takes the next. */
  readonly waits?: readonly number[];
  /** A silence after which the connection is given up, ms. */
  readonly stallMs?: number;
  /** Called each second of waiting. */
  readonly onwait?: (wait: Wait) => void;
}

const DEFAULT_WAITS = [500, 1500, 4000, 8000];
const STALL_MS = 30_000;
const SECOND = 1000;
/** A server that asks for more is not waited for: the reader decides. */
const LONGEST_WAIT_MS = 600_000;

/** A failure that another attempt may better. */
export class PassingError extends Error {
  /** What the server asks to wait, ms. */
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs = 0) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Retry-After as ms from now; 0 where there is none or it cannot be read. */
export function retryAfterMs(headers: Headers, now = Date.now()): number {
  const value = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * SECOND;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

/** The patience with one file: failures in a row are counted, a byte that arrives forgets them. */
export class Patience {
  readonly #name: string;
  readonly #options: PatienceOptions;
  readonly #waits: readonly number[];
  #failures = 0;

  /** @param name of the file, for messages */
  constructor(name: string, options: PatienceOptions) {
    this.#name = name;
    this.#options = options;
    this.#waits = options.waits ?? DEFAULT_WAITS;
  }

  /** Something arrived. */
  forget(): void {
    this.#failures = 0;
  }

  /**
   * Awaits one answer of the server; `stop` ends its request.
   *
   * Throws: PassingError if it stays silent for too long; what `answer` throws.
   */
  async listen<T>(answer: Promise<T>, stop: () => void): Promise<T> {
    const { stallMs = STALL_MS, onwait } = this.#options;
    const start = Date.now();
    let timer: ReturnType<typeof setInterval> | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setInterval(
        () => {
          const silent = Date.now() - start;
          if (silent < stallMs) return onwait?.({ kind: 'silent', seconds: Math.round(silent / SECOND) });
          reject(new PassingError(`no byte for ${Math.round(silent / SECOND)} s`));
          stop();
        },
        Math.min(SECOND, stallMs)
      );
    });
    answer.catch(() => {}); // the silence was reported before
    try {
      return await Promise.race([answer, silence]);
    } finally {
      clearInterval(timer);
    }
  }

  /** Waits before another attempt.  Throws: TransferError after the last; the signal's reason once it is aborted. */
  async recover(error: unknown): Promise<void> {
    const { signal, onwait } = this.#options;
    signal?.throwIfAborted();
    const retryAfter = error instanceof PassingError ? error.retryAfterMs : 0;
    if (this.#failures >= this.#waits.length || retryAfter > LONGEST_WAIT_MS)
      throw this.#tooMuch(error, retryAfter);
    const whole = Math.max(this.#waits[this.#failures++], retryAfter);
    const end = Date.now() + whole;
    for (let left = whole; left > 0; left = end - Date.now()) {
      const seconds = Math.round(left / SECOND);
      if (seconds > 0) onwait?.({ kind: 'retry', seconds });
      await wait(Math.min(left, SECOND), signal);
    }
  }

  #tooMuch(error: unknown, retryAfter: number): TransferError {
    const cause = error instanceof Error ? error.message : String(error);
    const advice =
      retryAfter > 0
        ? `The server asks to wait ${Math.ceil(retryAfter / SECOND)} s; try again then.`
        : 'Check the connection and retry.';
    const message = `model: ${this.#name} must be reachable, got "${cause}". ${advice}`;
    return new TransferError(message, { cause: error, isDamage: false });
  }
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
