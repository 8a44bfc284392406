import { processScores, topTokens, type ProcessedScores } from '$lib/gpt2';
import type { OpenModel } from './open-model.svelte';
import type { PromptChoice } from './prompt-choice.svelte';
import type { PromptRun } from './prompt-run.svelte';
import type { Reports } from './reports.svelte';
import type { Selection } from './selection.svelte';
import type { ShownRun } from './shown-run.svelte';

/** What the next token needs of the page's state. */
export interface NextTokenNeeds {
  readonly selection: Pick<Selection, 'view' | 'position'>;
  readonly prompt: Pick<PromptRun, 'run' | 'isStandIn' | 'running'>;
  /** The run whose numbers are shown: it may be B. */
  readonly shown: ShownRun;
  readonly model: Pick<OpenModel, 'vocabulary'>;
  readonly reports: Pick<Reports, 'prompt'>;
  readonly prompts: Pick<PromptChoice, 'openTokens'>;
}

/** What the model makes of the selected position, and the token that is taken from it. */
export class NextToken {
  readonly #needs: NextTokenNeeds;

  constructor(needs: NextTokenNeeds) {
    this.#needs = needs;
  }

  /** Logits at the selected position, [vocab_size]; undefined until they have arrived. */
  readonly logits = $derived.by(() => this.#needs.shown.run?.logits(this.#needs.selection.position));

  /** The distribution at the selected position after temperature, top-k and top-p. */
  readonly distribution = $derived.by<ProcessedScores | null>(() => {
    const { temperature, top_k, top_p } = this.#needs.selection.view;
    return this.logits
      ? processScores(this.logits, [], { do_sample: true, temperature, top_k, top_p })
      : null;
  });

  /** A token goes to the end of the prompt that was run, so only when that is the one in the box. */
  readonly canAppend = $derived.by(() => {
    const { selection, prompt, shown, reports } = this.#needs;
    const { run, running, isStandIn } = prompt;
    const isOfPrompt =
      !shown.isOther && run !== null && String(shown.run?.handle.ids) === String(run.handle.ids);
    const isLast = selection.position === (run?.T ?? 0) - 1;
    return isOfPrompt && isLast && !running && !isStandIn && reports.prompt === null;
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
    const { selection, prompt } = this.#needs;
    const { run } = prompt;
    if (!this.canAppend || !this.distribution || !run) return;
    const { probabilities } = this.distribution;
    const { drawToken } = await import('./draw-token');
    if (this.canAppend && run === prompt.run)
      void this.#append(drawToken(probabilities, selection.view.seed, run.T));
  }

  async #append(id: number): Promise<void> {
    const { prompt, model, prompts } = this.#needs;
    const { run } = prompt;
    const { vocabulary } = model;
    if (run && vocabulary) await prompts.openTokens([...run.tokens, vocabulary.token(id)], null);
  }
}
