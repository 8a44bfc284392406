import {
  Engine,
  isCancelled,
  isNeedsWeights,
  type BackendName,
  type EngineClient,
  type FirstRun,
  type LayerNormName,
  type ModelInfo
} from '$lib/engine';
import type { Edit, Token } from '$lib/gpt2';
import { askAhead } from '../views';
import { DecodeOpening } from './decode-opening.svelte';
import type { Decoding } from './decode/decoding';
import { EngineSession } from './engine-session.svelte';
import type { ExplorerOptions } from './explorer-options';
import { Fetched } from './fetched.svelte';
import { FirstPicture } from './first-picture.svelte';
import type { Surveys } from './surveys.svelte';
import { Models } from './models.svelte';
import { NextToken } from './next-token.svelte';
import { OpenModel } from './open-model.svelte';
import { OpenRecording } from './open-recording.svelte';
import { PromptChoice } from './prompt-choice.svelte';
import { PromptLimit } from './prompt-limit.svelte';
import { PromptRun } from './prompt-run.svelte';
import { Reports, type Say } from './reports.svelte';
import type { Run } from './run';
import { Selection, type Shown } from './selection.svelte';
import { ShownModel } from './shown-model.svelte';
import { fitView, parseView } from './url';
import type { ViewState } from './view-state';
import type { Why } from './why/why.svelte';

/** Of English, about: the tokenizer is not there yet. */
const LETTERS_OF_TOKEN = 4;
/** What decides which tokens run. */
const RUN_FIELDS = ['prompt', 'ids', 'bos'] as const;

/**
 * The page's state, made of its parts: the engine, the model that is open, the prompt's run, and what is selected. The
 * parts know nothing of each other; what one needs of the others goes through here.
 */
