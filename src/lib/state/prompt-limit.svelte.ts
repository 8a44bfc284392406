import type { CutPrompt, KeptEnd, TooLong } from '$lib/words';
import { textOf } from './append';
import { promptProblem } from './messages';
import type { PromptChoice } from './prompt-choice.svelte';
import type { Reports } from './reports.svelte';
import type { PromptRun } from './prompt-run.svelte';
import type { Prompt, Selection } from './selection.svelte';

/** What the choice needs of the page's state. */
export interface LimitNeeds {
  readonly selection: Pick<Selection, 'view'>;
  readonly reports: Reports;
  readonly prompt: Pick<PromptRun, 'tokens'>;
  readonly prompts: Pick<PromptChoice, 'openTokens' | 'restore'>;
  readonly setModel: (name: string) => Promise<void>;
}

/**
 * The prompt against the model's context. Too long a prompt is not run and not changed: its reader keeps one end of it or
 * shortens it, the pictures show the last run until then, and a cut can be undone.
 */
export class PromptLimit {
  /** Tokens above the limit. */
  over = $state(0);
  /** The open question. */
  asked = $state.raw<TooLong | null>(null);
  readonly #needs: LimitNeeds;
  #before = $state.raw<{ whole: Prompt; cut: CutPrompt; prompt: string } | null>(null);

  constructor(needs: LimitNeeds) {
    this.#needs = needs;
  }

  /** The cut that the prompt on screen is the result of. */
  readonly cut = $derived.by(() =>
    this.#before?.prompt === this.#needs.selection.view.prompt && this.asked === null
      ? this.#before.cut
      : null
  );

  /** True if the prompt can be run; else the page says why not. */
  accept(tokens: number, limit: number): boolean {
    this.over = Math.max(0, tokens - limit);
    this.#needs.reports.judge(() => promptProblem(tokens, limit));
    this.asked = this.over > 0 ? { tokens, limit, model: null } : null;
    return this.#needs.reports.prompt === null;
  }

  /** Asks before a model is opened that reads fewer tokens than the prompt has; true if it asks. */
  askBefore(model: string, limit: number | undefined): boolean {
    const tokens = this.#needs.prompt.tokens.length;
    const asks = limit !== undefined && tokens > limit;
    if (asks) this.asked = { tokens, limit, model };
    else if (this.asked?.model) this.asked = null;
    return asks;
  }

  /** Keeps one end of the prompt, as many tokens as are read; a `<|endoftext|>` in front stays there. */
  async keep(end: KeptEnd): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    const { tokens } = this.#needs.prompt;
    const { prompt, ids, bos, position, key } = this.#needs.selection.view;
    const kept = keepEnd(tokens, asked.limit, end, bos);
    this.asked = null;
    const whole = { prompt, ids, bos, position, key };
    const cut = { tokens: tokens.length, kept: kept.length, end };
    this.#before = { whole, cut, prompt: textOf(bos ? kept.slice(1) : kept) };
    this.#needs.prompt.tokens = kept;
    await this.#needs.prompts.openTokens(kept, null);
    if (asked.model) await this.#needs.setModel(asked.model);
  }

  /** Leaves the prompt and the model as they are. */
  leave(): void {
    if (this.asked?.model) this.asked = null;
  }

  /** Puts back what was cut. */
  undo(): void {
    const before = this.#before;
    if (!before || !this.cut) return;
    this.#before = null;
    this.#needs.prompts.restore(before.whole);
  }
}

/**
 * One end of a prompt.
 *
 * @param front a special token stands in front and is kept whichever end is
 */
export function keepEnd<T>(tokens: readonly T[], limit: number, end: KeptEnd, front: boolean): T[] {
  if (end === 'first') return tokens.slice(0, limit);
  const start = tokens.length - limit;
  return front && limit > 0 ? [tokens[0], ...tokens.slice(start + 1)] : tokens.slice(start);
}
