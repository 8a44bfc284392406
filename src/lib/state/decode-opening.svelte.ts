import { DECODE_EXAMPLE, EXAMPLE_PROMPTS, type ExampleName } from './example-prompts';
import type { PromptChoice } from './prompt-choice.svelte';
import type { ViewState } from './view-state';

/** What was selected before Decode opened with its own prompt. */
type Selection = Pick<ViewState, 'layer' | 'head' | 'position' | 'key'>;

/** What the opening of the Decode view needs of the page's state. */
export interface OpeningHost {
  readonly view: ViewState;
  show(change: Partial<Selection & Pick<ViewState, 'view'>>): void;
  readonly prompts: Pick<PromptChoice, 'openExample'>;
}

/** The prompt that a first visit shows. */
const FIRST: ExampleName = 'names';

/**
 * Decoding has nothing to decide after the first prompt, where one token has nearly everything. So the Decode view
 * opens with a story, unless the reader has chosen a prompt. Leaving it brings the first prompt and what was selected
 * in it back, unless tokens were added.
 */
export class DecodeOpening {
  readonly #host: OpeningHost;
  /** The reader has chosen a prompt, or gone back to the first one. */
  #chosen = false;
  /** What the story stands for; null while it stands for nothing. */
  #before = $state.raw<Selection | null>(null);
  readonly replaced = $derived.by(
    () => this.#before !== null && this.#host.view.prompt === EXAMPLE_PROMPTS[DECODE_EXAMPLE]
  );

  constructor(host: OpeningHost) {
    this.#host = host;
  }

  /** The reader has chosen what runs: it stays. */
  choose(): void {
    this.#chosen = true;
    this.#before = null;
  }

  /** Shows a view: Decode with a story where the prompt is still the first one, another with that one again. */
  openView(view: ViewState['view']): void {
    const before = this.#host.view.view;
    if (view === 'decode' && before !== 'decode' && this.#isFirst && !this.#chosen) this.#replace();
    if (view !== 'decode' && this.replaced && this.#host.view.generated === null) this.#restore(false);
    this.#host.show({ view });
  }

  /** Back to the prompt that the story stands for; it then stays. */
  back(): void {
    this.#restore(true);
  }

  get #isFirst(): boolean {
    const { prompt, ids, bos } = this.#host.view;
    return prompt === EXAMPLE_PROMPTS[FIRST] && ids === null && !bos;
  }

  #replace(): void {
    const { layer, head, position, key } = this.#host.view;
    this.#host.prompts.openExample(DECODE_EXAMPLE);
    this.#chosen = false;
    this.#before = { layer, head, position, key };
  }

  #restore(chosen: boolean): void {
    const before = this.#before;
    this.#host.prompts.openExample(FIRST);
    this.#chosen = chosen;
    if (before) this.#host.show(before);
  }
}
