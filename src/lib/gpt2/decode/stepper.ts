import type { Edit, EditSources } from '../edit/types.ts';
import type { LayerCache, StepActivations } from './types.ts';

/** A batch of sequences that grows by one token at a time, and what the model says after each. */
export interface Stepper {
  /** Logits after the last token of each sequence. B arrays [vocab_size], nats; the reader's own */
  readonly logits: readonly Float32Array[];
  /** Hidden states and attention of one sequence's last position, as far as they were asked for. */
  activations(row: number): StepActivations;
  /**
   * Adds a token to each sequence and computes what comes next.
   *
   * @param ids one token for each sequence that there is afterwards
   * @param rows which sequence each continues; left out: all, in order
   */
  append(ids: readonly number[], rows?: readonly number[]): Promise<void>;
  /** Throws: InputError if there is no cache. */
  pastKeyValues(row: number): Promise<readonly LayerCache[]>;
  /** Frees every tensor. */
  dispose(): void;
}

export interface StepperOptions {
  readonly output_hidden_states: boolean;
  readonly output_attentions: boolean;
  /** For a stepper without a cache. */
  readonly edits?: readonly Edit[];
  readonly sources?: Omit<EditSources, 'base'>;
  readonly signal?: AbortSignal;
}
