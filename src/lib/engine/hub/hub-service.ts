/**
 * Asks one host that is not the page's own, in a worker whose script came with a policy that names this host alone
 * (scripts/site-headers.mjs). The engine itself, which computes and keeps, may ask the page's own host only.
 */
import * as Comlink from 'comlink';
import { readBody } from '../models/origin-file';

/** What of a request can be sent from worker to worker. */
export type SentRequest = Pick<RequestInit, 'cache' | 'redirect'> & {
  readonly headers: [name: string, value: string][];
};

/** An answer without its body. */
export interface SentAnswer {
  /** 0 for a redirect that is not followed: a browser shows nothing of it. */
  readonly status: number;
  readonly headers: [name: string, value: string][];
  readonly hasBody: boolean;
}

/** Of the error that says: the answer sends on to a host that this worker may not ask. */
export const SENT_ON = 'SentOnError';
/** A browser tells of it about when the request fails, before or after. */
const TELLING_MS = 100;

interface Open {
  readonly stop: AbortController;
  chunks: AsyncIterator<Uint8Array> | null;
}

export class HubService {
  readonly #open = new Map<number, Open>();
  /** Addresses whose answers sent on to another host. */
  readonly #sentOn = new Set<string>();

  constructor() {
    self.addEventListener('securitypolicyviolation', ({ blockedURI }) => this.#sentOn.add(blockedURI));
  }

  /**
   * Asks; the body is read by `next`.  Throws: what `fetch` throws; SENT_ON.
   *
   * @param id names the request in later calls
   */
  async ask(id: number, url: string, request: SentRequest): Promise<SentAnswer> {
    const open: Open = { stop: new AbortController(), chunks: null };
    this.#open.set(id, open);
    try {
      const { status, headers, body } = await fetch(url, { ...request, signal: open.stop.signal });
      if (body) open.chunks = readBody(body)[Symbol.asyncIterator]();
      else this.#open.delete(id);
      return { status, headers: [...headers], hasBody: body !== null };
    } catch (error) {
      this.#open.delete(id);
      if (!open.stop.signal.aborted) await this.#expectNotSentOn(url);
      throw error;
    }
  }

  async #expectNotSentOn(url: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, TELLING_MS));
    if (this.#sentOn.has(url)) throw Object.assign(new Error(url), { name: SENT_ON });
  }

  /** The next bytes of an answer; null at its end.  Throws: what reading throws. */
  async next(id: number): Promise<Uint8Array | null> {
    try {
      const part = await this.#open.get(id)?.chunks?.next();
      if (part && !part.done) {
        const bytes = part.value.slice(); // the buffer is filled again
        return Comlink.transfer(bytes, [bytes.buffer]);
      }
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
    this.#open.delete(id);
    return null;
  }

  /** Ends a request, whatever of it is still to come. */
  stop(id: number): void {
    this.#open.get(id)?.stop.abort();
    this.#open.delete(id);
  }
}
