import { isNeedsWeights } from '$lib/engine';
import { createSubscriber, SvelteMap } from 'svelte/reactivity';

/** Something that can be read from the worker, by a key that is equal for equal reads. */
export interface Read<T> {
  readonly key: string;
  readonly load: (signal: AbortSignal) => Promise<T>;
}

/** Bytes of arrays that one cache keeps on the page; what one view shows of GPT-2 XL at 1,024 tokens takes 60 MB. */
export const PAGE_BYTES = 96 * 2 ** 20;

/** Bytes of the typed arrays in a value: itself, or its fields. */
export function bytesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: unknown[] = ArrayBuffer.isView(value) ? [value] : Object.values(value);
  return values.reduce<number>((sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0), 0);
}

interface Pending {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/**
 * Values that arrive later. `get` answers undefined until a value is there and makes the $derived that asked
 * ask again then; each key is loaded once. A load that no picture waits for any more is cancelled. Over the byte budget
 * the values asked for longest ago are dropped, and loaded again when they are asked for again.
 */
export class ReadCache {
  readonly #values = new SvelteMap<string, unknown>();
  /** Bytes of each value that is there, the one asked for last at the end. */
  readonly #bytes = new Map<string, number>();
  readonly #pending = new Map<string, Pending>();
  /** What pictures show or wait for, by key. */
  readonly #watched = new Map<string, Read<unknown>>();
  readonly #subscribers = new Map<string, () => void>();
  readonly #onerror: (error: unknown) => void;
  readonly #byteBudget: number;
  #isPaused = false;

  constructor(onerror: (error: unknown) => void, byteBudget = PAGE_BYTES) {
    this.#onerror = onerror;
    this.#byteBudget = byteBudget;
  }

  /** Bytes of everything that is there. */
  get bytes(): number {
    return [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  get<T>(read: Read<T>): T | undefined {
    this.#watch(read);
    const found = this.#values.get(read.key) as T | undefined;
    if (found === undefined) void this.#start(read);
    else this.#touch(read.key, this.#bytes.get(read.key) ?? 0);
    return found;
  }

  /** A value if it is there; starts nothing. */
  peek<T>({ key }: Read<T>): T | undefined {
    return this.#values.get(key) as T | undefined;
  }

  /** True while a picture shows this value or waits for it. */
  isWatched(key: string): boolean {
    return this.#watched.has(key);
  }

  /** Loads a value ahead; resolves when it is there, or could not be read (which `onerror` was told). */
  async warm(read: Read<unknown>): Promise<void> {
    await this.#start(read);
  }

  /** Cancels what is on its way and loads nothing more, until `resume`. */
  pause(): void {
    this.#isPaused = true;
    for (const key of [...this.#pending.keys()]) this.#cancel(key);
  }

  /** Loads what pictures wait for. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    for (const read of this.#watched.values()) {
      if (!this.#values.has(read.key)) void this.#start(read);
    }
  }

  /** Cancels what is still on its way; nothing is loaded any more. */
  dispose(): void {
    this.pause();
  }

  /** Notes that the $derived that asks waits for this value, until no picture does. */
  #watch(read: Read<unknown>): void {
    const { key } = read;
    let subscribe = this.#subscribers.get(key);
    if (!subscribe) {
      subscribe = createSubscriber(() => {
        this.#watched.set(key, read);
        return () => {
          this.#watched.delete(key);
          this.#cancel(key);
        };
      });
      this.#subscribers.set(key, subscribe);
    }
    subscribe();
  }

  #cancel(key: string): void {
    this.#pending.get(key)?.controller.abort();
    this.#pending.delete(key);
  }

  async #start({ key, load }: Read<unknown>): Promise<void> {
    if (this.#isPaused || this.#values.has(key)) return;
    const known = this.#pending.get(key);
    if (known) return known.done;
    const controller = new AbortController();
    const done = load(controller.signal).then(
      (value) => {
        if (controller.signal.aborted) return;
        this.#pending.delete(key);
        this.#keep(key, value);
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        // Each view that asks for it hears it anew, and says what is missing.
        if (isNeedsWeights(error)) this.#pending.delete(key);
        this.#onerror(error);
      }
    );
    this.#pending.set(key, { controller, done });
    return done;
  }

  #keep(key: string, value: unknown): void {
    this.#touch(key, bytesIn(value));
    this.#values.set(key, value);
    let over = this.bytes - this.#byteBudget;
    for (const [oldest, bytes] of this.#bytes) {
      if (over <= 0) return;
      if (oldest === key || bytes === 0) continue;
      over -= bytes;
      this.#bytes.delete(oldest);
      this.#values.delete(oldest);
    }
  }

  #touch(key: string, bytes: number): void {
    this.#bytes.delete(key);
    this.#bytes.set(key, bytes);
  }
}
