import { DECODE_EXAMPLE, EXAMPLE_PROMPTS, type ExampleName } from './example-prompts';
import type { PromptChoice } from './prompt-choice.svelte';
import type { Selection } from './selection.svelte';
import type { ViewState } from './view-state';

/** What was selected before Decode opened with its own prompt. */
type Selected = Pick<ViewState, 'layer' | 'head' | 'position' | 'key'>;

/** What the opening of the Decode view needs of the page's state. */
export interface OpeningNeeds {
  readonly selection: Pick<Selection, 'view' | 'show'>;
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
  readonly #needs: OpeningNeeds;
  /** The reader has chosen a prompt, or gone back to the first one. */
  #chosen = false;
  /** What the story stands for; null while it stands for nothing. */
  #before = $state.raw<Selected | null>(null);
  readonly replaced = $derived.by(
    () => this.#before !== null && this.#needs.selection.view.prompt === EXAMPLE_PROMPTS[DECODE_EXAMPLE]
  );

  constructor(needs: OpeningNeeds) {
    this.#needs = needs;
  }

  /** The reader has chosen what runs: it stays. */
  choose(): void {
    this.#chosen = true;
    this.#before = null;
  }

  /** Shows a view: Decode with a story where the prompt is still the first one, another with that one again. */
  openView(view: ViewState['view']): void {
    const before = this.#needs.selection.view.view;
    if (view === 'decode' && before !== 'decode' && this.#isFirst && !this.#chosen) this.#replace();
    if (view !== 'decode' && this.replaced && this.#needs.selection.view.generated === null)
      this.#restore(false);
    this.#needs.selection.show({ view });
  }

  /** Back to the prompt that the story stands for; it then stays. */
  back(): void {
    this.#restore(true);
  }

  get #isFirst(): boolean {
    const { prompt, ids, bos } = this.#needs.selection.view;
    return prompt === EXAMPLE_PROMPTS[FIRST] && ids === null && !bos;
  }

  #replace(): void {
    const { layer, head, position, key } = this.#needs.selection.view;
    this.#needs.prompts.openExample(DECODE_EXAMPLE);
    this.#chosen = false;
    this.#before = { layer, head, position, key };
  }

  #restore(chosen: boolean): void {
    const before = this.#before;
    this.#needs.prompts.openExample(FIRST);
    this.#chosen = chosen;
    if (before) this.#needs.selection.show(before);
  }
}
