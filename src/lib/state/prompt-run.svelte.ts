import { isCancelled, type EngineClient, type ModelInfo } from '$lib/engine';
import type { Token, Vocabulary } from '$lib/gpt2';
import { frontOf, tokensOf } from './append';
import type { EngineSession } from './engine-session.svelte';
import { messages } from './messages';
import type { PromptLimit } from './prompt-limit.svelte';
import type { Reports } from './reports.svelte';
import { Run } from './run';
import { sleep } from './sleep';
import type { ViewState } from './view-state';

/** Of the ids that are left out. */
const MOST_NAMED = 5;

/** What running the prompt needs of the page. */
export interface PromptHost {
  readonly view: ViewState;
  readonly limit: PromptLimit;
  readonly engine: EngineClient | null;
  readonly phase: EngineSession['phase'];
  readonly model: ModelInfo | null;
  readonly vocabulary: Vocabulary | null;
  readonly reports: Reports;
  /** A run has taken its place. @param isFirst there was none before */
  onrun(run: Run, isFirst: boolean): void;
  onfail(error: unknown): void;
  reportFailure(error: unknown): void;
}

/**
 * The newest finished run of the prompt (large, replaced whole). A newer prompt cancels the older run; until the new run
 * is there, every picture shows the last finished one.
 */
export class PromptRun {
  /** Tokens of the prompt as it stands in the box, `<|endoftext|>` included; newer than `run` while it computes. */
  tokens = $state.raw<readonly Token[]>([]);
  run = $state.raw<Run | null>(null);
  running = $state(false);
  /** The run on screen, if it is a recorded one that stands in until the prompt's own is there. */
  #standIn = $state.raw<Run | null>(null);
  readonly #host: PromptHost;
  #refresh: AbortController | null = null;

  constructor(host: PromptHost) {
    this.#host = host;
  }

  /** Tokenizes the prompt, then runs it after a pause, ms; whatever was under way is cancelled. */
  async update(pause: number): Promise<void> {
    const { model, limit, phase } = this.#host;
    this.#refresh?.abort();
    const controller = new AbortController();
    this.#refresh = controller;
    const { signal } = controller;
    if (!model || phase !== 'ready') return; // it runs when the model has arrived, also in an engine that starts anew
    this.running = true; // from the first letter on, so that no token is added to the prompt before it
    this.run?.pause(); // what its pictures still wait for would hold up the new run
    try {
      const tokens = await this.#tokenize();
      if (signal.aborted) return;
      this.tokens = tokens;
      if (limit.accept(tokens.length, model.config.n_ctx)) {
        await sleep(pause, signal);
        await this.#runTokens(tokens, signal);
      }
      this.#rest();
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return;
      this.#rest();
      this.#host.onfail(error);
    }
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
    this.running = false;
  }

  /** No run is under way: the one on screen reads on. */
  #rest(): void {
    this.running = false;
    this.run?.resume();
  }

  async #tokenize(): Promise<Token[]> {
    const { view, vocabulary, model, engine } = this.#host;
    if (!engine || !vocabulary || !model) return [];
    this.#leaveOutUnknown(vocabulary);
    const front = frontOf(view.bos, model.beginning, vocabulary);
    const body = view.ids ? tokensOf(view.ids, vocabulary) : await engine.tokenize(view.prompt);
    return [...front, ...body];
  }

  /** Names the ids of the link that the model has no row for; where no other is left, the prompt is its text. */
  #leaveOutUnknown({ vocab_size }: Vocabulary): void {
    const { view, reports } = this.#host;
    const unknown = view.ids?.filter((id) => id >= vocab_size) ?? [];
    if (unknown.length === 0) return;
    const named = unknown.slice(0, MOST_NAMED).join(', ') + (unknown.length > MOST_NAMED ? ', …' : '');
    reports.note(() => messages.unknownIds(named, vocab_size - 1));
    const left = view.ids!.filter((id) => id < vocab_size);
    view.ids = left.length === 0 ? null : left;
  }

  async #runTokens(tokens: readonly Token[], signal: AbortSignal): Promise<void> {
    const { model, engine } = this.#host;
    if (!engine || !model) return;
    const ids = tokens.map((token) => token.id);
    const handle = await engine.run(ids, signal);
    const failed = (error: unknown) => this.#host.reportFailure(error);
    const next = new Run(engine, handle, tokens, model.config, failed);
    const previous = this.run;
    const isFirst = previous === null || this.isStandIn;
    if (previous) await next.warmAs(previous, signal).catch(() => {}); // aborted: a newer prompt
    if (signal.aborted) return next.dispose();
    this.run = next;
    previous?.dispose();
    this.#host.onrun(next, isFirst);
  }
}
