import { isCancelled, type ModelInfo } from '$lib/engine';
import type { Token } from '$lib/gpt2';
import type { EngineSession } from './engine-session.svelte';
import type { OpenModel } from './open-model.svelte';
import { leaveOutUnknown, promptTokens } from './prompt-tokens';
import type { Reports } from './reports.svelte';
import { Run } from './run';
import type { Selection } from './selection.svelte';
import { sleep } from './sleep';

/** What running the prompt needs of the page. */
export interface PromptNeeds {
  readonly selection: Pick<Selection, 'view'>;
  readonly session: Pick<EngineSession, 'engine' | 'phase'>;
  readonly model: Pick<OpenModel, 'info' | 'vocabulary'>;
  readonly reports: Reports;
  /** Whether a prompt of so many tokens can be run; else the page says why not. */
  readonly accept: (tokens: number, limit: number) => boolean;
  /** A run has taken its place. @param isFirst there was none before */
  readonly onrun: (run: Run, isFirst: boolean) => void;
  readonly onfail: (error: unknown) => void;
  readonly readFailed: (error: unknown) => void;
}

/**
 * The newest finished run of the prompt (large, replaced whole). A newer prompt cancels the older run; until the new run
 * is there, every picture shows the last finished one.
 */
export class PromptRun {
  /** Tokens of the prompt as it stands in the box, `<|endoftext|>` included; newer than `run` while it computes. */
  tokens = $state.raw<readonly Token[]>([]);
  run = $state.raw<Run | null>(null);
  #computes = $state(false);
  /** The run on screen, if it is a recorded one that stands in until the prompt's own is there. */
  #standIn = $state.raw<Run | null>(null);
  readonly #needs: PromptNeeds;
  #refresh: AbortController | null = null;

  constructor(needs: PromptNeeds) {
    this.#needs = needs;
  }

  /** Tokenizes the prompt, then runs it after a pause, ms; whatever was under way is cancelled. */
  async update(pause: number): Promise<void> {
    const { session, accept } = this.#needs;
    const model = this.#needs.model.info;
    this.#refresh?.abort();
    const controller = new AbortController();
    this.#refresh = controller;
    const { signal } = controller;
    if (!model || session.phase !== 'ready') return; // it runs when the model has arrived, also in an engine that starts anew
    this.#computes = true; // from the first letter on, so that no token is added to the prompt before it
    this.run?.pause(); // what its pictures still wait for would hold up the new run
    try {
      const tokens = await this.#tokenize(model);
      if (signal.aborted) return;
      this.tokens = tokens;
      if (accept(tokens.length, model.config.n_ctx)) {
        await sleep(pause, signal);
        await this.#runTokens(tokens, model, signal);
      }
      this.#rest();
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return;
      this.#rest();
      this.#needs.onfail(error);
    }
  }

  /** A run is under way, or its engine is still starting while a recorded one stands in. */
  get running(): boolean {
    return this.#computes || (this.isStandIn && this.#needs.session.phase !== 'failed');
  }

  get isStandIn(): boolean {
    return this.run !== null && this.run === this.#standIn;
  }

  /** Shows a recorded run until the prompt's own is there. */
  standIn(run: Run): void {
    this.#standIn = run;
    this.run = run;
    this.tokens = run.tokens;
  }

  /** Gives the run back that is on screen: its model goes. */
  drop(): void {
    this.run?.dispose();
    this.run = null;
  }

  stop(): void {
    this.#refresh?.abort();
    this.drop();
    this.#computes = false;
  }

  /** No run is under way: the one on screen reads on. */
  #rest(): void {
    this.#computes = false;
    this.run?.resume();
  }

  async #tokenize(model: ModelInfo): Promise<Token[]> {
    const { selection, session, reports } = this.#needs;
    const { engine } = session;
    const { vocabulary } = this.#needs.model;
    if (!engine || !vocabulary) return [];
    const leftOut = leaveOutUnknown(selection.view, vocabulary);
    if (leftOut) reports.note(leftOut);
    return promptTokens(selection.view, engine, model, vocabulary);
  }

  async #runTokens(tokens: readonly Token[], { config }: ModelInfo, signal: AbortSignal): Promise<void> {
    const { session, onrun, readFailed } = this.#needs;
    const { engine } = session;
    if (!engine) return;
    const ids = tokens.map((token) => token.id);
    const handle = await engine.run(ids, signal);
    const next = new Run(engine, handle, tokens, config, readFailed);
    const previous = this.run;
    const isFirst = previous === null || this.isStandIn;
    if (previous) await next.warmAs(previous, signal).catch(() => {}); // aborted: a newer prompt
    if (signal.aborted) return next.dispose();
    this.run = next;
    previous?.dispose();
    onrun(next, isFirst);
  }
}
