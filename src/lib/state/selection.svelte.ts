import { topTokens } from '$lib/gpt2';
import type { Gpt2Config } from '$lib/gpt2';
import type { Run } from './run';
import type { ViewState } from './view-state';

/** What the selection needs of the page's state. */
export interface SelectionHost {
  readonly view: ViewState;
  readonly run: Run | null;
  readonly model: { readonly config: Gpt2Config } | null;
}

/** What is selected within the model and the run that are there: a link may ask for more than they have. */
export class Selection {
  readonly #host: SelectionHost;

  constructor(host: SelectionHost) {
    this.#host = host;
  }

  readonly layer = $derived.by(() => within(this.#host.view.layer, this.#host.model?.config.n_layer));
  readonly head = $derived.by(() => within(this.#host.view.head, this.#host.model?.config.n_head));
  readonly position = $derived.by(() => {
    const T = this.#host.run?.T ?? 1;
    return within(this.#host.view.position ?? T - 1, T);
  });
  /** The selected key; without one, the key that the head attends to most. */
  readonly key = $derived.by(() => {
    const { run, view } = this.#host;
    if (view.key !== null && view.key <= this.position) return view.key;
    const pattern = run?.head('pattern', this.layer, this.head);
    if (!run || !pattern) return this.position;
    const start = this.position * run.T;
    return topTokens(pattern.subarray(start, start + this.position + 1), 1)[0];
  });
}

/** An index below a count, if that is known. */
function within(index: number, count = Infinity): number {
  return Math.min(index, count - 1);
}
