import {
  DEFAULT_BLOCK_BYTES,
  InputError,
  passKey,
  readLayerNorm,
  runTrace,
  traceBytes,
  type Token,
  type Trace
} from '$lib/gpt2';
import type { Reason } from '$lib/words';
import { chooseBackend } from './backend';
import { cancelled } from './calls';
import type { EarlyTask } from './early-worker';
import { engineHost, withRunningThreads } from './engine-host';
import { describeModel, isSameSource, ModelReading, type EngineModel } from './model-reading';
import { ModelShelf } from './models/shelf';
import type {
  BackendName,
  BackendReport,
  GenerateResult,
  LayerNormName,
  LayerNormParameters,
  LoadProgress,
  ModelInfo,
  ModelSource,
  ShelfReport,
  SentOptions,
  SentStep,
  TraceHandle
} from './protocol';
import type { MeasureName, MeasureOptions, MeasureResult, MeasureStep } from './measures';
import { editedTrace, measured, type SentEdits } from './measuring';
import type { SurveyRequest, SurveyResult, OnProgress, SurveyName } from './survey-types';
import { sendable, sendSteps } from './send-steps';
import { TraceReads } from './trace-reads';

/** What the worker does; the page reaches it by the typed client in client.ts. Every long call has a number. */
export class EngineService extends TraceReads {
  readonly #shelf = new ModelShelf();
  #model: EngineModel | null = null;
  /** The backend that started before the page asked for it. */
  #started: { wanted: BackendName | null; report: Promise<BackendReport> } | null = null;
  #earlyReading: ModelReading | null = null;
  /** Number of the forward pass under way: a newer one cancels it. */
  #running: number | null = null;
  /** Numbers of the calls under way that need the model itself: several may run beside each other. */
  readonly #usingModel = new Set<number>();

  /** Begins what the page is about to ask for, before it does: the backend, and a model unless it is null. */
  prepare({ backend: wanted, source, tokens, turn }: EarlyTask): void {
    const report = turn.then(() => chooseBackend(wanted, engineHost, { tokens }));
    report.catch(() => {}); // the page hears of it when it asks
    this.#started = { wanted, report };
    if (source) this.#earlyReading = new ModelReading(this.#shelf, source, report, turn);
  }

  /** @param tokens of the prompt, about */
  start(wanted: BackendName | null, broken: readonly BackendName[], tokens: number): Promise<BackendReport> {
    const started = this.#started;
    this.#started = null;
    const isStarted = started?.wanted === wanted && broken.length === 0;
    return (isStarted ? started.report : chooseBackend(wanted, engineHost, { broken, tokens })).then(
      withRunningThreads
    );
  }

  cancel(call: number): void {
    this.calls.cancel(call);
  }

