import * as Comlink from 'comlink';
import type { Token, ValueNorms } from '$lib/gpt2';
import type { Reason } from '$lib/words';
import { cancelled } from './calls';
import { takeEarlyWorker } from './early-worker';
import type {
  BackendName,
  BackendReport,
  EngineMemory,
  GenerateResult,
  HeadMaps,
  LayerNormName,
  LayerNormParameters,
  LensRequest,
  LensRow,
  LoadProgress,
  ModelInfo,
  ModelSource,
  PositionFlow,
  ReadRequest,
  ReadResult,
  ShelfReport,
  SentOptions,
  SentStep,
  StreamNorms,
  TextLoss,
  TraceHandle
} from './protocol';
import type { MeasureName, MeasureOptions, MeasureResult, MeasureStep } from './measures';
import type { SentEdits } from './measuring';
import type { EngineService } from './service';
import type { SurveyRequest, SurveyResult, OnProgress, SurveyName } from './survey-types';
import { ENGINE, ENGINE_KEEPS_NOTHING } from './worker-names';

/** Written as one expression: the bundler finds the script by it. */
const startWorker = (name: string) =>
  new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name });

/**
 * The page's side of the engine. Every long call takes an AbortSignal; once it is aborted, the call rejects with an
 * AbortError at once and the worker stops at its next step.
 *
 * Memory: `run` hands out a trace handle that the caller releases; arrays that are read belong to the caller.
 */
export class Engine {
  readonly #worker: Worker;
  readonly #remote: Comlink.Remote<EngineService>;
  #lastCall = 0;

  /** @param keeps false: the worker keeps nothing in the browser, not even which backend is the faster one here */
  constructor({ keeps = true } = {}) {
    this.#worker = keeps ? (takeEarlyWorker() ?? startWorker(ENGINE)) : startWorker(ENGINE_KEEPS_NOTHING);
    this.#remote = Comlink.wrap<EngineService>(this.#worker);
  }

  /** Calls back once if the worker throws outside a call, or, with null, if its script cannot be had. */
  onfailure(callback: (message: string | null) => void): void {
    // what cannot be fetched is told as an Event, which says nothing
    this.#worker.addEventListener('error', ({ message }) => callback(message ?? null), { once: true });
  }

  /** Starts a backend: the wanted one if it works, else the faster one for so many tokens, and none that are broken. */
  start(wanted: BackendName | null, broken: readonly BackendName[] = [], tokens = 0): Promise<BackendReport> {
    return this.#remote.start(wanted, broken, tokens);
  }

  /** Loads a model in place of the current one, from the kept copy where there is one; fails without changing it. */
  load(
    source: ModelSource,
    onprogress: (progress: LoadProgress) => void,
    signal?: AbortSignal
  ): Promise<ModelInfo> {
    return whileWaiting(onprogress, (progress) =>
      this.#call(signal, (call) => this.#remote.load(call, source, Comlink.proxy(progress)))
    );
  }

  /** Fetches a model, checks it and keeps it, without a backend; resolves with the reason where they are not kept. */
  download(
    source: ModelSource,
    onprogress: (progress: LoadProgress) => void,
    signal?: AbortSignal
  ): Promise<Reason | null> {
    return whileWaiting(onprogress, (progress) =>
      this.#call(signal, (call) => this.#remote.download(call, source, Comlink.proxy(progress)))
    );
  }

  /** The models that this browser keeps, and the room for them. */
  shelf(): Promise<ShelfReport> {
    return this.#remote.shelf();
  }

  /** Deletes a kept model; false while another tab reads it. */
  removeKept(name: string): Promise<boolean> {
    return this.#remote.removeKept(name);
  }

  tokenize(text: string): Promise<Token[]> {
    return this.#remote.tokenize(text);
  }

  run(ids: readonly number[], signal?: AbortSignal): Promise<TraceHandle> {
    return this.#running(signal, (call) => this.#remote.run(call, ids));
  }

  /** Runs with edits, beside the run on screen. */
  runEdited(ids: readonly number[], edits: SentEdits, signal?: AbortSignal): Promise<TraceHandle> {
    return this.#running(signal, (call) => this.#remote.runEdited(call, ids, edits));
  }

  /** Runs another prompt, beside the run on screen. */
  runBeside(ids: readonly number[], signal?: AbortSignal): Promise<TraceHandle> {
    return this.#running(signal, (call) => this.#remote.runBeside(call, ids));
  }

  /**
   * One causal measure of runs that are held. Its steps arrive one after another, none after the signal is aborted.
   *
   * @param traces handles: one run, or a clean and a corrupt one
   */
  measure<K extends MeasureName>(
    name: K,
    traces: readonly number[],
    options: MeasureOptions<K>,
    onstep: (step: MeasureStep<K>) => void,
    signal?: AbortSignal
  ): Promise<MeasureResult<K>> {
    const deliver = Comlink.proxy((step: MeasureStep<K>) => (signal?.aborted ? undefined : onstep(step)));
    const measure = this.#remote.measure as unknown as EngineService['measure'];
    return this.#call(signal, (call) => measure(call, name, traces, options, deliver));
  }

  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadResult> {
    return this.#call(signal, (call) => this.#remote.read(call, request));
  }

