import {
  isCancelled,
  isNeedsWeights,
  type BackendName,
  type BackendReport,
  type EngineClient
} from '$lib/engine';
import { isBackendFault } from './faults';
import { messages, problemText } from './messages';
import type { Reports, Say } from './reports.svelte';
import type { Selection } from './selection.svelte';

/** Of English, about: the tokenizer is not there yet. */
const LETTERS_OF_TOKEN = 4;

/** What is done with an engine between its start and its end. */
export interface SessionSteps {
  createEngine(): EngineClient;
  /** Reads the view's model on an engine that has just started. */
  load(engine: EngineClient): Promise<void>;
  /** Runs the prompt, once the model is there. */
  begin(engine: EngineClient): Promise<void>;
  /** Gives up what belongs to the engine that ends. */
  end(): void;
}

/** Made here, where no engine is within reach: the sentence stands on the page when that engine has ended. */
const continuedOn =
  (name: BackendName, brokeDown: string): Say =>
  () =>
    messages.continuedOn(name, brokeDown);

/** The engine under the page: started, watched, and started anew on another backend where one breaks down. */
export class EngineSession {
  phase = $state<'starting' | 'loading' | 'ready' | 'failed'>('starting');
  backend = $state.raw<BackendReport | null>(null);
  readonly #selection: Pick<Selection, 'view'>;
  readonly #reports: Reports;
  readonly #steps: SessionSteps;
  #engine: EngineClient | null = null;
  /** Backends that broke down since the reader last chose one. */
  #broken: readonly BackendName[] = [];

  constructor(selection: Pick<Selection, 'view'>, reports: Reports, steps: SessionSteps) {
    this.#selection = selection;
    this.#reports = reports;
    this.#steps = steps;
  }

  get engine(): EngineClient | null {
    return this.#engine;
  }

  /** Starts the engine anew with the view as it stands: after a failure, or for another backend. */
  async restart(): Promise<void> {
    this.#broken = [];
    await this.#begin(null);
  }

  /**
   * Says on screen what failed, or starts anew on another backend where the backend broke down. A cancelled call is no
   * failure, and where weights are needed the page says so already.
   */
  fail(why: 'modelFailed' | 'engineFailed' | 'readFailed', error: unknown): void {
    if (isCancelled(error) || isNeedsWeights(error)) return;
    const detail = problemText(error);
    if (this.#engine && this.backend && isBackendFault(error)) this.#continue(this.#engine, detail);
    else this.#say(why, detail);
  }

  stop(): void {
    this.#steps.end();
    this.#engine?.dispose();
    this.#engine = null;
  }

  /** @param brokeDown why the backend before stopped; null at a start that the reader asked for */
  async #begin(brokeDown: string | null): Promise<void> {
    this.stop();
    this.phase = 'starting';
    this.#reports.fail(null);
    const engine = this.#steps.createEngine();
    this.#engine = engine;
    try {
      engine.onfailure((detail) => this.#continue(engine, detail ?? messages.scriptMissing));
      const backend = await engine.start(this.#selection.view.backend, this.#broken, this.#expectedTokens);
      this.backend = backend;
      if (backend && brokeDown !== null) this.#reports.note(continuedOn(backend.name, brokeDown));
      this.phase = 'loading';
      await this.#steps.load(engine);
      if (this.#engine !== engine) return;
      this.phase = 'ready';
      await this.#steps.begin(engine);
    } catch (error) {
      if (this.#engine === engine) this.fail('modelFailed', error);
    }
  }

  get #expectedTokens(): number {
    const { ids, prompt } = this.#selection.view;
    return ids?.length ?? Math.ceil(prompt.length / LETTERS_OF_TOKEN);
  }

  /** The backend broke down: continues with the next one, with prompt and selection as they are. */
  #continue(engine: EngineClient, detail: string): void {
    if (this.#engine !== engine) return; // a broken engine often fails in several calls at once
    if (!this.backend || this.#broken.includes(this.backend.name)) {
      return this.#say('engineFailed', detail); // not even a backend had started
    }
    this.#broken = [...this.#broken, this.backend.name];
    void this.#begin(detail);
  }

  #say(why: 'modelFailed' | 'engineFailed' | 'readFailed', detail: string): void {
    this.#reports.fail(() => messages[why](detail));
    if (this.phase !== 'ready') this.phase = 'failed';
  }
}
