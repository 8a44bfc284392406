import type {
  RunSource,
  SurveyRequest,
  SurveyResult,
  SurveyName,
  HeadMaps,
  LensRow,
  MeasureOptions,
  MeasureResult,
  PositionFlow,
  StreamNorms,
  TraceHandle
} from '$lib/engine';
import type { ActivationName, Gpt2Config, TextLoss, Token, ValueNorms } from '$lib/gpt2';
import { chunkStarts, joinLens, type PositionRange } from './lens-window';
import { ReadCache, type Read } from './read-cache';
import { sleep } from './sleep';

/** Entries in each list of best tokens that the lens gives. */
const LENS_TOP = 10;

/** Tokens listed per position as expected instead. */
const LOSS_TOP = 5;

/**
 * A layer's scores or pattern of up to this many bytes are read for all heads at once, so that the next head is there
 * at once; of longer prompts each head by itself: 4 MB at 1,024 tokens instead of 50.
 */
const WHOLE_LAYER_BYTES = 4 * 2 ** 20;
const FLOAT_BYTES = 4;

/** How long a finished run waits for what the pictures of the one before show; what is slower comes when it comes. */
const WARM_MS = 1000;

/** Surveys of one run. */
type TraceSurvey = {
  [Name in SurveyName]: SurveyRequest<Name> extends { trace: number } ? Name : never;
}[SurveyName];

