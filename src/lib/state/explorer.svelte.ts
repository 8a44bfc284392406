import {
  Engine,
  isCancelled,
  type BackendName,
  type BackendReport,
  type LayerNormName,
  type LoadProgress,
  type ModelInfo,
  type ModelSource
} from '$lib/engine';
import { createVocabulary, parameterCount, type Token, type Vocabulary } from '$lib/gpt2';
import { textOf, tokensOf } from './append';
import { Choices } from './choices.svelte';
import { Decoding } from './decode/decoding';
import { DecodeOpening } from './decode-opening.svelte';
import { EXAMPLE_PROMPTS, type ExampleName } from './example-prompts';
import { headOf } from './examples';
import { isBackendFault } from './faults';
import type { ExplorerOptions } from './explorer-options';
import { detailOf, messages } from './messages';
import { Models, type FoundModel } from './models.svelte';
import { NextToken } from './next-token.svelte';
import { NormParameters } from './norm-parameters';
import { PromptLimit } from './prompt-limit.svelte';
import { Reports, type Say } from './reports.svelte';
import { Run } from './run';
import { Selection } from './selection.svelte';
import { sleep } from './sleep';
import { fitView, formatView, parseView, withPlainLines } from './url';
import { DEFAULT_VIEW, type ViewState } from './view-state';

/** A pause in typing after which the model runs. */
const TYPING_PAUSE_MS = 250;
/** What decides which tokens run. */
const RUN_FIELDS = ['prompt', 'ids', 'bos'] as const;
/** Another prompt: what was decoded from the one before says nothing of it. */
const NOTHING_DECODED = { generated: null, step: null, beam_step: null };

/**
 * The page's state: the view (small, mirrored in the link), and the newest finished run (large, replaced whole).
 * A newer prompt cancels the older run; until the new run is there, every picture shows the last finished one.
 */
export class Explorer {
  /** What a link holds. Changed by `show`, `setPrompt` and their like. */
  view = $state<ViewState>({ ...DEFAULT_VIEW });
  /** Query position under the pointer, in any picture. */
  hovered = $state<number | null>(null);
  phase = $state<'starting' | 'loading' | 'ready' | 'failed'>('starting');
  running = $state(false);
  /** The prompt against the model's context: what to do with one that is too long. */
  readonly limit = new PromptLimit(this);
  progress = $state.raw<LoadProgress | null>(null);
  backend = $state.raw<BackendReport | null>(null);
  /** The model in use, as the header names it. */
  entry = $state.raw<{ name: string; parameters: number } | null>(null);
  /** Where it came from: what reads it again. */
  source = $state.raw<ModelSource | null>(null);
  /** Name of the model that is being read while the one before is still in use. */
  switching = $state<string | null>(null);
  model = $state.raw<ModelInfo | null>(null);
  /** Tokens of the prompt as it stands in the box, `<|endoftext|>` included; newer than `run` while it computes. */
  tokens = $state.raw<readonly Token[]>([]);
  run = $state.raw<Run | null>(null);
  readonly choices = new Choices();

