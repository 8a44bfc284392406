import { untrack } from 'svelte';
import { isCancelled } from '$lib/engine';
import {
  drawNumber,
  pickSettings,
  processScores,
  sampleIndex,
  topTokens,
  type ProcessedScores,
  type Token
} from '$lib/gpt2';
import { tokensOf } from '../append';
import { problemText } from '$lib/words';
import { Run } from '../run';
import { Generation, type ShownToken } from './generation.svelte';
import { newTokens, type DecodeNeeds } from './needs';

/** What the settings on screen make of one position. */
export interface DecodedPosition {
  readonly processed: ProcessedScores;
  /** The number in [0, 1) that decides; null if the best token is taken. */
  readonly draw: number | null;
  /** The token that these settings choose here. */
  readonly chosen: number;
}

/** A position, or the reason why nothing can be chosen at it; undefined while its logits are computed. */
export type Decoded = { readonly at: DecodedPosition } | { readonly problem: string } | undefined;

/**
 * Decoding one token at a time: the prompt, the tokens added to it, and what each was chosen from.
 *
 * The added tokens stand in the view (and so in the link) as ids; one run of the whole text gives the logits at every
 * position, because a position never sees what comes after it.
 */
export class StepDecoder {
  /** "Run n" under way, or the last one. */
  readonly generation = new Generation<ShownToken>();
  /** A single step is being computed. */
  stepping = $state(false);
  readonly #needs: DecodeNeeds;
  #whole = $state.raw<Run | null>(null);
  #computing: AbortController | null = null;
  /** What the newest run of several tokens continues from. */
  #continued: readonly number[] = [];

  constructor(needs: DecodeNeeds) {
    this.#needs = needs;
  }

