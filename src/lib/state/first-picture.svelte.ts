import { fetchFirstRun, type FirstRun } from '$lib/engine';
import type { BestTokens } from '$lib/gpt2';
import type { OpenModel } from './open-model.svelte';
import type { PromptRun } from './prompt-run.svelte';
import { Run } from './run';
import type { Selection } from './selection.svelte';
import { formatView } from './url';
import { DEFAULT_VIEW } from './view-state';

/** What the first picture needs of the page. */
export interface FirstPictureNeeds {
  readonly selection: Pick<Selection, 'view'>;
  readonly prompt: Pick<PromptRun, 'run' | 'isStandIn' | 'standIn'>;
  readonly model: Pick<OpenModel, 'info' | 'standIn'>;
  readonly readFailed: (error: unknown) => void;
}

const ASKS_NOTHING = formatView(DEFAULT_VIEW);

/**
 * The picture that the page opens with: drawn from a recorded run of the default prompt while the engine starts. The live
 * run takes its place once all that is on screen has arrived; if there is none, it stays what it is, a recorded one.
 */
export class FirstPicture {
  #shown = $state.raw<FirstRun | null>(null);
  readonly #needs: FirstPictureNeeds;

  constructor(needs: FirstPictureNeeds) {
    this.#needs = needs;
  }

  /** What is on screen is recorded. */
  get isShown(): boolean {
    return this.#shown !== null && this.#needs.prompt.isStandIn;
  }

  /** What comes next after the recorded prompt. */
  get next(): BestTokens | undefined {
    return this.isShown ? this.#shown?.next : undefined;
  }

  /** What is on screen is recorded, of the model of this name. */
  isOf(name: string): boolean {
    return this.isShown && this.#shown?.model.name === name;
  }

  /**
   * Shows the recorded run, where the link asks for nothing else and the live one is not there yet.
   *
   * @param folder address of the page's folder, ending in `/`
   */
  async open(folder: string): Promise<void> {
    if (!this.#isWanted) return;
    try {
      const first = await fetchFirstRun(folder);
      const { selection, model, prompt, readFailed } = this.#needs;
      const { view } = selection;
      const isOther = first.prompt !== view.prompt || first.model.name !== view.model;
      if (isOther || !this.#isWanted) return;
      this.#shown = first;
      model.standIn(first.info, first.model.name);
      prompt.standIn(new Run(first.engine, first.handle, first.tokens, first.info.config, readFailed));
    } catch {
      // the engine's own run comes without it
    }
  }

  get #isWanted(): boolean {
    const { selection, prompt, model } = this.#needs;
    return prompt.run === null && model.info === null && formatView(selection.view) === ASKS_NOTHING;
  }
}