  logits(trace: number, position: number, signal?: AbortSignal): Promise<Float32Array> {
    return this.#call(signal, (call) => this.#remote.logits(call, trace, position));
  }

  lens(request: LensRequest, signal?: AbortSignal): Promise<LensRow> {
    return this.#call(signal, (call) => this.#remote.lens(call, request));
  }

  /** Every head of a block as a small map. */
  headMaps(trace: number, layer: number, signal?: AbortSignal): Promise<HeadMaps> {
    return this.#call(signal, (call) => this.#remote.headMaps(call, trace, layer));
  }

  /** How long one head's values are, and what it would write of them. */
  valueNorms(trace: number, layer: number, head: number, signal?: AbortSignal): Promise<ValueNorms> {
    return this.#call(signal, (call) => this.#remote.valueNorms(call, trace, layer, head));
  }

  norms(trace: number, signal?: AbortSignal): Promise<StreamNorms> {
    return this.#call(signal, (call) => this.#remote.norms(call, trace));
  }

  /** How the streams of some positions came about, and what each would say at every depth. */
  flows(trace: number, positions: readonly number[], signal?: AbortSignal): Promise<PositionFlow[]> {
    return this.#call(signal, (call) => this.#remote.flows(call, trace, positions));
  }

  /** Loss of a trace's own prompt, with the `top` tokens expected instead. */
  loss(trace: number, top: number, signal?: AbortSignal): Promise<TextLoss> {
    return this.#call(signal, (call) => this.#remote.loss(call, trace, top));
  }

  /**
   * Continues a prompt. Each step is computed when `onstep` is done with the one before; several generations may run
   * beside each other. Nothing arrives after the signal is aborted.
   */
  generate(
    ids: readonly number[],
    options: SentOptions,
    onstep: (step: SentStep) => void | Promise<void>,
    signal?: AbortSignal
  ): Promise<GenerateResult> {
    const deliver = Comlink.proxy((step: SentStep) => (signal?.aborted ? undefined : onstep(step)));
    return this.#call(signal, (call) => this.#remote.generate(call, ids, options, deliver));
  }

  /** One of the surveys of heads and weights, by its name; `onprogress` hears of those that take long. */
  survey<Name extends SurveyName>(
    name: Name,
    request: SurveyRequest<Name>,
    onprogress: OnProgress<Name>,
    signal?: AbortSignal
  ): Promise<SurveyResult<Name>> {
    const survey = this.#remote.survey as unknown as EngineService['survey'];
    return whileWaiting(onprogress, (progress) =>
      this.#call(signal, (call) => survey(call, name, request, Comlink.proxy(progress)))
    );
  }

  layerNorm(name: LayerNormName, layer: number): Promise<LayerNormParameters> {
    return this.#remote.layerNorm(name, layer);
  }

  release(trace: number): void {
    void this.#remote.release(trace);
  }

  memory(): Promise<EngineMemory> {
    return this.#remote.memory();
  }

  /** Ends the worker and everything in it. */
  dispose(): void {
    this.#remote[Comlink.releaseProxy]();
    this.#worker.terminate();
  }

  #running(
    signal: AbortSignal | undefined,
    send: (call: number) => Promise<TraceHandle>
  ): Promise<TraceHandle> {
    return this.#call(signal, async (call) => {
      const handle = await send(call);
      if (signal?.aborted) this.release(handle.trace); // it crossed the cancel on its way
      return handle;
    });
  }

  async #call<T>(signal: AbortSignal | undefined, send: (call: number) => Promise<T>): Promise<T> {
    if (signal?.aborted) throw cancelled();
    const call = ++this.#lastCall;
    let stop = () => {};
    const aborted = new Promise<never>((_, reject) => {
      stop = () => {
        void this.#remote.cancel(call);
        reject(cancelled());
      };
    });
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await (signal ? Promise.race([send(call), aborted]) : send(call));
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

/** What the page asks of an engine, whether it computes or answers from a recorded run. */
export type EngineClient = Omit<Engine, 'start'> & {
  /** As `Engine.start`; null: nothing computes here. */
  start(...how: Parameters<Engine['start']>): Promise<BackendReport | null>;
};

/** Gives `wait` a listener that hears nothing more once it has ended: reports that were on their way then are dropped. */
export async function whileWaiting<P extends unknown[], T>(
  listener: (...report: P) => void,
  wait: (listener: (...report: P) => void) => Promise<T>
): Promise<T> {
  let isOver = false;
  try {
    return await wait((...report) => {
      if (!isOver) listener(...report);
    });
  } finally {
    isOver = true;
  }
}

/** True for what a cancelled call rejects with, on either side of the worker. */
export function isCancelled(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { name?: string }).name === 'AbortError';
}
