import type { Engine, LensRow, StreamNorms, TraceHandle } from '$lib/engine';
import type { ActivationName, Gpt2Config, TextLoss, Token } from '$lib/gpt2';
import { ReadCache, type Read } from './read-cache';

/** Entries in each list of best tokens that the lens gives. */
const LENS_TOP = 10;

/** Tokens listed per position as expected instead. */
const LOSS_TOP = 5;

/** Reads that the next run does ahead: what one view shows, and some of the one before. */
const MOST_WARMED = 24;

/** The same read of another run, or null if that run has no such thing. */
type Wanted = (run: Run) => Read<unknown> | null;

/**
 * One finished run of one prompt, as the page sees it: the tokens, and reads of its trace that arrive when asked for.
 * Replaced whole by the next run; its handle is given back by `dispose`.
 */
export class Run {
  readonly tokens: readonly Token[];
  readonly config: Gpt2Config;
  readonly handle: TraceHandle;
  readonly #engine: Engine;
  readonly #cache: ReadCache;
  readonly #wanted = new Map<string, Wanted>();

  constructor(
    engine: Engine,
    handle: TraceHandle,
    tokens: readonly Token[],
    config: Gpt2Config,
    onerror: (error: unknown) => void
  ) {
    this.#engine = engine;
    this.handle = handle;
    this.tokens = tokens;
    this.config = config;
    this.#cache = new ReadCache(onerror);
  }

  get T(): number {
    return this.tokens.length;
  }

  /** An activation in DESIGN's shape, or undefined until it has arrived. */
  activation(name: ActivationName, layer?: number): Float32Array | undefined {
    return this.#get(`${name}/${layer ?? ''}`, (run) => run.#activationRead(name, layer));
  }

  /** One row of a [T, width] activation. */
  row(name: ActivationName, layer: number | undefined, position: number): Float32Array | undefined {
    const data = this.activation(name, layer);
    const width = data ? data.length / this.T : 0;
    return data?.subarray(position * width, (position + 1) * width);
  }

  /** [vocab_size] logits at a position. */
  logits(position: number): Float32Array | undefined {
    if (position === this.T - 1) return this.handle.lastLogits;
    return this.#get(`logits at/${position}`, (run) =>
      position < run.T - 1 ? run.#logitsRead(position) : null
    );
  }

  /** A row of the lens; until the tracked token's ranks have arrived, the row without them. */
  lens(depth: number, track: number | null): LensRow | undefined {
    const plain = this.#lensRead(depth, null);
    if (track !== null) return this.#cache.get(this.#lensRead(depth, track)) ?? this.#cache.peek(plain);
    return this.#cache.get(plain); // slow, so a new run does not wait for it
  }

  norms(): StreamNorms | undefined {
    return this.#get('norms', (run) => ({
      key: 'norms',
      load: (signal) => run.#engine.norms(run.handle.trace, signal)
    }));
  }

  /** The prompt's loss, token by token; undefined also for a single token, which has none. */
  loss(): TextLoss | undefined {
    return this.#get('loss', (run) =>
      run.T < 2
        ? null
        : { key: 'loss', load: (signal) => run.#engine.loss(run.handle.trace, LOSS_TOP, signal) }
    );
  }

  /** Loads what another run's pictures showed last, so that this run can take its place without a blank. */
  async warmAs(previous: Run): Promise<void> {
    const recent = [...previous.#wanted.values()].slice(-MOST_WARMED);
    const reads = recent.map((wanted) => wanted(this));
    await Promise.all(reads.map((read) => (read ? this.#cache.warm(read) : null)));
  }

  dispose(): void {
    this.#cache.dispose();
    this.#engine.release(this.handle.trace);
  }

  #get<T>(key: string, wanted: (run: Run) => Read<T> | null): T | undefined {
    this.#wanted.delete(key); // the most recently wanted stands last
    this.#wanted.set(key, wanted);
    const read = wanted(this);
    return read ? this.#cache.get(read) : undefined;
  }

  #activationRead(name: ActivationName, layer?: number): Read<Float32Array> {
    const request = { trace: this.handle.trace, name, layer };
    return {
      key: `${name}/${layer ?? ''}`,
      load: async (signal) => (await this.#engine.read(request, signal)).data
    };
  }

  #logitsRead(position: number): Read<Float32Array> {
    return {
      key: `logits at/${position}`,
      load: (signal) => this.#engine.logits(this.handle.trace, position, signal)
    };
  }

  #lensRead(depth: number, track: number | null): Read<LensRow> {
    const request = { trace: this.handle.trace, depth, top: LENS_TOP, track };
    return { key: `lens/${depth}/${track ?? ''}`, load: (signal) => this.#engine.lens(request, signal) };
  }
}
