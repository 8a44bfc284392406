import type { ModelInfo } from '$lib/engine';
import type { Vocabulary } from '$lib/gpt2';
import type { Run } from './run';
import type { ViewState } from './view-state';
import type { Why } from './why/why.svelte';

/** What the model of the run on screen depends on. */
export interface ShownModelHost {
  readonly view: ViewState;
  readonly shownRun: Run | null;
  readonly why: Why | null;
  /** The page's own. */
  readonly model: ModelInfo | null;
  readonly vocabulary: Vocabulary | null;
}

/** The model of the run on screen: the page's own, or the other one where that run is B. */
export class ShownModel {
  readonly #host: ShownModelHost;

  constructor(host: ShownModelHost) {
    this.#host = host;
  }

  /** Null where it is the page's own. */
  readonly other = $derived.by(() => {
    const { view, shownRun, why } = this.#host;
    return why && view.versus === 'model' && shownRun !== null && shownRun === why.model.run
      ? why.model
      : null;
  });
  readonly isOther = $derived(this.other !== null);

  get info(): ModelInfo | null {
    return this.other ? this.other.info : this.#host.model;
  }

  get vocabulary(): Vocabulary | null {
    return (this.other ?? this.#host).vocabulary;
  }

  /** Whether ids of A and B mean the same tokens. */
  get sharesVocabulary(): boolean {
    const { view, why } = this.#host;
    return view.versus !== 'model' || (why?.model.sharesVocabulary ?? true);
  }
}
