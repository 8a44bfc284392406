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
  ReadRequest,
  StreamNorms,
  TraceHandle
} from '$lib/engine';
import type { ActivationName, Gpt2Config, TextLoss, Token, ValueNorms } from '$lib/gpt2';
import { LensReads, type LensChoice } from './lens-reads';
import { chunkStarts, type PositionRange } from './lens-window';
import { ReadCache, type Read } from './read-cache';
import { sleep } from './sleep';

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

/** How a run loads what is read, or null if it has no such thing. */
type Load<T> = (run: Run) => Read<T>['load'] | null;

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
  readonly #lens: LensReads;
  readonly #wanted = new Map<string, Load<unknown>>();

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
    this.#lens = new LensReads(engine, handle.trace, this.#cache);
  }

  get T(): number {
    return this.tokens.length;
  }

  /** An activation in DESIGN's shape, or undefined until it has arrived. */
  activation(name: ActivationName, layer?: number): Float32Array | undefined {
    return this.#get(`${name}/${layer ?? ''}`, (run) => run.#loadArray({ name, layer }));
  }

  /** One head's [T, T] scores or pattern, or undefined until they have arrived. */
  head(name: 'attn_scores' | 'pattern', layer: number, head: number): Float32Array | undefined {
    const size = this.T * this.T;
    if (this.config.n_head * size * FLOAT_BYTES <= WHOLE_LAYER_BYTES) {
      return this.activation(name, layer)?.subarray(head * size, (head + 1) * size);
    }
    return this.#get(`${name}/${layer}/${head}`, (run) => run.#loadArray({ name, layer, head }));
  }

  /** L2 norms of one head's values, and of what it would write of them, [T] each. */
  valueNorms(layer: number, head: number): ValueNorms | undefined {
    return this.#get(
      `values/${layer}/${head}`,
      (run) => (signal) => run.#engine.valueNorms(run.handle.trace, layer, head, signal)
    );
  }

  /** Every head of a layer as a small map. */
  headMaps(layer: number): HeadMaps | undefined {
    return this.#get(
      `maps/${layer}`,
      (run) => (signal) => run.#engine.headMaps(run.handle.trace, layer, signal)
    );
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
      position < run.T - (run.#hasLastLogits ? 1 : 0)
        ? (signal) => run.#engine.logits(run.handle.trace, position, signal)
        : null
    );
  }

  /**
   * The lens's rows from the embedding to the output, at the positions of a range and at one more: the rest of a long
   * prompt is not read. With `inside`, also those between a block's attention and its MLP: row i is depth i / 2 then. A
   * row is undefined until some of it has arrived; until the tracked token's ranks have arrived, it is the row without.
   */
  lens(choice: LensChoice, range: PositionRange, position: number): (LensRow | undefined)[] {
    return this.#lens.rows(choice, this.config.n_layer, this.T, chunkStarts(range, position, this.T));
  }

  /** One position's way through the model, or undefined until it has arrived. */
  flow(position: number): PositionFlow | undefined {
    return this.#get(`flow/${position}`, (run) =>
      position < run.T
        ? async (signal) => (await run.#engine.flows(run.handle.trace, [position], signal))[0]
        : null
    );
  }

  /** Every position's way through the model, or undefined until all have arrived. */
  flows(): PositionFlow[] | undefined {
    return this.#get(
      'flows',
      (run) => (signal) => run.#engine.flows(run.handle.trace, [...run.tokens.keys()], signal)
    );
  }

  /** A survey of this run, or undefined until it has arrived; `asked` without the trace. */
  survey<Name extends TraceSurvey>(
    name: Name,
    asked: Omit<SurveyRequest<Name>, 'trace'>
  ): SurveyResult<Name> | undefined {
    return this.#get(`${name}/${JSON.stringify(asked)}`, (run) => {
      if (!run.#reaches(asked)) return null;
      const whole = { ...asked, trace: run.handle.trace } as SurveyRequest<Name>;
      return (signal) => run.#engine.survey(name, whole, () => {}, signal);
    });
  }

  /** A measure of this run that the page waits for without progress, or undefined until it has arrived. */
  measured<K extends 'attribution' | 'headSources' | 'neuronParts' | 'followBack'>(
    name: K,
    options: MeasureOptions<K>
  ): MeasureResult<K> | undefined {
    return this.#get(name + JSON.stringify(options), (run) =>
      run.#reaches(options)
        ? (signal) => run.#engine.measure(name, [run.handle.trace], options, () => {}, signal)
        : null
    );
  }

  norms(): StreamNorms | undefined {
    return this.#get('norms', (run) => (signal) => run.#engine.norms(run.handle.trace, signal));
  }

  /** The prompt's loss, token by token; undefined also for a single token, which has none. */
  loss(): TextLoss | undefined {
    return this.#get('loss', (run) =>
      run.T < 2 ? null : (signal) => run.#engine.loss(run.handle.trace, LOSS_TOP, signal)
    );
  }

  /** Loads what pictures show of another run, so that this run can take its place without a blank. */
  async warmAs(previous: Run, signal: AbortSignal): Promise<void> {
    const shown = [...previous.#wanted].filter(([key]) => previous.#cache.isWatched(key));
    const warmed = shown.map(([key, loadOf]) => {
      const load = loadOf(this);
      return load && this.#cache.warm({ key, load });
    });
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

  /** Whether a position that is asked about is in this run. */
  #reaches(asked: { position?: number } | object): boolean {
    return ('position' in asked ? (asked.position ?? 0) : 0) < this.T;
  }

  #get<T>(key: string, loadOf: Load<T>): T | undefined {
    this.#wanted.set(key, loadOf);
    const load = loadOf(this);
    return load ? this.#cache.get({ key, load }) : undefined;
  }

  #loadArray(what: Omit<ReadRequest, 'trace'>): Read<Float32Array>['load'] {
    return async (signal) => (await this.#engine.read({ trace: this.handle.trace, ...what }, signal)).data;
  }
}
