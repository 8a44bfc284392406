import { isCancelled, type BackendName, type BackendReport, type EngineClient } from '$lib/engine';
import { isBackendFault } from './faults';
import { messages, problemText } from './messages';
import type { Reports, Say } from './reports.svelte';

/** What a session needs of the page. */
export interface SessionHost {
  readonly reports: Reports;
  /** The backend that the reader wants; null: the first that works. */
  readonly wanted: BackendName | null;
  /** Of the prompt, about. */
  readonly expectedTokens: number;
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
  readonly #host: SessionHost;
  #engine: EngineClient | null = null;
  /** Backends that broke down since the reader last chose one. */
  #broken: readonly BackendName[] = [];

  constructor(host: SessionHost) {
    this.#host = host;
  }

  get engine(): EngineClient | null {
    return this.#engine;
  }

  /** Starts the engine anew with the view as it stands: after a failure, or for another backend. */
  async restart(): Promise<void> {
    this.#broken = [];
    await this.#begin(null);
  }

  /** Says on screen what failed, or starts anew on another backend where the backend broke down. */
  fail(why: 'modelFailed' | 'engineFailed' | 'readFailed', error: unknown): void {
    const detail = problemText(error);
    if (this.#engine && this.backend && isBackendFault(error)) this.#continue(this.#engine, detail);
    else this.#say(why, detail);
  }

  stop(): void {
    this.#host.end();
    this.#engine?.dispose();
    this.#engine = null;
  }

  /** @param brokeDown why the backend before stopped; null at a start that the reader asked for */
  async #begin(brokeDown: string | null): Promise<void> {
    const host = this.#host;
    this.stop();
    this.phase = 'starting';
    host.reports.fail(null);
    const engine = host.createEngine();
    this.#engine = engine;
    try {
      engine.onfailure((detail) => this.#continue(engine, detail ?? messages.scriptMissing));
      const backend = await engine.start(host.wanted, this.#broken, host.expectedTokens);
      this.backend = backend;
      if (backend && brokeDown !== null) host.reports.note(continuedOn(backend.name, brokeDown));
      this.phase = 'loading';
      await host.load(engine);
      if (this.#engine !== engine) return;
      this.phase = 'ready';
      await host.begin(engine);
    } catch (error) {
      if (!isCancelled(error) && this.#engine === engine) this.fail('modelFailed', error);
    }
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
    this.#host.reports.fail(() => messages[why](detail));
    if (this.phase !== 'ready') this.phase = 'failed';
  }
}
