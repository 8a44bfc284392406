import * as Comlink from 'comlink';
import { Interrupt } from '../interrupt';
import { hubTail } from '../models/address.ts';
import { ModelFileError } from '../../gpt2/index.ts';
import { SENT_ON, type HubService, type SentRequest } from './hub-service';
import script from './hub.worker.ts?worker&url';

/** A worker that asks one host. */
interface Asker {
  readonly remote: Comlink.Remote<HubService>;
  /** Raised if the worker's script cannot be had. */
  readonly failure: Interrupt;
}

/**
 * `fetch` for the addresses of models: the page's own host is asked from here, every other one by a worker that may ask
 * that host alone.
 */
export class HubFetch {
  readonly #askers = new Map<string, Asker>();
  #lastId = 0;

  readonly fetch = (url: string, init: RequestInit = {}): Promise<Response> =>
    new URL(url).origin === location.origin ? fetch(url, init) : this.#ask(url, init);

  async #ask(url: string, { signal, headers, cache, redirect }: RequestInit): Promise<Response> {
    signal?.throwIfAborted();
    const { remote, failure } = this.#asker(url);
    const id = ++this.#lastId;
    const request: SentRequest = { cache, redirect, headers: [...new Headers(headers)] };
    const cancel = new Interrupt();
    const stop = () => {
      void remote.stop(id);
      cancel.raise(signal!.reason as Error);
    };
    signal?.addEventListener('abort', stop, { once: true });
    const first = <T>(answer: Promise<T>) => failure.wait(cancel.wait(answer));
    const answer = await first(remote.ask(id, url, request)).catch((error: Error) => {
      throw error.name === SENT_ON ? sentOn(url) : error;
    });
    if (answer.status === 0) return Response.error();
    const body = answer.hasBody
      ? bodyOf(
          () => first(remote.next(id)),
          () => void remote.stop(id)
        )
      : null;
    return new Response(body, { status: answer.status, headers: answer.headers });
  }

  #asker(url: string): Asker {
    const address = scriptFor(url);
    const found = this.#askers.get(address);
    if (found) return found;
    const worker = new Worker(address, { type: 'module', name: 'hub' });
    const failure = new Interrupt();
    worker.onerror = (event) => {
      event.preventDefault(); // the caller gets the error
      this.#askers.delete(address);
      failure.raise(new Error(event.message ?? 'a part of the page that its host has no more'));
    };
    const asker = { remote: Comlink.wrap<HubService>(worker), failure };
    this.#askers.set(address, asker);
    return asker;
  }
}

/** The worker's script, which comes with a policy for the host of this address. */
function scriptFor(url: string): string {
  const address = new URL(script, location.href);
  address.searchParams.set('from', new URL(url).origin);
  if (hubTail(url) !== null) address.searchParams.set('files', 'hub');
  return address.href;
}

function sentOn(url: string): ModelFileError {
  const advice = 'Write the address of the host that has the files.';
  return new ModelFileError(
    `model: ${url} must be answered by its own host, got a redirect to another one. ${advice}`
  );
}

function bodyOf(next: () => Promise<Uint8Array | null>, cancel: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const bytes = await next();
      if (bytes) controller.enqueue(bytes);
      else controller.close();
    },
    cancel
  });
}
