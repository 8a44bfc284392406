import { SvelteMap } from 'svelte/reactivity';

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

/**
 * Values that arrive later. `get` answers undefined until a value is there and makes whoever asked inside a $derived
 * ask again then; each key is loaded once. Over the byte budget the values asked for longest ago are dropped, and
 * loaded again when they are asked for again.
 */
export class ReadCache {
  readonly #values = new SvelteMap<string, unknown>();
  /** Bytes of each value that is there, the one asked for last at the end. */
  readonly #bytes = new Map<string, number>();
  readonly #pending = new Map<string, Promise<unknown>>();
  readonly #controller = new AbortController();
  readonly #onerror: (error: unknown) => void;
  readonly #byteBudget: number;

  constructor(onerror: (error: unknown) => void, byteBudget = PAGE_BYTES) {
    this.#onerror = onerror;
    this.#byteBudget = byteBudget;
  }

  /** Bytes of everything that is there. */
  get bytes(): number {
    return [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  get<T>({ key, load }: Read<T>): T | undefined {
    const found = this.#values.get(key) as T | undefined;
    if (found === undefined) void this.#start({ key, load });
    else this.#touch(key, this.#bytes.get(key) ?? 0);
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
      (value) => this.#keep(key, value),
      (error: unknown) => {
        if (!this.#controller.signal.aborted) this.#onerror(error);
      }
    );
    this.#pending.set(key, started);
    return started;
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
      this.#pending.delete(oldest);
      this.#values.delete(oldest);
    }
  }

  #touch(key: string, bytes: number): void {
    this.#bytes.delete(key);
    this.#bytes.set(key, bytes);
  }
}
