import { processScores, topTokens, type ProcessedScores, type Vocabulary } from '$lib/gpt2';
import type { PromptChoice } from './prompt-choice.svelte';
import type { Run } from './run';
import type { ViewState } from './view-state';

/** What the next token needs of the page's state. */
export interface NextTokenHost {
  readonly view: ViewState;
  readonly run: Run | null;
  /** The run whose numbers are shown: it may be B. */
  readonly shownRun: Run | null;
  readonly shownModel: { readonly isOther: boolean };
  /** The selected position within the run. */
  readonly position: number;
  /** A recorded run stands in for the prompt's own. */
  readonly isStandIn: boolean;
  /** A run of the prompt is under way. */
  readonly running: boolean;
  /** Why the prompt in the box cannot be run; null if it can. */
  readonly promptMessage: string | null;
  readonly vocabulary: Vocabulary | null;
  readonly prompts: Pick<PromptChoice, 'openTokens'>;
}

/** What the model makes of the selected position, and the token that is taken from it. */
export class NextToken {
  readonly #host: NextTokenHost;

  constructor(host: NextTokenHost) {
    this.#host = host;
  }

  /** Logits at the selected position, [vocab_size]; undefined until they have arrived. */
  readonly logits = $derived.by(() => this.#host.shownRun?.logits(this.#host.position));

  /** The distribution at the selected position after temperature, top-k and top-p. */
  readonly distribution = $derived.by<ProcessedScores | null>(() => {
    const { temperature, top_k, top_p } = this.#host.view;
    return this.logits
      ? processScores(this.logits, [], { do_sample: true, temperature, top_k, top_p })
      : null;
  });

  /** A token goes to the end of the prompt that was run, so only when that is the one in the box. */
  readonly canAppend = $derived.by(() => {
    const { run, shownRun, position, running, isStandIn, promptMessage } = this.#host;
    const isOfPrompt =
      !this.#host.shownModel.isOther &&
      run !== null &&
      String(shownRun?.handle.ids) === String(run.handle.ids);
    return isOfPrompt && position === run.T - 1 && !running && !isStandIn && promptMessage === null;
  });

  /** Appends the most probable token. */
  takeBest(): void {
    if (this.canAppend && this.logits) void this.#append(topTokens(this.logits, 1)[0]);
  }

  /** Appends the token that the reader has chosen. */
  take(id: number): void {
    if (this.canAppend) void this.#append(id);
  }

  /** Draws a token from the distribution on screen with the seed, and appends it. */
  async draw(): Promise<void> {
    const { run, view } = this.#host;
    if (!this.canAppend || !this.distribution || !run) return;
    const { probabilities } = this.distribution;
    const { drawToken } = await import('./draw-token');
    if (this.canAppend && run === this.#host.run)
      void this.#append(drawToken(probabilities, view.seed, run.T));
  }

  async #append(id: number): Promise<void> {
    const { run, vocabulary } = this.#host;
    if (run && vocabulary) await this.#host.prompts.openTokens([...run.tokens, vocabulary.token(id)], null);
  }
}
