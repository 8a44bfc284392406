import { InputError, type Trace } from '$lib/gpt2';

/**
 * Bytes that all traces together may hold on the device. Measured with GPT-2 small at 1,024 tokens, whose trace takes
 * 202 MB with one block (docs/models.md): a wasm backend never gives memory back, so the highest use counts.
 */
export const TRACE_BYTES = 256 * 2 ** 20;

/**
 * Released traces that stay for reuse. Typing makes one with every pause; short ones take few bytes but some two
 * hundred tensors each, which on a GPU are as many textures.
 */
const DEFAULT_SPARE_TRACES = 8;

interface Entry {
  readonly trace: Pick<Trace, 'key' | 'bytes' | 'shrink' | 'dispose'> & Partial<Trace>;
  references: number;
}

/**
 * Keeps the traces that a page holds handles of. A few released traces stay for reuse until their bytes are needed;
 * over the budget, the oldest unreferenced ones go first, then the oldest ones in use lose their rebuilt blocks.
 */
export class TraceStore<T extends Entry['trace'] = Trace> {
  readonly #entries = new Map<number, { trace: T; references: number }>(); // oldest first
  readonly #byteBudget: number;
  readonly #spareTraces: number;
  #next = 1;

  constructor(byteBudget = TRACE_BYTES, spareTraces = DEFAULT_SPARE_TRACES) {
    this.#byteBudget = byteBudget;
    this.#spareTraces = spareTraces;
  }

  /** Takes ownership of a trace; the caller holds one reference. */
  add(trace: T): number {
    const handle = this.#next++;
    this.#entries.set(handle, { trace, references: 1 });
    this.trim();
    return handle;
  }

  /** A trace with this key, which holds the same numbers, if it is still here; the caller then holds one reference more. */
  reuse(key: string): number | null {
    for (const [handle, entry] of this.#entries) {
      if (entry.trace.key !== key) continue;
      entry.references++;
      this.#entries.delete(handle); // it is the youngest now
      this.#entries.set(handle, entry);
      return handle;
    }
    return null;
  }

  /** Throws: InputError if the handle was released and its trace is gone. */
  get(handle: number): T {
    const entry = this.#entries.get(handle);
    if (!entry)
      throw new InputError(`trace ${handle} must be held, got a released one. Run the prompt again.`);
    return entry.trace;
  }

  /** A trace with one reference more, which `release` gives back. Throws: as `get`. */
  hold(handle: number): T {
    const trace = this.get(handle);
    this.#entries.get(handle)!.references++;
    return trace;
  }

  /** Gives back one reference. */
  release(handle: number): void {
    const entry = this.#entries.get(handle);
    if (entry) entry.references = Math.max(0, entry.references - 1);
    this.trim();
  }

  /** Makes room for a trace of this size before it is made, so that the old and the new one never stand together. */
  makeRoom(bytes: number): void {
    this.#trimTo(Math.max(0, this.#byteBudget - bytes));
  }

  /** Drops and shrinks traces until both limits hold, or nothing more can go. */
  trim(): void {
    this.#trimTo(this.#byteBudget);
  }

  #trimTo(byteBudget: number): void {
    let spare = [...this.#entries.values()].filter(({ references }) => references === 0).length;
    for (const [handle, { trace, references }] of this.#entries) {
      if (spare <= this.#spareTraces && this.bytes <= byteBudget) return;
      if (references > 0) continue;
      trace.dispose();
      this.#entries.delete(handle);
      spare--;
    }
    for (const { trace } of this.#entries.values()) {
      if (this.bytes <= byteBudget) return;
      trace.shrink();
    }
  }

  /** Bytes that all traces hold on the device now. */
  get bytes(): number {
    let bytes = 0;
    for (const { trace } of this.#entries.values()) bytes += trace.bytes;
    return bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Disposes every trace: before another model or backend. */
  clear(): void {
    for (const { trace } of this.#entries.values()) trace.dispose();
    this.#entries.clear();
  }
}