export class Explorer {
  readonly reports = new Reports();
  readonly models: Models;
  readonly #options: ExplorerOptions;
  readonly #selection = new Selection(this);
  readonly #opened = new OpenModel(this);
  readonly #prompt = new PromptRun(this);
  readonly #session = new EngineSession(this);
  /** The prompt against the model's context: what to do with one that is too long. */
  readonly limit = new PromptLimit(this);
  /** A recorded run that is shown in place of one that is computed here. */
  readonly recording = new OpenRecording(this);
  /** The recorded run of the default prompt, until the live one is there. */
  readonly first = new FirstPicture(this);
  /** The reader's own, kept in a session's file. */
  notes = $state('');
  /** What comes after the selected position, and taking it. */
  readonly nextToken = new NextToken(this);
  /** From logits to text: what the decode view computes. */
  readonly decode = new Fetched<Decoding>(() =>
    import('./decode/decoding').then(({ Decoding }) => new Decoding(this))
  );
  /** What the weights alone say, and what heads do over a text. */
  readonly survey = new Fetched<Surveys>(() =>
    import('./surveys.svelte').then(({ Surveys }) => new Surveys(this))
  );
  /** Run B beside the prompt's own run A; fetched when a view or a link first asks for it. */
  readonly #why = new Fetched<Why>(() => import('./why/why.svelte').then(({ Why }) => new Why(this)));
  readonly shownModel = new ShownModel(this);
  /** Another prompt: typed, opened, or made of tokens. */
  readonly prompts: PromptChoice = new PromptChoice(this, this.#selection, this.#prompt);
  /** What the decode view opens with. */
  readonly opening: DecodeOpening = new DecodeOpening(this);

  constructor(options: ExplorerOptions) {
    this.#options = options;
    this.models = options.models ?? new Models(options.modelsUrl);
  }

  readonly notices = $derived(this.reports.notices);
  readonly failure = $derived(this.reports.failure);
  /** Why nothing new is shown: the prompt is empty or too long. */
  readonly promptMessage = $derived(this.reports.prompt);

  get view(): ViewState {
    return this.#selection.view;
  }
  get link(): string {
    return this.#selection.link;
  }
  get choices() {
    return this.#selection.choices;
  }
  get layer(): number {
    return this.#selection.layer;
  }
  get head(): number {
    return this.#selection.head;
  }
  get position(): number {
    return this.#selection.position;
  }
  get key(): number {
    return this.#selection.key;
  }
  get hovered(): number | null {
    return this.#selection.hovered;
  }
  set hovered(query: number | null) {
    this.#selection.hovered = query;
  }
  get phase() {
    return this.#session.phase;
  }
  get backend() {
    return this.#session.backend;
  }
  /** The engine under the page, for the calls of one view. */
  get engine(): EngineClient | null {
    return this.#session.engine;
  }
  get textsUrl(): string {
    return this.#beside('texts/');
  }
  get recordingsUrl(): string {
    return this.#beside('recordings/');
  }
  get wanted(): BackendName | null {
    return this.view.backend;
  }
  get expectedTokens(): number {
    const { ids, prompt } = this.view;
    return ids?.length ?? Math.ceil(prompt.length / LETTERS_OF_TOKEN);
  }
  get model(): ModelInfo | null {
    return this.#opened.info;
  }
  get vocabulary() {
    return this.#opened.vocabulary;
  }
  get beginning() {
    return this.#opened.beginning;
  }
  get frame() {
    return this.#opened.frame;
  }
  get entry() {
    return this.#opened.entry;
  }
  get source() {
    return this.#opened.source;
  }
  get progress() {
    return this.#opened.progress;
  }
  get switching() {
    return this.#opened.switching;
  }
  get run(): Run | null {
    return this.#prompt.run;
  }
  /** The run whose numbers the views show: A, or B where it is chosen and there. */
  get shownRun(): Run | null {
    return this.why?.shownRun ?? this.run;
  }
  /** Run B where the views show B − A. */
  get beside(): Run | null {
    return this.why?.beside ?? null;
  }
  /** There is a run B, or will be. */
  get hasSecond(): boolean {
    const { edits, other, other_model } = this.view;
    return edits !== '' || other !== '' || other_model !== null;
  }
  /** A run is under way, or its engine is still starting while a recorded one stands in. */
  get running(): boolean {
    return this.#prompt.running || (this.first.isShown && this.phase !== 'failed');
  }
  get isStandIn(): boolean {
    return this.#prompt.isStandIn;
  }
  get tokens(): readonly Token[] {
    return this.#prompt.tokens;
  }
  set tokens(tokens: readonly Token[]) {
    this.#prompt.tokens = tokens;
  }

  /**
   * Opens the view of a link: backend, model, prompt.
   *
   * @param text the fields, as readAddress gives them
   * @param said what was wrong with the link before its fields were read
   */
  async start(text: string, said: readonly Say[] = []): Promise<void> {
    const { state, problems } = parseView(text);
    this.#selection.view = state;
    this.reports.dismiss();
    this.reports.note(...said, ...problems);
    if (state.recording === '' || !(await this.recording.open(state.recording))) await this.restart();
  }

  /** Opens another link while the page is open: Back, Forward, or an address put into the bar. Makes no new choice. */
  async reopen(text: string): Promise<void> {
    const { state, problems } = parseView(text);
    const before = this.view;
    this.reports.note(...problems);
    this.choices.endSpell();
    this.#opened.cancel(); // it was chosen after the view that comes back
    const isOther = RUN_FIELDS.some((field) => String(state[field]) !== String(before[field]));
    const isSameModel = state.model === before.model;
    if (state.recording !== before.recording) {
      this.#selection.view = state;
      if (state.recording === '') return this.recording.close();
      if (await this.recording.open(state.recording)) return;
    }
    const startsAnew =
      !this.engine || !this.model || this.phase !== 'ready' || state.backend !== before.backend;
    // until the other model is here, the one that is open stays
    this.#selection.view = isSameModel || startsAnew ? state : { ...state, model: before.model, ids: null };
    if (startsAnew) return this.restart();
    if (isSameModel) return isOther ? this.#prompt.update(0) : this.#updateSecond();
    const isOpen = await this.#opened.switchTo(state.model, () => true);
    if (isOpen) this.view.ids = state.ids; // they are that model's
    await this.#prompt.update(0);
  }

  /** Starts the engine anew with the view as it stands: after a failure, or for another backend. */
  restart(): Promise<void> {
    return this.#session.restart();
  }

  setBackend(backend: BackendName | null): void {
    this.choices.add();
    this.view.backend = backend;
    void this.restart();
  }

  /** Reads another model, and shows it once it is there; until then, and if it fails, the current one stays. */
  async setModel(name: string): Promise<void> {
    this.#opened.cancel();
    if (this.recording.engine) return this.recording.leaveFor(name);
    if (name === this.entry?.name) return;
    const before = this.entry?.prompts;
    const isOpen = await this.#opened.switchTo(name, (n_ctx) => !this.limit.askBefore(name, n_ctx));
    if (!isOpen) return;
    await this.prompts.runOnNext(before, this.entry?.prompts);
  }

  cancelSwitch(): void {
    this.#opened.cancel();
  }

  /** Changes what is selected or shown; the prompt is not run again. */
  show(change: Shown): void {
    this.#selection.show(change);
  }

  /** Adds an edit to run B, and shows what it does. */
  addEdit(edit: Edit): void {
    void this.fetchWhy().then((why) => why.addEdit(edit));
  }

  /** What run B needs, fetched once. */
  fetchWhy(): Promise<Why> {
    return this.#why.fetch();
  }
  get why(): Why | null {
    return this.#why.now;
  }

  /** Runs B anew where there is one. */
  async #updateSecond(): Promise<void> {
    if (this.why || this.hasSecond) await (await this.fetchWhy()).second.update();
  }

