import {
  isCancelled,
  type EngineClient,
  type LayerNormName,
  type LoadProgress,
  type ModelInfo
} from '$lib/engine';
import { createVocabulary, type Vocabulary } from '$lib/gpt2';
import { whyWords as words } from '$lib/words/en/views/why';
import { frontOf } from '../append';
import { deviceGb } from '../device-room';
import type { EngineSession } from '../engine-session.svelte';
import { messages, problemText } from '../messages';
import type { Models } from '../models.svelte';
import { NormParameters } from '../norm-parameters';
import type { OpenModel } from '../open-model.svelte';
import type { OpenRecording } from '../open-recording.svelte';
import type { Say } from '../reports.svelte';
import { Run } from '../run';
import type { Selection } from '../selection.svelte';
import { withPlainLines } from '../view-state';
import { leftOut, type LeftOut } from './left-out';
import { bothNeed, whyNotBoth } from './room-for-two';

/** What a second model needs of the page. */
export interface OtherModelNeeds {
  readonly selection: Pick<Selection, 'view'>;
  readonly models: Models;
  readonly session: Pick<EngineSession, 'engine' | 'backend'>;
  /** Its engine is null where the model in use computes. */
  readonly recording: Pick<OpenRecording, 'engine'>;
  /** The model in use. */
  readonly model: Pick<OpenModel, 'entry' | 'vocabulary'>;
  readonly createEngine: () => EngineClient;
  readonly readFailed: (error: unknown) => void;
}

/** Characters that are named where a model leaves some out. */
const MOST_NAMED = 8;

/**
 * A second model beside the one in use, in an engine of its own, and the prompt's run in it. Both stay in memory, so a
 * model is read only where both fit.
 */
export class OtherModel {
  /** Name and numbers of the model that is here. */
  name = $state<string | null>(null);
  info = $state.raw<ModelInfo | null>(null);
  run = $state.raw<Run | null>(null);
  progress = $state.raw<LoadProgress | null>(null);
  #say = $state.raw<Say | null>(null);
  /** Why there is no such run; null: nothing is wrong. */
  readonly problem = $derived(this.#say?.() ?? null);
  /** What of the prompt the model has no token for; null: nothing. */
  #leftOut = $state.raw<LeftOut | null>(null);
  /** Which part of the prompt the run is without; null: none. */
  readonly note = $derived.by(() => {
    if (!this.#leftOut || this.run === null || this.name === null) return null;
    const { count, of, characters } = this.#leftOut;
    const named = characters.length > MOST_NAMED ? [...characters.slice(0, MOST_NAMED), '…'] : characters;
    return words.leftOut(this.name, count, of, named.join(' '));
  });
  readonly vocabulary = $derived.by<Vocabulary | null>(
    () => this.info && createVocabulary(this.info.pieces, this.info.config.vocab_size)
  );
  /** Whether the two models' ids mean the same tokens. */
  readonly sharesVocabulary = $derived.by(() => {
    const [own, its] = [this.#needs.model.vocabulary, this.vocabulary];
    if (!own || !its || own.vocab_size !== its.vocab_size) return false;
    return Array.from({ length: own.vocab_size }, (_, id) => id).every(
      (id) => own.token(id).text === its.token(id).text
    );
  });
  readonly #needs: OtherModelNeeds;
  readonly #norms: NormParameters;
  #engine: EngineClient | null = null;

  constructor(needs: OtherModelNeeds) {
    this.#needs = needs;
    this.#norms = new NormParameters(needs.readFailed);
  }

  /** Models that can be opened beside the one in use. */
  readonly choices = $derived.by(() => {
    const own = this.#needs.model.entry?.name ?? null;
    return this.#needs.models.openable(null).filter((name) => name !== own);
  });

  /** Parameters of a model of the list; null where it is unknown. */
  #parametersOf(name: string): number | null {
    return this.#needs.models.rows.find((row) => row.name === name)?.parameters ?? null;
  }

  /** What a model and the one in use take together, in words for the page. */
  memory(name: string): string {
    return bothNeed(this.#needs.model.entry?.parameters ?? 0, this.#parametersOf(name) ?? 0);
  }

  /** Why a model cannot stand beside the one in use, in words for the page; null if nothing speaks against it. */
  refusal(name: string): string | null {
    if (this.#needs.recording.engine) return words.notBesideRecording;
    const own = this.#needs.model.entry?.parameters ?? 0;
    return whyNotBoth(own, this.#parametersOf(name), deviceGb());
  }

  /** Reads the model that the view names, if it is not here, and runs the prompt in it. */
  async update(signal: AbortSignal): Promise<void> {
    const { view } = this.#needs.selection;
    if (view.other_model === null) return this.drop();
    this.#say = null;
    try {
      if (view.other_model !== this.name) await this.#open(view.other_model, signal);
      await this.#runPrompt(signal);
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return;
      this.drop();
      this.#say = () => messages.switchFailed(view.other_model ?? '', problemText(error));
    } finally {
      this.progress = null;
    }
  }

  layerNorm(name: LayerNormName, layer: number) {
    return this.#engine && this.info ? this.#norms.get(this.#engine, name, layer) : undefined;
  }

  /** Gives the model back, with its engine and all it holds. */
  drop(): void {
    this.#replace(null);
    this.#norms.reset();
    this.info = null;
    this.name = null;
    this.#say = null;
    this.#engine?.dispose();
    this.#engine = null;
  }

  async #open(name: string, signal: AbortSignal): Promise<void> {
    const { models, session, recording, createEngine } = this.#needs;
    const { engine, backend } = session;
    this.drop();
    if (recording.engine) {
      this.#say = () => words.notBesideRecording;
      return;
    }
    if (!engine || !backend) return;
    const found = await models.find(name, engine);
    signal.throwIfAborted();
    if (!found?.isHere) {
      this.#say = () => messages.notHere(name);
      return;
    }
    const refusal = this.refusal(name);
    if (refusal !== null) {
      this.#say = () => this.refusal(name) ?? refusal;
      return;
    }
    const own = createEngine();
    this.#engine = own;
    own.onfailure((message) => {
      if (this.#engine !== own) return;
      this.drop();
      this.#say = () => messages.switchFailed(name, message ?? messages.scriptMissing);
    });
    await own.start(backend.name);
    this.info = await own.load(found.source, (progress) => (this.progress = progress), signal);
    this.name = name;
  }

  async #runPrompt(signal: AbortSignal): Promise<void> {
    const { view } = this.#needs.selection;
    const [engine, info, vocabulary] = [this.#engine, this.info, this.vocabulary];
    if (!engine || !info || !vocabulary) return this.#replace(null);
    const front = frontOf(view.bos, info.beginning, vocabulary);
    const text = withPlainLines(view.prompt);
    const read = await engine.tokenize(text);
    const tokens = [...front, ...read];
    const ids = tokens.map(({ id }) => id);
    this.#leftOut = leftOut(text, read);
    if (this.#leftOut && read.length === 0) {
      this.#replace(null);
      this.#say = () => words.nothingRead(view.other_model ?? '');
      return;
    }
    if (String(ids) === String(this.run?.handle.ids)) return;
    this.#replace(null);
    if (ids.length === 0) return;
    if (ids.length > info.config.n_ctx) {
      this.#say = () => words.otherTooLong(ids.length, info.config.n_ctx);
      return;
    }
    const handle = await engine.run(ids, signal);
    this.#replace(new Run(engine, handle, tokens, info.config, this.#needs.readFailed));
  }

  #replace(next: Run | null): void {
    const before = this.run;
    this.run = next;
    before?.dispose();
  }
}
