import {
  isCancelled,
  type EngineClient,
  type MeasureName,
  type MeasureOptions,
  type MeasureResult,
  type MeasureStep,
  type ModelInfo
} from '$lib/engine';
import type { Measured } from '$lib/gpt2';
import { problemText } from '$lib/words';
import type { EngineSession } from '../engine-session.svelte';
import type { OpenModel } from '../open-model.svelte';

/** What a measurement needs of the page. */
export interface MeasurementNeeds {
  readonly session: Pick<EngineSession, 'engine'>;
  readonly model: Pick<OpenModel, 'info'>;
}

/** What a measure is about, and how its runs are given back. */
export interface Prepared<K extends MeasureName> {
  readonly traces: readonly number[];
  readonly options: MeasureOptions<K>;
  release(): void;
}

const NOTHING = { steps: [], result: null, isRunning: false, problem: null } as const;

/** One long measure: what has come of it so far. A new one, or another question, ends it. */
export class Measurement<K extends MeasureName> {
  /** Large when it is done, replaced whole. */
  steps = $state.raw<readonly MeasureStep<K>[]>([]);
  result = $state.raw<MeasureResult<K> | null>(null);
  #error = $state.raw<unknown>(null);
  /** Why it failed; null: nothing is wrong. */
  readonly problem = $derived(this.#error === null ? null : problemText(this.#error));
  isRunning = $state(false);
  /** What was asked; a picture of another question shows nothing of it. */
  question = $state<string | null>(null);
  readonly #name: K;
  readonly #needs: MeasurementNeeds;
  #call: AbortController | null = null;
  /** The engine and the model that it was started on. */
  #measuredOn: { readonly engine: EngineClient | null; readonly model: ModelInfo | null } = {
    engine: null,
    model: null
  };

  constructor(name: K, needs: MeasurementNeeds) {
    this.#name = name;
    this.#needs = needs;
  }

  /** What has come of one question; nothing of another one. */
  of(question: string | null): Measured<MeasureStep<K>, MeasureResult<K>> {
    const { engine } = this.#needs.session;
    const { info: model } = this.#needs.model;
    if (question === null || question !== this.question) return NOTHING;
    if (engine !== this.#measuredOn.engine || model !== this.#measuredOn.model) return NOTHING; // numbers of traces begin anew
    const { steps, result, isRunning, problem } = this;
    return { steps, result, isRunning, problem };
  }

  /** @param traces handles of the runs that it is about */
  start(question: string, traces: readonly number[], options: MeasureOptions<K>): Promise<void> {
    return this.startWith(question, async () => ({ traces, options, release: () => {} }));
  }

  /** As `start`, of runs that are made first. */
  async startWith(question: string, prepare: (signal: AbortSignal) => Promise<Prepared<K>>): Promise<void> {
    this.reset();
    const { engine } = this.#needs.session;
    const { info: model } = this.#needs.model;
    if (!engine) return;
    this.#measuredOn = { engine, model };
    const call = new AbortController();
    this.#call = call;
    this.question = question;
    this.isRunning = true;
    try {
      const onstep = (step: MeasureStep<K>) => {
        if (!call.signal.aborted) this.steps = [...this.steps, step];
      };
      const { traces, options, release } = await prepare(call.signal);
      try {
        const result = await engine.measure(this.#name, traces, options, onstep, call.signal);
        if (!call.signal.aborted) this.result = result;
      } finally {
        release();
      }
    } catch (error) {
      if (!isCancelled(error) && !call.signal.aborted) this.#error = error;
    } finally {
      if (this.#call === call) this.isRunning = false;
    }
  }

  /** Ends it; what has come stays. */
  stop(): void {
    this.#call?.abort();
    this.isRunning = false;
  }

  /** Ends it, and forgets what has come. */
  reset(): void {
    this.stop();
    this.steps = [];
    this.result = null;
    this.#error = null;
    this.question = null;
  }
}