  /** weight and bias of a LayerNorm, or undefined until they have arrived. */
  layerNorm(name: LayerNormName, layer: number) {
    return (this.shownModel.other ?? this.#opened).layerNorm(name, layer);
  }

  /** Says on screen that something could not be read; a cancelled call is no failure. */
  reportFailure(error: unknown): void {
    // the trace went with the model before, or the page says already that it needs weights
    if (isCancelled(error) || isNeedsWeights(error) || this.switching !== null) return;
    this.#session.fail('readFailed', error);
  }

  dispose(): void {
    this.#session.stop();
  }

  /** Address of a folder beside static/models, ending in `/`. */
  #beside(folder: string): string {
    return this.#options.modelsUrl.replace(/models\/$/, folder);
  }

  // What the parts ask of each other.

  createEngine(): EngineClient {
    return this.recording.engine ?? this.#options.createEngine?.() ?? new Engine();
  }

  load(engine: EngineClient): Promise<void> {
    const { engine: recorded, name } = this.recording;
    return recorded ? this.#opened.show(recorded.model, name) : this.#opened.load(engine);
  }

  /** Shows a recorded run until the prompt's own is there. */
  standIn({ model, info }: FirstRun, run: Run): void {
    this.#opened.standIn(info, model.name);
    this.#prompt.standIn(run);
  }

  begin(engine: EngineClient): Promise<void> {
    void this.models.refresh(engine).catch(() => {}); // the picker then lists what is served only
    return this.#prompt.update(0);
  }

  end(): void {
    this.why?.reset();
    this.decode.now?.reset();
    this.survey.now?.reset();
    this.#prompt.stop();
    this.#opened.reset();
  }

  dropRun(name: string): void {
    if (this.first.isOf(name)) return; // the live run takes its place
    this.survey.now?.reset();
    this.why?.reset();
    this.#prompt.drop();
  }

  onfail(error: unknown): void {
    if (!isNeedsWeights(error)) this.#session.fail('engineFailed', error);
  }

  /** Drops what the view asks for and this model or prompt does not have; of a link just opened, says so. */
  onrun(run: Run, isFirst: boolean): void {
    askAhead(this.view.view, run, this.position);
    void this.#updateSecond();
    const { T, config } = run;
    const { state, problems } = fitView($state.snapshot(this.view) as ViewState, { ...config, T });
    if (problems.length === 0) return;
    this.#selection.view = state;
    if (isFirst) this.reports.note(...problems);
  }
}