  readonly prompt = $derived.by<readonly Token[]>(() => this.#needs.prompt.run?.tokens ?? []);
  /** Positions after the prompt. */
  readonly #room = $derived.by(() =>
    Math.max(0, (this.#needs.model.info?.config.n_ctx ?? 0) - this.prompt.length)
  );

  /** Tokens that decoding has added and that are settled. */
  readonly generated = $derived.by<readonly Token[]>(() => {
    const { view } = this.#needs.selection;
    const { vocabulary } = this.#needs.model;
    if (!vocabulary || !view.generated) return [];
    return tokensOf(view.generated, vocabulary).slice(0, this.#room);
  });

  /** How many tokens of a link stand past the end of the context and are not shown. */
  readonly leftOut = $derived.by(() => {
    const { view } = this.#needs.selection;
    return this.#needs.prompt.run && view.generated ? Math.max(0, view.generated.length - this.#room) : 0;
  });

  /** Tokens of a run under way. */
  readonly streaming = $derived.by<readonly Token[]>(() => {
    const { vocabulary } = this.#needs.model;
    return vocabulary && this.busy ? this.generation.steps.map(({ id }) => vocabulary.token(id)) : [];
  });

  /** Which token is looked at: one that was added, or the next one (its number is their count). */
  readonly shown = $derived.by(() => this.#needs.selection.view.step ?? this.generated.length);
  readonly position = $derived.by(() => this.prompt.length - 1 + this.shown);
  readonly decoded = $derived.by<Decoded>(() => this.#decode(this.position));
  readonly busy = $derived.by(() => this.stepping || this.generation.running);

  /** Why no token can be added; null if one can. */
  readonly ended = $derived.by<'eos' | 'full' | null>(() => {
    const config = this.#needs.model.info?.config;
    if (!config) return null;
    const last = this.generated.at(-1);
    if (last && config.eos_token_id.includes(last.id)) return 'eos';
    return this.#ids.length >= config.n_ctx ? 'full' : null;
  });

  readonly #ids = $derived.by(() => [...this.prompt, ...this.generated].map(({ id }) => id));

  /** Computes what a link's added tokens need; does nothing where it is there. Call it when the text has changed. */
  sync(): void {
    const { run, running } = this.#needs.prompt;
    const ids = this.#ids;
    if (this.generation.running && !sameIds(ids, this.#continued)) this.generation.cancel(); // of an older prompt
    if (!run || running || this.busy) return;
    untrack(() => {
      if (!this.#reaching(ids)) void this.#compute(ids);
    });
  }

  /** Adds the token that the settings choose. */
  async step(): Promise<void> {
    if (this.busy || this.ended) return;
    const next = this.#decode(this.#ids.length - 1);
    if (!next || !('at' in next)) return;
    this.stepping = true;
    await this.#settle([next.at.chosen]);
    this.stepping = false;
  }

  /** Adds as many tokens as the view says, as they come. */
  async run(): Promise<void> {
    const { engine } = this.#needs.session;
    const { view } = this.#needs.selection;
    if (this.busy || this.ended || !engine) return;
    const ids = this.#ids;
    this.#continued = ids;
    await this.generation.start(engine, ids, {
      ...pickSettings(view),
      seed: view.seed,
      max_new_tokens: newTokens(this.#needs, ids.length),
      top: 0
    });
    const added = this.generation.steps.map(({ id }) => id);
    if (added.length === 0 || !sameIds(this.#ids, ids)) return; // the prompt has changed meanwhile
    this.stepping = true;
    await this.#settle(added);
    this.stepping = false;
  }

  cancel(): void {
    this.generation.cancel();
  }

  /** Takes the last added token away. */
  undo(): void {
    if (!this.busy) this.#keep(this.generated.length - 1);
  }

  /** Takes away everything from the token that is looked at. */
  restart(): void {
    if (!this.busy) this.#keep(this.#needs.selection.view.step ?? 0);
  }

  /** Makes prompt and added tokens the prompt, with the position selected that predicted the token looked at. */
  openAsPrompt(): Promise<void> {
    const position = this.#needs.selection.view.step === null ? null : this.position;
    return this.#needs.prompts.openTokens([...this.prompt, ...this.generated], position);
  }

  /** Forgets the run of the whole text: before another model or backend. */
  reset(): void {
    this.#computing?.abort();
    this.generation.reset();
    this.#whole?.dispose();
    this.#whole = null;
  }

  #keep(count: number): void {
    const ids = this.generated.slice(0, Math.max(0, count)).map(({ id }) => id);
    this.#needs.selection.show({ generated: ids.length > 0 ? ids : null, step: null });
  }

  /** Shows added tokens once their run is there, so that no picture goes blank between two steps. */
  async #settle(added: readonly number[]): Promise<void> {
    const before = this.#ids;
    if (!(await this.#compute([...before, ...added])) || !sameIds(this.#ids, before)) return;
    const ids = this.generated.map(({ id }) => id);
    this.#needs.selection.show({ generated: [...ids, ...added], step: null });
  }

  /** Runs a text; true if its run is the one now kept. */
  async #compute(ids: readonly number[]): Promise<boolean> {
    const { session, model, readFailed } = this.#needs;
    const { engine } = session;
    const { info, vocabulary } = model;
    if (!engine || !info || !vocabulary) return false;
    this.#computing?.abort();
    const controller = new AbortController();
    this.#computing = controller;
    try {
      const handle = await engine.run(ids, controller.signal);
      const previous = this.#whole;
      this.#whole = new Run(engine, handle, tokensOf(ids, vocabulary), info.config, readFailed);
      previous?.dispose();
      return true;
    } catch (error) {
      if (!isCancelled(error)) readFailed(error);
      return false;
    }
  }

  /** A run that has read these tokens, and perhaps more. */
  #reaching(ids: readonly number[]): Run | undefined {
    return [this.#needs.prompt.run, this.#whole].find(
      (run) => run && run.T >= ids.length && ids.every((id, i) => run.tokens[i].id === id)
    ) as Run | undefined;
  }

  #decode(position: number): Decoded {
    const ids = this.#ids.slice(0, position + 1);
    const logits = this.#reaching(ids)?.logits(position);
    if (!logits) return undefined;
    const { view } = this.#needs.selection;
    try {
      const processed = processScores(logits, ids, pickSettings(view));
      const draw = view.do_sample ? drawNumber(view.seed, ids.length) : null;
      const chosen =
        draw === null ? topTokens(processed.scores, 1)[0] : sampleIndex(processed.probabilities, draw);
      return { at: { processed, draw, chosen } };
    } catch (error) {
      return { problem: problemText(error) };
    }
  }
}

function sameIds(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id, i) => id === other[i]);
}