  /** Loads a model and replaces the current one; if that fails or is cancelled, the current one stays. */
  load(call: number, source: ModelSource, onprogress: (progress: LoadProgress) => void): Promise<ModelInfo> {
    return this.calls.run(call, async (signal) => {
      const reading = this.#takeReading(source) ?? new ModelReading(this.#shelf, source, Promise.resolve());
      reading.onprogress(onprogress);
      signal.addEventListener('abort', () => reading.abort(signal.reason));
      const { model, notKept } = await reading.result;
      if (signal.aborted) {
        model.dispose();
        throw cancelled();
      }
      this.#cancelRun(); // it uses the weights that go now
      for (const using of this.#usingModel) this.calls.cancel(using);
      this.traces.clear();
      this.#model?.dispose();
      this.#model = model;
      return { ...describeModel(model), notKept };
    });
  }

  /** Fetches, checks and keeps a model; no backend is needed. Says why where they cannot be kept. */
  download(
    call: number,
    source: ModelSource,
    onprogress: (progress: LoadProgress) => void
  ): Promise<Reason | null> {
    return this.calls.run(call, async (signal) => {
      let notKept: Reason | null = null;
      await this.#shelf.download(source, {
        signal,
        onprogress,
        onnotkept: (reason) => (notKept = reason)
      });
      return notKept;
    });
  }

  shelf(): Promise<ShelfReport> {
    return this.#shelf.report();
  }

  removeKept(name: string): Promise<boolean> {
    return this.#shelf.remove(name);
  }

  tokenize(text: string): Promise<Token[]> {
    return this.loaded.tokenizer.encode(text);
  }

  /** One forward pass; cancels the one under way. */
  run(call: number, ids: readonly number[]): Promise<TraceHandle> {
    this.#cancelRun();
    this.#running = call;
    return this.calls.run(call, (signal) => this.#plainRun(ids, signal));
  }

  /** A forward pass with edits, beside the run on screen; cancels none. */
  runEdited(call: number, ids: readonly number[], sent: SentEdits): Promise<TraceHandle> {
    return this.#withModel(call, (model, signal) => {
      const newTrace = (run: () => Promise<Trace>) => this.#added(ids.length, run);
      const make = () => editedTrace(this.traces, model, ids, sent, newTrace, signal);
      return this.#handleOf(ids, make, signal);
    });
  }

  /** A forward pass of another prompt, beside the run on screen; cancels none. */
  runBeside(call: number, ids: readonly number[]): Promise<TraceHandle> {
    return this.#withModel(call, (_, signal) => this.#plainRun(ids, signal));
  }

  /** One causal measure of runs that the page holds; `onstep` hears of it as it comes. */
  measure<K extends MeasureName>(
    call: number,
    name: K,
    traces: readonly number[],
    options: MeasureOptions<K>,
    onstep: (step: MeasureStep<K>) => void | Promise<void>
  ): Promise<MeasureResult<K>> {
    const held = { traces: this.traces, queue: this.slowReads };
    return this.#withModel(call, (_, signal) => measured(held, name, traces, options, onstep, signal));
  }

  /**
   * Continues a prompt and sends every step before it computes the next; the page sets the pace by how long `onstep`
   * takes. A new model ends it as a cancel does.
   */
  generate(
    call: number,
    ids: readonly number[],
    options: SentOptions,
    onstep: (step: SentStep) => void | Promise<void>
  ): Promise<GenerateResult> {
    return this.#withModel(call, async (model, signal) => {
      const { generate } = await import('../gpt2/decode/index.ts'); // with what only decoding needs
      const steps = generate(model, ids, { ...options, signal });
      return sendSteps(steps, (step) => onstep(sendable(step)), signal);
    });
  }

  /** One of the surveys of heads and weights; their code is fetched for the first one. */
  survey<Name extends SurveyName>(
    call: number,
    name: Name,
    request: SurveyRequest<Name>,
    onprogress: OnProgress<Name>
  ): Promise<SurveyResult<Name>> {
    return this.#withModel(call, async (model, signal) => {
      const { SURVEYS } = await import('./surveys');
      signal.throwIfAborted();
      const trace = (handle: number) => this.traces.get(handle);
      return SURVEYS[name]({ model, trace, signal, onprogress }, request);
    });
  }

  async layerNorm(name: LayerNormName, layer: number): Promise<LayerNormParameters> {
    return readLayerNorm(this.loaded.weights, name, layer);
  }

  /** A forward pass without edits; one that is held is not made again. */
  #plainRun(ids: readonly number[], signal: AbortSignal): Promise<TraceHandle> {
    const model = this.loaded;
    const make = () =>
      this.traces.reuse(passKey(model, ids)) ??
      this.#added(ids.length, () => runTrace(model, ids, { signal }));
    return this.#handleOf(ids, make, signal);
  }

  /** A forward pass, once the older traces have made room for it. */
  async #added(T: number, run: () => Promise<Trace>): Promise<number> {
    this.traces.makeRoom(traceBytes(this.loaded.config, T, DEFAULT_BLOCK_BYTES));
    return this.traces.add(await run());
  }

  /** Makes a run, and what the page gets of it. Memory: gives the handle back if the call was cancelled. */
  async #handleOf(
    ids: readonly number[],
    make: () => number | Promise<number>,
    signal: AbortSignal
  ): Promise<TraceHandle> {
    const started = performance.now();
    const trace = await make();
    const lastLogits = await this.traces.get(trace).logits('last');
    if (signal.aborted) {
      this.traces.release(trace);
      throw cancelled();
    }
    return { trace, ids: [...ids], lastLogits, milliseconds: performance.now() - started };
  }

  /** A call that needs the model itself: another model ends it as a cancel does. */
  #withModel<T>(call: number, work: (model: EngineModel, signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.calls.run(call, async (signal) => {
      this.#usingModel.add(call);
      try {
        return await work(this.loaded, signal);
      } finally {
        this.#usingModel.delete(call);
      }
    });
  }

  /** The reading that began before, if it is of this model; otherwise it is given up. */
  #takeReading(source: ModelSource): ModelReading | null {
    const reading = this.#earlyReading;
    this.#earlyReading = null;
    if (!reading || isSameSource(reading.source, source)) return reading;
    reading.abort();
    void reading.result.then(({ model }) => model.dispose());
    return null;
  }

  #cancelRun(): void {
    if (this.#running !== null) this.calls.cancel(this.#running);
  }

  protected get loaded(): EngineModel {
    if (this.#model) return this.#model;
    throw new InputError('engine: a model must be loaded, got none. Call load first.');
  }
}
