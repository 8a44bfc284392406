import {
  isCancelled,
  type EngineClient,
  type LayerNormName,
  type LoadProgress,
  type ModelInfo,
  type ModelSource
} from '$lib/engine';
import { createVocabulary, type Token, type Vocabulary } from '$lib/gpt2';
import { reasonText } from '$lib/words';
import { messages, problemText } from './messages';
import type { FoundModel, Models } from './models.svelte';
import { NormParameters } from './norm-parameters';
import type { Reports } from './reports.svelte';
import type { ViewState } from './view-state';

/** What the model in use needs of the page. */
export interface ModelHost {
  readonly reports: Reports;
  readonly models: Models;
  readonly engine: EngineClient | null;
  readonly view: ViewState;
  /** The run on screen is of the model before; the one that is here now has this name. */
  dropRun(name: string): void;
  reportFailure(error: unknown): void;
}

interface OpenEntry {
  readonly name: string;
  readonly parameters: number;
  /** To start from, where the model does not read any text. */
  readonly prompts?: readonly string[];
}

/** The model in use, and another one while it is read. */
export class OpenModel {
  info = $state.raw<ModelInfo | null>(null);
  /** As the header names it. */
  entry = $state.raw<OpenEntry | null>(null);
  /** Where it came from: what reads it again. */
  source = $state.raw<ModelSource | null>(null);
  progress = $state.raw<LoadProgress | null>(null);
  /** Name of the model that is being read while the one before is still in use. */
  switching = $state<string | null>(null);
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
  readonly #host: ModelHost;
  readonly #parameters: NormParameters;
  #switch: AbortController | null = null;

  constructor(host: ModelHost) {
    this.#host = host;
    this.#parameters = new NormParameters((error) => host.reportFailure(error));
  }

  /** Reads the model of the view, or the default one where that is not on this device. */
  async load(engine: EngineClient): Promise<void> {
    const { models, view, reports } = this.#host;
    const { found, problem } = await models.findOrDefault(view.model, engine);
    if (problem) reports.note(problem);
    await this.#read(engine, found);
  }

  /**
   * Reads another model, and shows it once it is there; until then, and if it fails, the current one stays.
   *
   * @param isWanted hears how many tokens it reads, where that is known
   * @returns true if it is the one in use now
   */
  async switchTo(name: string, isWanted: (n_ctx: number | undefined) => boolean): Promise<boolean> {
    const { engine, models, reports } = this.#host;
    this.cancel();
    if (!engine) return false;
    const controller = new AbortController();
    this.#switch = controller;
    this.switching = name;
    try {
      const found = await models.find(name, engine);
      if (!found) reports.note(() => messages.notHere(name));
      if (!found || !isWanted(found.entry?.n_ctx)) return false;
      await this.#read(engine, found, controller.signal);
      return true;
    } catch (error) {
      if (!isCancelled(error)) reports.note(() => messages.switchFailed(name, problemText(error)));
      return false;
    } finally {
      if (this.#switch === controller) {
        this.switching = null;
        this.progress = null;
      }
    }
  }

  /** Gives up the model that is being read. */
  cancel(): void {
    this.#switch?.abort();
  }

  /** weight and bias of a LayerNorm, or undefined until they have arrived. */
  layerNorm(name: LayerNormName, layer: number) {
    const { engine } = this.#host;
    return engine && this.info ? this.#parameters.get(engine, name, layer) : undefined;
  }

  /** Before another engine. */
  reset(): void {
    this.cancel();
    this.#parameters.reset();
  }

  /** Shows a model that was not read here: of a recorded run. */
  async show(info: ModelInfo, name: string): Promise<void> {
    this.#host.dropRun(name);
    this.standIn(info, name);
    this.#host.view.model = name;
    this.progress = null;
    this.#parameters.reset();
  }

  /** What is known of the model without its weights. */
  standIn(info: ModelInfo, name: string): void {
    this.entry = { name, parameters: info.parameters };
    this.source = null;
    this.info = info;
  }

  async #read(engine: EngineClient, { source, entry }: FoundModel, signal?: AbortSignal): Promise<void> {
    const { view, reports } = this.#host;
    const { name } = source;
    const model = await engine.load(source, (progress) => (this.progress = progress), signal);
    const { notKept } = model;
    if (notKept !== null) reports.note(() => messages.notKept(name, reasonText(notKept)));
    const before = this.info?.pieces.pieces;
    // All at once: ids of the model before may have no token in this one.
    this.#host.dropRun(name);
    if (before && view.ids?.some((id) => before[id] !== model.pieces.pieces[id])) view.ids = null;
    this.entry = { name, parameters: entry?.parameters ?? model.parameters, prompts: entry?.prompts };
    this.source = source;
    this.info = model;
    view.model = name;
    this.progress = null;
    this.#parameters.reset();
  }
}
