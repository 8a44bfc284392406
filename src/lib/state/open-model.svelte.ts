import type { EngineClient, LayerNormName, LoadProgress, ModelInfo, ModelSource } from '$lib/engine';
import { createVocabulary, type Token, type Vocabulary } from '$lib/gpt2';
import { reasonText } from '$lib/words';
import type { EngineSession } from './engine-session.svelte';
import { messages } from './messages';
import type { FoundModel, Models } from './models.svelte';
import { NormParameters } from './norm-parameters';
import type { Reports } from './reports.svelte';
import type { Selection } from './selection.svelte';

/** What the model in use needs of the page. */
export interface ModelNeeds {
  readonly reports: Reports;
  readonly models: Models;
  readonly session: Pick<EngineSession, 'engine'>;
  readonly selection: Pick<Selection, 'view'>;
  /** The run on screen is of the model before; the one that is here now has this name. */
  readonly dropRun: (name: string) => void;
  readonly readFailed: (error: unknown) => void;
}

interface OpenEntry {
  readonly name: string;
  readonly parameters: number;
  /** To start from, where the model does not read any text. */
  readonly prompts?: readonly string[];
}

/** The model in use. */
export class OpenModel {
  info = $state.raw<ModelInfo | null>(null);
  /** As the header names it. */
  entry = $state.raw<OpenEntry | null>(null);
  /** Where it came from: what reads it again. */
  source = $state.raw<ModelSource | null>(null);
  progress = $state.raw<LoadProgress | null>(null);
  readonly vocabulary = $derived<Vocabulary | null>(
    this.info && createVocabulary(this.info.pieces, this.info.config.vocab_size)
  );
  /** The token that can be put in front of a prompt; null where the tokenizer has none, undefined without a model. */
  readonly beginning = $derived.by<Token | null | undefined>(() => {
    const { info, vocabulary } = this;
    if (!info || !vocabulary) return undefined;
    return info.beginning === null ? null : vocabulary.token(info.beginning);
  });
  /** What the tokenizer puts around every text. */
  readonly frame = $derived.by(() => {
    const { info, vocabulary } = this;
    if (!info || !vocabulary) return undefined;
    const { front, back } = info.frame;
    return { front: front.map(vocabulary.token), back: back.map(vocabulary.token) };
  });
  readonly #needs: ModelNeeds;
  readonly #parameters: NormParameters;

  constructor(needs: ModelNeeds) {
    this.#needs = needs;
    this.#parameters = new NormParameters(needs.readFailed);
  }

  /** Reads the model of the view, or the default one where that is not on this device. */
  async load(engine: EngineClient): Promise<void> {
    const { models, selection, reports } = this.#needs;
    const { found, problem } = await models.findOrDefault(selection.view.model, engine);
    if (problem) reports.note(problem);
    await this.read(engine, found);
  }

  /** weight and bias of a LayerNorm, or undefined until they have arrived. */
  layerNorm(name: LayerNormName, layer: number) {
    const { engine } = this.#needs.session;
    return engine && this.info ? this.#parameters.get(engine, name, layer) : undefined;
  }

  /** Before another engine. */
  reset(): void {
    this.#parameters.reset();
  }

  /** Shows a model that was not read here: of a recorded run. */
  async show(info: ModelInfo, name: string): Promise<void> {
    const { selection, dropRun } = this.#needs;
    dropRun(name);
    this.standIn(info, name);
    selection.view.model = name;
    this.progress = null;
    this.#parameters.reset();
  }

  /** What is known of the model without its weights. */
  standIn(info: ModelInfo, name: string): void {
    this.entry = { name, parameters: info.parameters };
    this.source = null;
    this.info = info;
  }

  /** Reads a model into the engine, and puts it in the place of the one before. */
  async read(engine: EngineClient, { source, entry }: FoundModel, signal?: AbortSignal): Promise<void> {
    const { selection, reports, dropRun } = this.#needs;
    const { name } = source;
    const model = await engine.load(source, (progress) => (this.progress = progress), signal);
    const { notKept } = model;
    if (notKept !== null) reports.note(() => messages.notKept(name, reasonText(notKept)));
    const before = this.info?.pieces.pieces;
    // All at once: ids of the model before may have no token in this one.
    const { view } = selection;
    dropRun(name);
    if (before && view.ids?.some((id) => before[id] !== model.pieces.pieces[id])) view.ids = null;
    this.entry = { name, parameters: entry?.parameters ?? model.parameters, prompts: entry?.prompts };
    this.source = source;
    this.info = model;
    view.model = name;
    this.progress = null;
    this.#parameters.reset();
  }
}
