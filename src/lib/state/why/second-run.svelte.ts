import { isCancelled, type EngineClient, type ModelInfo } from '$lib/engine';
import { formatEdits, type Token } from '$lib/gpt2';
import { problemText } from '$lib/words';
import { frontOf } from '../append';
import type { EngineSession } from '../engine-session.svelte';
import { isBackendFault } from '../faults';
import type { OpenModel } from '../open-model.svelte';
import type { PromptRun } from '../prompt-run.svelte';
import type { OtherModel } from './other-model.svelte';
import { Run } from '../run';
import type { Selection } from '../selection.svelte';
import { editsOn, parseEditList } from './edit-list';
import { PAIR_SETS } from './prompt-pairs';
import { runPairs } from './reference-runs';

/** What the second run needs of the page. */
export interface SecondRunNeeds {
  readonly selection: Pick<Selection, 'view'>;
  readonly session: Pick<EngineSession, 'engine'>;
  readonly model: Pick<OpenModel, 'info' | 'vocabulary'>;
  /** Its run is A: the prompt as it is, never edited. */
  readonly prompt: Pick<PromptRun, 'run'>;
  readonly readFailed: (error: unknown) => void;
}

/**
 * The runs beside A: the other prompt, and A with edits, which may take values from the other prompt. Which of the two is
 * B is the link's `versus`. Each is made when A or what it is made from changes; A itself is never touched.
 */
export class SecondRun {
  other = $state.raw<Run | null>(null);
  edited = $state.raw<Run | null>(null);
  #error = $state.raw<unknown>(null);
  /** Why one of them could not be run; null: nothing is wrong. */
  readonly problem = $derived(this.#error === null ? null : problemText(this.#error));
  isRunning = $state(false);
  readonly #needs: SecondRunNeeds;
  readonly #model: OtherModel;
  #update: AbortController | null = null;
  /** What `edited` was made from. */
  #made = '';

  constructor(needs: SecondRunNeeds, model: OtherModel) {
    this.#needs = needs;
    this.#model = model;
  }

  /** Run B; null: there is none, or not yet. */
  readonly b = $derived.by(() => {
    const { versus } = this.#needs.selection.view;
    if (versus === 'model') return this.#model.run;
    return versus === 'prompt' ? this.other : this.edited;
  });

  /** What stands in front of every prompt. */
  get front(): Token[] {
    const { selection, model } = this.#needs;
    const { info, vocabulary } = model;
    return info && vocabulary ? frontOf(selection.view.bos, info.beginning, vocabulary) : [];
  }

  /** Runs what is missing; whatever was under way is cancelled. */
  async update(): Promise<void> {
    this.#update?.abort();
    const update = new AbortController();
    this.#update = update;
    const { signal } = update;
    this.#error = null;
    const { engine } = this.#needs.session;
    const { run } = this.#needs.prompt;
    if (!engine || !run) return this.drop();
    this.isRunning = true;
    try {
      await this.#runOther(engine, signal);
      await this.#runEdited(engine, run, signal);
      await this.#model.update(signal);
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return;
      if (isBackendFault(error)) this.#needs.readFailed(error);
      else this.#error = error;
    } finally {
      if (this.#update === update) this.isRunning = false;
    }
  }

  /** Gives both runs back: their model or their engine goes. */
  drop(): void {
    this.#update?.abort();
    this.isRunning = false;
    this.#replace('other', null);
    this.#replace('edited', null);
  }

  async #runOther(engine: EngineClient, signal: AbortSignal): Promise<void> {
    const { view } = this.#needs.selection;
    const { info: model } = this.#needs.model;
    if (view.other === '' || !model) return this.#replace('other', null);
    const tokens: Token[] = [...this.front, ...(await engine.tokenize(view.other))];
    signal.throwIfAborted();
    const ids = tokens.map(({ id }) => id);
    if (this.other && String(ids) === String(this.other.handle.ids)) return;
    this.#replace('other', null);
    if (ids.length === 0) return;
    const handle = await engine.runBeside(ids, signal);
    this.#replace('other', this.#runOf(engine, handle, tokens, model));
  }

  async #runEdited(engine: EngineClient, run: Run, signal: AbortSignal): Promise<void> {
    const { view } = this.#needs.selection;
    const { info: model } = this.#needs.model;
    const edits = editsOn(parseEditList(view.edits));
    if (edits.length === 0 || !model) return this.#replace('edited', null);
    const other = this.other?.handle.trace ?? null;
    const isOfReferences = edits.some((edit) => edit.kind === 'mean' && edit.over === 'references');
    const set = isOfReferences ? view.references : '';
    const made = [run.handle.trace, other, formatEdits(edits), set].join('|');
    if (this.edited && made === this.#made) return;
    const ofOtherPrompt = this.edited && String(this.edited.handle.ids) !== String(run.handle.ids);
    if (ofOtherPrompt) this.#replace('edited', null);
    let references: readonly number[] = [];
    try {
      if (isOfReferences)
        references = (await runPairs(engine, PAIR_SETS[view.references], this.front, signal)).traces;
      const handle = await engine.runEdited(run.handle.ids, { edits, other, references }, signal);
      this.#made = made;
      this.#replace('edited', this.#runOf(engine, handle, run.tokens, model));
    } catch (error) {
      if (!signal.aborted) this.#replace('edited', null);
      throw error;
    } finally {
      for (const trace of references) engine.release(trace);
    }
  }

  #runOf(engine: EngineClient, handle: Run['handle'], tokens: readonly Token[], { config }: ModelInfo): Run {
    return new Run(engine, handle, tokens, config, this.#needs.readFailed);
  }

  #replace(which: 'other' | 'edited', next: Run | null): void {
    const before = this[which];
    this[which] = next;
    before?.dispose();
  }
}
