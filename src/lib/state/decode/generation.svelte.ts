import { isCancelled, type DecodeOptions, type Engine, type StreamedStep } from '$lib/engine';
import type { GenerateResult } from '$lib/gpt2';
import { detailOf } from '../messages';

export type GenerationStatus = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';

/** One call of `generate`, as the page sees it: its steps so far, its result, and how long it took. */
export class Generation<Step extends StreamedStep = StreamedStep> {
  status = $state<GenerationStatus>('idle');
  steps = $state.raw<readonly Step[]>([]);
  result = $state.raw<GenerateResult | null>(null);
  /** From the call to the newest step. */
  milliseconds = $state(0);
  /** Why it failed. */
  problem = $state<string | null>(null);
  #controller: AbortController | null = null;

  get running(): boolean {
    return this.status === 'running';
  }

  /** Ids added to a prompt of T tokens: of the best sequence where there are several. */
  newIds(T: number): readonly number[] {
    if (this.result) return this.result.sequences[0]?.newIds ?? [];
    const last: StreamedStep | undefined = this.steps.at(-1);
    if (!last) return [];
    const best = last.kind === 'token' ? last : (last.kept[0] ?? last.finished[0]);
    return best ? best.ids.slice(T) : [];
  }

  /** Starts anew; an older call is cancelled. Resolves when it has ended, however it did; never rejects. */
  async start(engine: Engine, ids: readonly number[], options: DecodeOptions): Promise<void> {
    this.reset();
    const controller = new AbortController();
    this.#controller = controller;
    this.status = 'running';
    const started = performance.now();
    const hear = (step: StreamedStep) => {
      this.steps = [...this.steps, step as Step];
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
      this.problem = isCancelled(error) ? null : detailOf(error);
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
    this.problem = null;
  }
}