  readonly reports = new Reports();
  readonly notices = $derived(this.reports.notices);
  readonly failure = $derived(this.reports.failure);
  /** Why nothing new is shown: the prompt is empty or too long. */
  readonly promptMessage = $derived(this.reports.prompt);
  readonly vocabulary = $derived<Vocabulary | null>(
    this.model && createVocabulary(this.model.pieces, this.model.config.vocab_size)
  );
  /** The view as a link's fields. */
  readonly link = $derived(formatView(this.view));
  readonly #selection = new Selection(this);
  readonly position = $derived(this.#selection.position);
  readonly layer = $derived(this.#selection.layer);
  readonly head = $derived(this.#selection.head);
  readonly key = $derived(this.#selection.key);
  /** What comes after the selected position, and taking it. */
  readonly nextToken = new NextToken(this);

  readonly #options: ExplorerOptions;
  #engine: Engine | null = null;
  readonly #models: Models;
  /** Backends that broke down since the reader last chose one. */
  #broken: readonly BackendName[] = [];
  #switch: AbortController | null = null;
  #refresh: AbortController | null = null;
  readonly #parameters = new NormParameters((error) => this.reportFailure(error));
  /** From logits to text: what the decode view computes. */
  readonly decoding = new Decoding(this);
  /** What the decode view opens with. */
  readonly opening = new DecodeOpening(this);

  constructor(options: ExplorerOptions) {
    this.#options = options;
    this.#models = options.models ?? new Models(options.modelsUrl);
  }

  /**
   * Opens the view of a link: backend, model, prompt.
   *
   * @param text the fields, as readAddress gives them
   * @param said what was wrong with the link before its fields were read
   */
  async start(text: string, said: readonly Say[] = []): Promise<void> {
    const { state, problems } = parseView(text);
    this.view = state;
    this.reports.dismiss();
    this.reports.note(...said, ...problems);
    await this.restart();
  }

  /** Opens another link while the page is open: Back, Forward, or an address put into the bar. Makes no new choice. */
  async reopen(text: string): Promise<void> {
    const { state, problems } = parseView(text);
    const before = this.view;
    this.reports.note(...problems);
    this.choices.endSpell();
    if (!this.#engine || !this.model || state.backend !== before.backend) {
      this.view = state;
      return this.restart();
    }
    this.#switch?.abort(); // it was chosen after the view that comes back
    if (state.model === before.model) {
      this.view = state;
      const isOther = RUN_FIELDS.some((field) => String(state[field]) !== String(before[field]));
      return isOther ? this.#update(0) : undefined;
    }
    this.view = { ...state, model: before.model, ids: null }; // the ids are the other model's
    await this.#switchTo(state.model, { ids: state.ids });
    if (this.view.model === before.model) await this.#update(0); // it could not be opened
  }

  /** Starts the engine anew with the view as it stands: after a failure, or for another backend. */
  async restart(): Promise<void> {
    this.#broken = [];
    await this.#begin(null);
  }

  /** @param brokeDown why the backend before stopped; null at a start that the reader asked for */
  async #begin(brokeDown: string | null): Promise<void> {
    this.#stop();
    this.phase = 'starting';
    this.reports.fail(null);
    const engine = this.#options.createEngine?.() ?? new Engine();
    this.#engine = engine;
    try {
      engine.onfailure((detail) => this.#continue(engine, detail ?? messages.scriptMissing));
      const backend = await engine.start(this.view.backend, this.#broken);
      this.backend = backend;
      if (brokeDown !== null) this.reports.note(() => messages.continuedOn(backend.name, brokeDown));
      await this.#loadModel(engine);
      if (this.#engine !== engine) return;
      this.phase = 'ready';
      void this.#models.refresh(engine).catch(() => {}); // the picker then lists what is served only
      await this.#update(0);
    } catch (error) {
      if (isCancelled(error) || this.#engine !== engine) return;
      if (isBackendFault(error) && this.backend) this.#continue(engine, detailOf(error));
      else this.#fail('modelFailed', detailOf(error));
    }
  }

  /** The backend broke down: goes on with the next one, with prompt and selection as they are. */
  #continue(engine: Engine, detail: string): void {
    if (this.#engine !== engine) return; // a broken engine often fails in several calls at once
    if (!this.backend || this.#broken.includes(this.backend.name)) {
      return this.#fail('engineFailed', detail); // not even a backend had started
    }
    this.#broken = [...this.#broken, this.backend.name];
    void this.#begin(detail);
  }

  /** Reads another model, and shows it once it is there; until then, and if it fails, the current one stays. */
  async setModel(name: string): Promise<void> {
    this.#switch?.abort();
    if (name !== this.entry?.name) await this.#switchTo(name, null);
  }

  /** @param back what the view had when it was last on this model; null where the reader chooses the model now */
  async #switchTo(name: string, back: Pick<ViewState, 'ids'> | null): Promise<void> {
    const engine = this.#engine;
    if (!engine) return;
    const controller = new AbortController();
    this.#switch = controller;
    this.switching = name;
    try {
      const found = await this.#models.find(name, engine);
      if (!found) return this.reports.note(() => messages.notHere(name));
      if (!back && this.limit.askBefore(name, found.entry?.n_ctx)) return;
      await this.#read(engine, found, controller.signal);
      if (back) Object.assign(this.view, back);
      else this.choices.add();
      this.#parameters.reset();
      await this.#update(0);
    } catch (error) {
      const detail = detailOf(error);
      if (!isCancelled(error)) this.reports.note(() => messages.switchFailed(name, detail));
    } finally {
      if (this.#switch === controller) {
        this.switching = null;
        this.progress = null;
      }
    }
  }

  cancelSwitch(): void {
    this.#switch?.abort();
  }

  /** Changes what is selected or shown; the prompt is not run again. */
  show(change: Partial<Omit<ViewState, 'prompt' | 'ids' | 'bos' | 'model' | 'backend'>>): void {
    const { view, generated } = { ...this.view, ...change };
    if (view !== this.view.view || String(generated) !== String(this.view.generated)) this.choices.add();
    Object.assign(this.view, change);
  }

  /** The prompt as it is typed: a spell of typing is one choice. */
  setPrompt(text: string): void {
    this.opening.choose();
    this.choices.addLetter();
    Object.assign(this.view, { prompt: text, ids: null, ...NOTHING_DECODED });
    void this.#update(TYPING_PAUSE_MS);
  }

  /** Runs an example at once, on the head that tells its story. */
  openExample(name: ExampleName): void {
    this.open(EXAMPLE_PROMPTS[name]);
    this.show(headOf(name, this.view.model) ?? {});
  }

  /** Runs another prompt at once. */
  open(text: string): void {
    this.opening.choose();
    this.#setPrompt(withPlainLines(text), null, null);
    void this.#update(0);
  }

  /** Makes tokens the prompt, the beginning in front included if it is on, and runs it at once. */
  async openTokens(all: readonly Token[], position: number | null): Promise<void> {
    if (!this.#engine) return;
    const tokens = this.view.bos ? all.slice(1) : all;
    const text = withPlainLines(textOf(tokens));
    const again = await this.#engine.tokenize(text);
    const same = again.length === tokens.length && again.every((token, i) => token.id === tokens[i].id);
    this.#setPrompt(text, same ? null : tokens.map((token) => token.id), position);
    await this.#update(0);
  }

  /** Puts a prompt back as it was. */
  restorePrompt(whole: Pick<ViewState, 'prompt' | 'ids' | 'bos' | 'position' | 'key'>): void {
    this.choices.add();
    Object.assign(this.view, whole, NOTHING_DECODED);
    void this.#update(0);
  }

  /** The engine under the page, for the calls of one view. */
  get engine(): Engine | null {
    return this.#engine;
  }

  /** Puts `<|endoftext|>` in front or takes it away; the selection stays on the same tokens. */
  setBos(bos: boolean): void {
    if (bos === this.view.bos) return;
    this.choices.add();
    Object.assign(this.view, NOTHING_DECODED);
    const shift = bos ? 1 : -1;
    const shifted = (value: number | null) => (value === null ? null : Math.max(0, value + shift));
    this.view.bos = bos;
    this.view.position = shifted(this.view.position);
    this.view.key = shifted(this.view.key);
    void this.#update(0);
  }

  setBackend(backend: BackendName | null): void {
    this.choices.add();
    this.view.backend = backend;
    void this.restart();
  }

  /** weight and bias of a LayerNorm, or undefined until they have arrived. */
  layerNorm(name: LayerNormName, layer: number) {
    if (!this.#engine || !this.model) return undefined;
    return this.#parameters.get(this.#engine, name, layer);
  }

  dispose(): void {
    this.#stop();
  }

  #setPrompt(prompt: string, ids: readonly number[] | null, position: number | null): void {
    this.choices.add();
    Object.assign(this.view, { prompt, ids, position, key: null, ...NOTHING_DECODED });
  }

  /** Tokenizes the prompt, then runs it after a pause; whatever was under way is cancelled. */
  async #update(pause: number): Promise<void> {
    this.#refresh?.abort();
    const controller = new AbortController();
    this.#refresh = controller;
    const { signal } = controller;
    if (!this.model) return; // it runs when the model has arrived
    this.running = true; // from the first letter on, so that no token is added to the prompt before it
    this.run?.pause(); // what its pictures still wait for would hold up the new run
    try {
      const tokens = await this.#tokenize();
      if (signal.aborted) return;
      this.tokens = tokens;
      if (!this.limit.accept(tokens.length, this.model.config.n_ctx)) {
        this.#rest();
        return;
      }
      await sleep(pause, signal);
      await this.#runTokens(tokens, signal);
      this.#rest();
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return;
      this.#rest();
      if (this.#engine && isBackendFault(error)) this.#continue(this.#engine, detailOf(error));
      else this.#fail('engineFailed', detailOf(error));
    }
  }

  /** No run is under way: the one on screen goes on reading. */
  #rest(): void {
    this.running = false;
    this.run?.resume();
  }

  async #tokenize(): Promise<Token[]> {
    const { view, vocabulary, model } = this;
    if (!this.#engine || !vocabulary || !model) return [];
    const front = view.bos && model.beginning !== null ? [vocabulary.token(model.beginning)] : [];
    const body = view.ids ? tokensOf(view.ids, vocabulary) : await this.#engine.tokenize(view.prompt);
    return [...front, ...body];
  }

  async #runTokens(tokens: readonly Token[], signal: AbortSignal): Promise<void> {
    const { model } = this;
    const engine = this.#engine;
    if (!engine || !model) return;
    const ids = tokens.map((token) => token.id);
    const handle = await engine.run(ids, signal);
    const next = new Run(engine, handle, tokens, model.config, (error) => this.reportFailure(error));
    const previous = this.run;
    if (previous) await next.warmAs(previous, signal).catch(() => {}); // aborted: a newer prompt
    if (signal.aborted) return next.dispose();
    this.run = next;
    previous?.dispose();
    this.#fit(model, next.T, previous === null);
  }

  /** Drops what the view asks for and this model or prompt does not have; of a link just opened, says so. */
  #fit({ config }: ModelInfo, T: number, opened: boolean): void {
    const { state, problems } = fitView($state.snapshot(this.view) as ViewState, { ...config, T });
    if (problems.length === 0) return;
    this.view = state;
    if (opened) this.reports.note(...problems);
  }

  /** The model of the view, or the default one where that is not on this device. */
  async #loadModel(engine: Engine): Promise<void> {
    this.phase = 'loading';
    const { found, problem } = await this.#models.findOrDefault(this.view.model, engine);
    if (problem) this.reports.note(problem);
    await this.#read(engine, found);
  }

  async #read(engine: Engine, { source, entry }: FoundModel, signal?: AbortSignal): Promise<void> {
    const { name } = source;
    const model = await engine.load(source, (progress) => (this.progress = progress), signal);
    const { unkept } = model;
    if (unkept !== null) this.reports.note(() => messages.notKept(name, unkept));
    const before = this.model?.pieces.pieces;
    // All at once: ids of the model before may have no token in this one.
    this.run?.dispose();
    this.run = null;
    if (before && this.view.ids?.some((id) => before[id] !== model.pieces.pieces[id])) this.view.ids = null;
    this.entry = { name, parameters: entry?.parameters ?? parameterCount(model.config) };
    this.source = source;
    this.model = model;
    this.view.model = name;
    this.progress = null;
  }

  /** Says on screen that something could not be read or computed; a cancelled call is no failure. */
  reportFailure(error: unknown): void {
    if (isCancelled(error) || this.switching !== null) return; // the trace went with the model before
    if (this.#engine && isBackendFault(error)) this.#continue(this.#engine, detailOf(error));
    else this.#fail('readFailed', detailOf(error));
  }

  #fail(why: 'modelFailed' | 'engineFailed' | 'readFailed', detail: string): void {
    this.reports.fail(() => messages[why](detail));
    this.running = false;
    if (this.phase !== 'ready') this.phase = 'failed';
  }

  #stop(): void {
    this.#refresh?.abort();
    this.decoding.reset();
    this.run?.dispose();
    this.run = null;
    this.running = false;
    this.#switch?.abort();
    this.#parameters.reset();
    this.#engine?.dispose();
    this.#engine = null;
  }
}
