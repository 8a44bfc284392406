import { SvelteMap } from 'svelte/reactivity';

/** Something that can be read from the worker, by a key that is equal for equal reads. */
export interface Read<T> {
  readonly key: string;
  readonly load: (signal: AbortSignal) => Promise<T>;
}

/**
 * Values that arrive later. `get` answers undefined until a value is there and makes whoever asked inside a $derived
 * ask again then; each key is loaded once.
 */
export class ReadCache {
  readonly #values = new SvelteMap<string, unknown>();
  readonly #pending = new Map<string, Promise<unknown>>();
  readonly #controller = new AbortController();
  readonly #onerror: (error: unknown) => void;

  constructor(onerror: (error: unknown) => void) {
    this.#onerror = onerror;
  }

  get<T>({ key, load }: Read<T>): T | undefined {
    const found = this.#values.get(key) as T | undefined;
    if (found === undefined) void this.#start({ key, load });
    return found;
  }

  /** A value if it is there; starts nothing. */
  peek<T>({ key }: Read<T>): T | undefined {
    return this.#values.get(key) as T | undefined;
  }

  /** Loads a value ahead; resolves when it is there, or could not be read (which `onerror` was told). */
  async warm(read: Read<unknown>): Promise<void> {
    await this.#start(read);
  }

  /** Cancels what is still on its way. */
  dispose(): void {
    this.#controller.abort();
  }

  #start({ key, load }: Read<unknown>): Promise<unknown> {
    const known = this.#pending.get(key);
    if (known) return known;
    const started = load(this.#controller.signal).then(
      (value) => this.#values.set(key, value),
      (error: unknown) => {
        if (!this.#controller.signal.aborted) this.#onerror(error);
      }
    );
    this.#pending.set(key, started);
    return started;
  }
}
