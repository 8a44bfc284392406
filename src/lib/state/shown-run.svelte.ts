import type { LayerNormName, ModelInfo } from '$lib/engine';
import type { Vocabulary } from '$lib/gpt2';
import type { Fetched } from './fetched.svelte';
import type { OpenModel } from './open-model.svelte';
import type { PromptRun } from './prompt-run.svelte';
import type { Run } from './run';
import type { Selection } from './selection.svelte';
import type { Why } from './why/why.svelte';

/** What the run on screen depends on. */
export interface ShownNeeds {
  readonly selection: Pick<Selection, 'view'>;
  /** Run A. */
  readonly prompt: Pick<PromptRun, 'run'>;
  /** The page's own. */
  readonly model: Pick<OpenModel, 'info' | 'vocabulary' | 'layerNorm'>;
  readonly why: Fetched<Why>;
}

/** The run whose numbers the views show, A or B, and the model that it is of: the page's own, or another one. */
export class ShownRun {
  readonly #needs: ShownNeeds;

  constructor(needs: ShownNeeds) {
    this.#needs = needs;
  }

  /** A, or B where it is chosen and there. */
  get run(): Run | null {
    const { why, prompt } = this.#needs;
    return why.now?.shownRun ?? prompt.run;
  }

  /** Run B where the views show B − A: `run` is then A. */
  get beside(): Run | null {
    return this.#needs.why.now?.beside ?? null;
  }

  /** The other model; null where it is the page's own. */
  readonly #other = $derived.by(() => {
    const { selection, why } = this.#needs;
    const { run } = this;
    const other = why.now?.model;
    return other && selection.view.versus === 'model' && run !== null && run === other.run ? other : null;
  });
  readonly isOther = $derived(this.#other !== null);

  get model(): ModelInfo | null {
    return (this.#other ?? this.#needs.model).info;
  }

  get vocabulary(): Vocabulary | null {
    return (this.#other ?? this.#needs.model).vocabulary;
  }

  /** weight and bias of a LayerNorm, or undefined until they have arrived. */
  layerNorm(name: LayerNormName, layer: number) {
    return (this.#other ?? this.#needs.model).layerNorm(name, layer);
  }

  /** Whether ids of A and B mean the same tokens. */
  get sharesVocabulary(): boolean {
    const { selection, why } = this.#needs;
    return selection.view.versus !== 'model' || (why.now?.model.sharesVocabulary ?? true);
  }
}
