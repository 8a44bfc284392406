import { createContext } from 'svelte';
import { Engine, type EngineClient } from '$lib/engine';
import type { Edit } from '$lib/gpt2';
import { askAhead } from '../views';
import { DecodeOpening } from './decode-opening.svelte';
import type { Decoding } from './decode/decoding';
import { EngineSession } from './engine-session.svelte';
import { besideModels, type ExplorerOptions } from './explorer-options';
import { Fetched } from './fetched.svelte';
import { FirstPicture } from './first-picture.svelte';
import { kindsOfB } from './kinds-of-b';
import { LinkOpening } from './link-opening';
import { Models } from './models.svelte';
import { ModelSwitch } from './model-switch.svelte';
import { NextToken } from './next-token.svelte';
import { OpenModel } from './open-model.svelte';
import { OpenRecording } from './open-recording.svelte';
import { PromptChoice } from './prompt-choice.svelte';
import { PromptLimit } from './prompt-limit.svelte';
import { PromptRun } from './prompt-run.svelte';
import { Reports } from './reports.svelte';
import type { Run } from './run';
import { Selection } from './selection.svelte';
import { ShownRun } from './shown-run.svelte';
import type { Surveys } from './surveys.svelte';
import { fitView } from './url';
import type { ViewState } from './view-state';
import type { Why } from './why/why.svelte';

/**
 * The page's state, made of its parts: each is read by its name, and given those of the others that it needs. What takes
 * several of them stands here.
 */
export class Explorer {
  /** What there is to say. */
  readonly reports = new Reports();
  readonly models: Models;
  /** What is selected and set, which the link mirrors. */
  readonly selection: Selection;
  readonly session: EngineSession;
  /** The model in use. */
  readonly model: OpenModel;
  readonly modelSwitch: ModelSwitch;
  /** The prompt's own run, A. */
  readonly prompt: PromptRun;
  /** The run whose numbers the views show: A, or B where it is chosen and there. */
  readonly shown: ShownRun;
  /** Another prompt: typed, opened, or made of tokens. */
  readonly prompts: PromptChoice;
  /** What the decode view opens with. */
  readonly opening: DecodeOpening;
  /** The prompt against the model's context: what to do with one that is too long. */
  readonly limit: PromptLimit;
  /** A recorded run that is shown in place of one that is computed here. */
  readonly recording: OpenRecording;
  /** The recorded run of the default prompt, until the live one is there. */
  readonly first: FirstPicture;
  /** What comes after the selected position, and taking it. */
  readonly nextToken: NextToken;
  readonly links: LinkOpening;
  /** From logits to text: what the decode view computes. */
  readonly decode: Fetched<Decoding>;
  /** What the weights alone say, and what heads do over a text. */
  readonly survey: Fetched<Surveys>;
  /** Run B beside A; fetched when a view or a link first asks for it. */
  readonly why: Fetched<Why>;
  /** The reader's own, kept in a session's file. */
  notes = $state('');

