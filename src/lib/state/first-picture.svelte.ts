import { fetchFirstRun, type FirstRun, type ModelInfo } from '$lib/engine';
import type { BestTokens } from '$lib/gpt2';
import { Run } from './run';
import { formatView } from './url';
import { DEFAULT_VIEW, type ViewState } from './view-state';

/** What the first picture needs of the page. */
export interface FirstPictureHost {
  readonly view: ViewState;
  readonly run: Run | null;
  readonly model: ModelInfo | null;
  /** The run on screen is the recorded one. */
  readonly isStandIn: boolean;
  standIn(first: FirstRun, run: Run): void;
  reportFailure(error: unknown): void;
}

const ASKS_NOTHING = formatView(DEFAULT_VIEW);

/**
 * The picture that the page opens with: drawn from a recorded run of the default prompt while the engine starts. The live
 * run takes its place once all that is on screen has arrived; if there is none, it stays what it is, a recorded one.
 */
export class FirstPicture {
  #shown = $state.raw<FirstRun | null>(null);
  readonly #host: FirstPictureHost;

  constructor(host: FirstPictureHost) {
    this.#host = host;
  }

  /** What is on screen is recorded. */
  get isShown(): boolean {
    return this.#shown !== null && this.#host.isStandIn;
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
      const { view } = this.#host;
      const isOther = first.prompt !== view.prompt || first.model.name !== view.model;
      if (isOther || !this.#isWanted) return;
      const failed = (error: unknown) => this.#host.reportFailure(error);
      this.#shown = first;
      this.#host.standIn(first, new Run(first.engine, first.handle, first.tokens, first.info.config, failed));
    } catch {
      // the engine's own run comes without it
    }
  }

  get #isWanted(): boolean {
    const { view, run, model } = this.#host;
    return run === null && model === null && formatView(view) === ASKS_NOTHING;
  }
}
