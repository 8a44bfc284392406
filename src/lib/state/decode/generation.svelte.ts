import {
  isCancelled,
  type EngineClient,
  type GenerateResult,
  type SentOptions,
  type SentStep
} from '$lib/engine';
import type { BeamStep, TokenStep } from '$lib/gpt2';
import { problemText } from '$lib/words';

export type GenerationStatus = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';

/** A new token without its arrays over the vocabulary: the page reads those where it shows them. */
export type ShownToken = Omit<
  TokenStep,
  'logits' | 'scores' | 'hidden_states' | 'attentions' | 'pastKeyValues'
>;
/** A step of beam search without its arrays over the vocabulary. */
export type ShownBeams = Omit<BeamStep, 'logits' | 'scores'>;
export type ShownStep = ShownToken | ShownBeams;

/** One call of `generate`, as the page sees it: its steps so far, its result, and how long it took. */
export class Generation<Step extends ShownStep = ShownStep> {
  status = $state<GenerationStatus>('idle');
  steps = $state.raw<readonly Step[]>([]);
  result = $state.raw<GenerateResult | null>(null);
  /** From the call to the newest step. */
  milliseconds = $state(0);
  /** Why it failed. */
  #error = $state.raw<unknown>(null);
  readonly problem = $derived(this.#error === null ? null : problemText(this.#error));
  #controller: AbortController | null = null;

  get running(): boolean {
    return this.status === 'running';
  }

  /** Ids added to a prompt of T tokens: of the best sequence where there are several. */
  newIds(T: number): readonly number[] {
    if (this.result) return this.result.sequences[0]?.newIds ?? [];
    const last: ShownStep | undefined = this.steps.at(-1);
    if (!last) return [];
    const best = last.kind === 'token' ? last : (last.kept[0] ?? last.finished[0]);
    return best ? best.ids.slice(T) : [];
  }

  /** Starts anew; an older call is cancelled. Resolves when it has ended, however it did; never rejects. */
  async start(engine: EngineClient, ids: readonly number[], options: SentOptions): Promise<void> {
    this.reset();
    const controller = new AbortController();
    this.#controller = controller;
    this.status = 'running';
    const started = performance.now();
    const hear = (step: SentStep) => {
      this.steps = [...this.steps, withoutArrays(step) as Step];
      this.milliseconds = performance.now() - started;
    };
    try {
      const result = await engine.generate(ids, options, hear, controller.signal);
      if (this.#controller !== controller) return;
      this.result = result;
      this.status = 'done';
    } catch (error) {
      if (this.#controller !== controller) return;
      this.status = isCancelled(error) ? 'cancelled' : 'failed';
      this.#error = isCancelled(error) ? null : error;
    }
  }

  /** Ends it; the steps made so far stay. */
  cancel(): void {
    this.#controller?.abort();
  }

  /** Forgets everything; whatever is under way is cancelled. */
  reset(): void {
    this.#controller?.abort();
    this.#controller = null;
    this.status = 'idle';
    this.steps = [];
    this.result = null;
    this.milliseconds = 0;
    this.#error = null;
  }
}

/** What the page keeps of a step: a long text's arrays over the vocabulary would fill its memory. */
function withoutArrays(step: SentStep): ShownStep {
  if (step.kind === 'beams') {
    const { logits: _logits, scores: _scores, ...kept } = step;
    return kept;
  }
  const { logits: _logits, scores: _scores, hidden_states: _states, attentions: _attentions, ...kept } = step;
  return kept;
}