  constructor(options: ExplorerOptions) {
    const { reports } = this;
    const { modelsUrl } = options;
    const readFailed = (error: unknown) => this.reportFailure(error);
    const createEngine = () => this.recording.engine ?? options.createEngine?.() ?? new Engine();
    const updateSecond = () => this.#updateSecond();

    const models = (this.models = options.models ?? new Models(modelsUrl));
    const selection = (this.selection = new Selection(() => this.#onScreen()));
    const session = (this.session = new EngineSession(selection, reports, {
      createEngine,
      load: (engine) => this.#load(engine),
      begin: (engine) => this.#begin(engine),
      end: () => this.#end()
    }));
    const dropRun = (name: string) => this.#dropRun(name);
    const model = (this.model = new OpenModel({ reports, models, session, selection, dropRun, readFailed }));
    const modelSwitch = (this.modelSwitch = new ModelSwitch({ reports, models, session, model }));
    const prompt = (this.prompt = new PromptRun({
      selection,
      session,
      model,
      reports,
      accept: (tokens, limit) => this.limit.accept(tokens, limit),
      onrun: (run, isFirst) => this.#onrun(run, isFirst),
      onfail: (error) => session.fail('engineFailed', error),
      readFailed
    }));
    const onchoose = () => this.opening.choose();
    const prompts = (this.prompts = new PromptChoice({ selection, session, model, prompt, onchoose }));
    const opening = (this.opening = new DecodeOpening({ selection, prompts }));
    const setModel = (name: string) => this.setModel(name);
    this.limit = new PromptLimit({ selection, reports, prompt, prompts, setModel });
    const recordingsUrl = besideModels(modelsUrl, 'recordings');
    const recording = (this.recording = new OpenRecording({
      reports,
      selection,
      session,
      opening,
      recordingsUrl
    }));
    this.first = new FirstPicture({ selection, prompt, model, readFailed });

    const decoding = { selection, session, model, prompt, prompts, readFailed };
    this.decode = new Fetched(async () => new (await import('./decode/decoding')).Decoding(decoding));
    const surveys = { session, textsUrl: besideModels(modelsUrl, 'texts'), readFailed };
    this.survey = new Fetched(async () => new (await import('./surveys.svelte')).Surveys(surveys));
    const causes = { ...decoding, models, recording, createEngine };
    const why = (this.why = new Fetched(async () => new (await import('./why/why.svelte')).Why(causes)));
    const shown = (this.shown = new ShownRun({ selection, prompt, model, why }));
    this.nextToken = new NextToken({ selection, prompt, shown, model, reports, prompts });
    this.links = new LinkOpening({ ...decoding, reports, modelSwitch, recording, updateSecond });
  }

  setBackend(backend: ViewState['backend']): void {
    const { selection, session } = this;
    selection.choices.add();
    selection.view.backend = backend;
    void session.restart();
  }

  /** Reads another model, and shows it once it is there; until then, and if it fails, the current one stays. */
  async setModel(name: string): Promise<void> {
    const { model, modelSwitch, recording, limit, prompts } = this;
    modelSwitch.cancel();
    if (recording.engine) return recording.leaveFor(name);
    if (name === model.entry?.name) return;
    const before = model.entry?.prompts;
    const isOpen = await modelSwitch.to(name, (n_ctx) => !limit.askBefore(name, n_ctx));
    if (isOpen) await prompts.runOnNext(before, model.entry?.prompts);
  }

  /** Adds an edit to run B, and shows what it does. */
  addEdit(edit: Edit): void {
    void this.why.fetch().then((why) => why.addEdit(edit));
  }

  /** Says on screen that something could not be read. */
  reportFailure(error: unknown): void {
    if (this.modelSwitch.name !== null) return; // the trace went with the model before
    this.session.fail('readFailed', error);
  }

  dispose(): void {
    this.session.stop();
  }

  #onScreen() {
    const { run } = this.shown;
    return { run, config: run?.config ?? this.model.info?.config };
  }

  #load(engine: EngineClient): Promise<void> {
    const { engine: recorded, name } = this.recording;
    return recorded ? this.model.show(recorded.model, name) : this.model.load(engine);
  }

  #begin(engine: EngineClient): Promise<void> {
    void this.models.refresh(engine).catch(() => {}); // the picker then lists what is served only
    return this.prompt.update(0);
  }

  #end(): void {
    this.why.now?.reset();
    this.decode.now?.reset();
    this.survey.now?.reset();
    this.prompt.stop();
    this.modelSwitch.cancel();
    this.model.reset();
  }

  #dropRun(name: string): void {
    if (this.first.isOf(name)) return; // the live run takes its place
    this.survey.now?.reset();
    this.why.now?.reset();
    this.prompt.drop();
  }

  /** Runs B anew where there is one. */
  async #updateSecond(): Promise<void> {
    if (this.why.now || kindsOfB(this.selection.view).length > 0)
      await (await this.why.fetch()).second.update();
  }

  /** Drops what the view asks for and this model or prompt does not have; of a link just opened, says so. */
  #onrun(run: Run, isFirst: boolean): void {
    const { selection, reports } = this;
    askAhead(selection.view.view, run, selection.position);
    void this.#updateSecond();
    const { T, config } = run;
    const { state, problems } = fitView($state.snapshot(selection.view) as ViewState, { ...config, T });
    if (problems.length === 0) return;
    selection.view = state;
    if (isFirst) reports.note(...problems);
  }
}

/** The page's state, given once by what makes it: a page, an element of the library, a picture of the gallery. */
export const [getExplorer, setExplorer] = createContext<Explorer>();