/** Which rows of the lens are read, and how. */
export interface LensChoice {
  /** Token whose ranks are wanted. */
  readonly track: number | null;
  /** Also the rows after a block's attention. */
  readonly inside: boolean;
  /** false: without the last LayerNorm. */
  readonly ln_f: boolean;
}

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
  readonly #engine: RunSource;
  readonly #cache: ReadCache;
  readonly #wanted = new Map<string, Wanted>();

  constructor(
    engine: RunSource,
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

  /** One head's [T, T] scores or pattern, or undefined until they have arrived. */
  head(name: 'attn_scores' | 'pattern', layer: number, head: number): Float32Array | undefined {
    const size = this.T * this.T;
    if (this.config.n_head * size * FLOAT_BYTES <= WHOLE_LAYER_BYTES) {
      return this.activation(name, layer)?.subarray(head * size, (head + 1) * size);
    }
    return this.#get(`${name}/${layer}/${head}`, (run) => run.#headRead(name, layer, head));
  }

  /** L2 norms of one head's values, and of what it would write of them, [T] each. */
  valueNorms(layer: number, head: number): ValueNorms | undefined {
    return this.#get(`values/${layer}/${head}`, (run) => ({
      key: `values/${layer}/${head}`,
      load: (signal) => run.#engine.valueNorms(run.handle.trace, layer, head, signal)
    }));
  }

  /** Every head of a layer as a small map. */
  headMaps(layer: number): HeadMaps | undefined {
    return this.#get(`maps/${layer}`, (run) => ({
      key: `maps/${layer}`,
      load: (signal) => run.#engine.headMaps(run.handle.trace, layer, signal)
    }));
  }

  /** One row of a [T, width] activation. */
  row(name: ActivationName, layer: number | undefined, position: number): Float32Array | undefined {
    const data = this.activation(name, layer);
    const width = data ? data.length / this.T : 0;
    return data?.subarray(position * width, (position + 1) * width);
  }

  /** [vocab_size] logits at a position. */
  logits(position: number): Float32Array | undefined {
    if (position === this.T - 1 && this.#hasLastLogits) return this.handle.lastLogits;
    return this.#get(`logits at/${position}`, (run) =>
      position < run.T - (run.#hasLastLogits ? 1 : 0) ? run.#logitsRead(position) : null
    );
  }

  /**
   * The lens's rows from the embedding to the output, at the positions of a range and at one more: the rest of a long
   * prompt is not read. With `inside`, also those between a block's attention and its MLP: row i is depth i / 2 then. A
   * row is undefined until some of it has arrived; until the tracked token's ranks have arrived, it is the row without.
   */
  lens({ track, inside, ln_f }: LensChoice, range: PositionRange, position: number): (LensRow | undefined)[] {
    const starts = chunkStarts(range, position, this.T);
    const perBlock = inside ? 2 : 1;
    const parts = Array.from(
      { length: perBlock * this.config.n_layer + 1 },
      () => [] as { start: number; row: LensRow }[]
    );
    for (const start of starts) {
      parts.forEach((row, i) => {
        const read = this.#lensChunk(i / perBlock, track, start, ln_f);
        if (read) row.push({ start, row: read });
      });
    }
    return parts.map((row) => joinLens(this.T, row));
  }

  /** One position's way through the model, or undefined until it has arrived. */
  flow(position: number): PositionFlow | undefined {
    return this.#get(`flow/${position}`, (run) =>
      position < run.T
        ? {
            key: `flow/${position}`,
            load: async (signal) => (await run.#engine.flows(run.handle.trace, [position], signal))[0]
          }
        : null
    );
  }

  /** Every position's way through the model, or undefined until all have arrived. */
  flows(): PositionFlow[] | undefined {
    return this.#get('flows', (run) => ({
      key: 'flows',
      load: (signal) => run.#engine.flows(run.handle.trace, [...run.tokens.keys()], signal)
    }));
  }

  /** A survey of this run, or undefined until it has arrived; `asked` without the trace. */
  survey<Name extends TraceSurvey>(
    name: Name,
    asked: Omit<SurveyRequest<Name>, 'trace'>
  ): SurveyResult<Name> | undefined {
    const key = `${name}/${JSON.stringify(asked)}`;
    return this.#get(key, (run) => {
      if (((asked as { position?: number }).position ?? 0) >= run.T) return null;
      const whole = { ...asked, trace: run.handle.trace } as SurveyRequest<Name>;
      return { key, load: (signal) => run.#engine.survey(name, whole, () => {}, signal) };
    });
  }

  /** A measure of this run that the page waits for without progress, or undefined until it has arrived. */
  measured<K extends 'attribution' | 'headSources' | 'neuronParts' | 'followBack'>(
    name: K,
    options: MeasureOptions<K>
  ): MeasureResult<K> | undefined {
    const key = name + JSON.stringify(options);
    return this.#get(key, (run) => {
      if (((options as { position?: number }).position ?? 0) >= run.T) return null;
      return {
        key,
        load: (signal) => run.#engine.measure(name, [run.handle.trace], options, () => {}, signal)
      };
    });
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

  /** Loads what pictures show of another run, so that this run can take its place without a blank. */
  async warmAs(previous: Run, signal: AbortSignal): Promise<void> {
    const shown = [...previous.#wanted].filter(([key]) => previous.#cache.isWatched(key));
    const reads = shown.map(([, wanted]) => wanted(this));
    const warmed = reads.map((read) => (read ? this.#cache.warm(read) : null));
    await Promise.race([Promise.all(warmed), sleep(WARM_MS, signal)]);
  }

  /** Cancels reads that are under way, so that they hold up no other run; `resume` takes them up again. */
  pause(): void {
    this.#cache.pause();
  }

  resume(): void {
    this.#cache.resume();
  }

  dispose(): void {
    this.#cache.dispose();
    this.#engine.release(this.handle.trace);
  }

  /** False of a run that was recorded without. */
  get #hasLastLogits(): boolean {
    return this.handle.lastLogits.length > 0;
  }

  #get<T>(key: string, wanted: (run: Run) => Read<T> | null): T | undefined {
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

  #headRead(name: ActivationName, layer: number, head: number): Read<Float32Array> {
    const request = { trace: this.handle.trace, name, layer, head };
    return {
      key: `${name}/${layer}/${head}`,
      load: async (signal) => (await this.#engine.read(request, signal)).data
    };
  }

  /** One chunk of a row; slow, so a new run does not wait for it. */
  #lensChunk(depth: number, track: number | null, start: number, ln_f: boolean): LensRow | undefined {
    const plain = this.#lensRead(depth, null, start, ln_f);
    if (track === null) return this.#cache.get(plain);
    return this.#cache.get(this.#lensRead(depth, track, start, ln_f)) ?? this.#cache.peek(plain);
  }

  #lensRead(depth: number, track: number | null, start: number, ln_f: boolean): Read<LensRow> {
    const request = { trace: this.handle.trace, depth, top: LENS_TOP, track, start, ln_f };
    return {
      key: `lens/${depth}/${track ?? ''}/${start}${ln_f ? '' : '/without ln_f'}`,
      load: (signal) => this.#engine.lens(request, signal)
    };
  }
}
