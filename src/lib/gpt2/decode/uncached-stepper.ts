import { InputError, mustBe } from '../errors.ts';
import { runTrace } from '../trace/forward.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import type { Trace } from '../trace/trace.ts';
import type { Stepper, StepperOptions } from './stepper.ts';
import type { LayerCache, StepActivations } from './types.ts';

/** Runs every sequence from its first token on at every step: slow, and what the cache is checked by. */
export class UncachedStepper implements Stepper {
  readonly #model: Gpt2Transformer;
  readonly #options: StepperOptions;
  #sequences: (readonly number[])[];
  #logits: Float32Array[] = [];
  #activations: StepActivations[] = [];

  private constructor(
    model: Gpt2Transformer,
    prompts: readonly (readonly number[])[],
    options: StepperOptions
  ) {
    this.#model = model;
    this.#options = options;
    this.#sequences = [...prompts];
  }

  /** Throws: InputError if a prompt cannot be run; the signal's reason if it is aborted. */
  static async start(
    model: Gpt2Transformer,
    prompts: readonly (readonly number[])[],
    options: StepperOptions
  ): Promise<UncachedStepper> {
    const stepper = new UncachedStepper(model, prompts, options);
    await stepper.#run();
    return stepper;
  }

  get logits(): readonly Float32Array[] {
    return this.#logits;
  }

  activations(row: number): StepActivations {
    return this.#activations[row];
  }

  async append(ids: readonly number[], rows?: readonly number[]): Promise<void> {
    this.#sequences = ids.map((id, index) => [...this.#sequences[rows?.[index] ?? index], id]);
    await this.#run();
  }

  pastKeyValues(): Promise<LayerCache[]> {
    const advice = 'Leave use_cache out to read past_key_values.';
    return Promise.reject(new InputError(mustBe('pastKeyValues: use_cache', 'true', 'false', advice)));
  }

  dispose(): void {
    // holds no tensor between two calls
  }

  async #run(): Promise<void> {
    const { signal, edits, sources } = this.#options;
    this.#logits = [];
    this.#activations = [];
    for (const ids of this.#sequences) {
      const trace = await runTrace(this.#model, ids, { signal, edits, ...sources });
      try {
        this.#logits.push(await trace.logits('last'));
        this.#activations.push(await this.#readActivations(trace));
      } finally {
        trace.dispose();
      }
    }
  }

  async #readActivations(trace: Trace): Promise<StepActivations> {
    const { output_hidden_states, output_attentions } = this.#options;
    const { n_embd, n_layer, n_head } = this.#model.config;
    const T = trace.ids.length;
    const hidden_states = output_hidden_states
      ? (await trace.hiddenStates()).map((state) => state.slice((T - 1) * n_embd))
      : null;
    if (!output_attentions) return { hidden_states, attentions: null };
    const attentions: Float32Array[] = [];
    for (let layer = 0; layer < n_layer; layer++) {
      const { data } = await trace.read('pattern', layer);
      attentions.push(lastQueries(data, n_head, T));
    }
    return { hidden_states, attentions };
  }
}

/** [n_head, T, T] → [n_head, T]: the last query's row of each head. */
function lastQueries(pattern: Float32Array, n_head: number, T: number): Float32Array {
  const rows = new Float32Array(n_head * T);
  for (let head = 0; head < n_head; head++) {
    const start = (head * T + T - 1) * T;
    rows.set(pattern.subarray(start, start + T), head * T);
  }
  return rows;
}
