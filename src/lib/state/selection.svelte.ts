import { topTokens, type Gpt2Config } from '$lib/gpt2';
import { Choices } from './choices.svelte';
import type { Run } from './run';
import { formatView } from './url';
import { DEFAULT_VIEW, withPlainLines, type ViewState } from './view-state';

/** Another prompt: what was decoded from the one before says nothing of it. */
const NOTHING_DECODED = { generated: null, step: null, beam_step: null, beam_node: null };

/** What a prompt is, and what is selected in it. */
export type Prompt = Pick<ViewState, 'prompt' | 'ids' | 'bos' | 'position' | 'key'>;

/** What a reader selects without running anything. */
export type Shown = Partial<Omit<ViewState, 'prompt' | 'ids' | 'bos' | 'model' | 'backend'>>;

/** What there is to select in. */
export interface OnScreen {
  /** The run whose numbers are shown. */
  readonly run: Run | null;
  /** Of that run, which may be of another model than the page's; without a run, of the page's model. */
  readonly config: Gpt2Config | undefined;
}

/** The view (small, mirrored in the link), and what of it the model and the run on screen have. */
export class Selection {
  /** What a link holds. */
  view = $state<ViewState>({ ...DEFAULT_VIEW });
  /** Query position under the pointer, in any picture. */
  hovered = $state<number | null>(null);
  readonly choices = new Choices();
  /** The view as a link's fields. */
  readonly link = $derived(formatView(this.view));
  readonly #onScreen: () => OnScreen;

  constructor(onScreen: () => OnScreen) {
    this.#onScreen = onScreen;
  }

  readonly #config = $derived.by(() => this.#onScreen().config);
  readonly layer = $derived.by(() => within(this.view.layer, this.#config?.n_layer));
  readonly head = $derived.by(() => within(this.view.head, this.#config?.n_head));
  readonly position = $derived.by(() => {
    const T = this.#onScreen().run?.T ?? 1;
    return within(this.view.position ?? T - 1, T);
  });
  /** The selected key; without one, the key that the head attends to most. */
  readonly key = $derived.by(() => {
    const { run } = this.#onScreen();
    if (this.view.key !== null && this.view.key <= this.position) return this.view.key;
    const pattern = run?.head('pattern', this.layer, this.head);
    if (!run || !pattern) return this.position;
    const start = this.position * run.T;
    return topTokens(pattern.subarray(start, start + this.position + 1), 1)[0];
  });

  /** Changes what is selected or shown. Another view and added tokens are choices, which Back undoes. */
  show(change: Shown): void {
    const { view, generated } = { ...this.view, ...change };
    if (view !== this.view.view || String(generated) !== String(this.view.generated)) this.choices.add();
    Object.assign(this.view, change);
  }

  /** The prompt as it is typed: a spell of typing is one choice. */
  type(text: string): void {
    this.choices.addLetter();
    Object.assign(this.view, { prompt: text, ids: null, ...NOTHING_DECODED });
  }

  /** Another prompt, with what is selected in it. */
  choose(prompt: Partial<Prompt>): void {
    this.choices.add();
    Object.assign(this.view, prompt, NOTHING_DECODED);
    this.view.prompt = withPlainLines(this.view.prompt);
  }

  /** Puts `<|endoftext|>` in front or takes it away; the selection stays on the same tokens. */
  setBos(bos: boolean): void {
    const shift = bos ? 1 : -1;
    const shifted = (value: number | null) => (value === null ? null : Math.max(0, value + shift));
    this.choose({ bos, position: shifted(this.view.position), key: shifted(this.view.key) });
  }
}

/** An index below a count, if that is known. */
function within(index: number, count = Infinity): number {
  return Math.min(index, count - 1);
}
