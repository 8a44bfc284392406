import type { Gpt2Transformer } from '../model/model.ts';
import { CachedStepper } from './cached-stepper.ts';
import { padLeft, type LeftPadded } from './pad-left.ts';
import type { StepActivations } from './types.ts';

export interface BatchOptions {
  readonly output_hidden_states?: boolean;
  readonly output_attentions?: boolean;
  readonly signal?: AbortSignal;
}

/** What the model says after each prompt, as if each stood alone. */
export interface BatchResult {
  /** The rectangle that was run. */
  readonly padded: LeftPadded;
  /** At the last position of each prompt. [vocab_size] each, nats */
  readonly logits: readonly Float32Array[];
  /** At the last position of each prompt; attention over the prompt's own T tokens. */
  readonly activations: readonly StepActivations[];
}

/**
 * Runs several prompts at once: left-padded with end-of-text, with attention mask and position ids.
 *
 * Memory: leaves no tensor behind; the arrays are the caller's.
 * Throws: InputError if there is no prompt or one cannot be run; the signal's reason if it is aborted.
 */
export async function runBatch(
  model: Gpt2Transformer,
  prompts: readonly (readonly number[])[],
  { output_hidden_states = false, output_attentions = false, signal }: BatchOptions = {}
): Promise<BatchResult> {
  const padded = padLeft(prompts, model.config);
  const stepper = await CachedStepper.start(model, prompts, 0, {
    output_hidden_states,
    output_attentions,
    signal
  });
  stepper.dispose();
  const { logits } = stepper;
  return { padded, logits, activations: prompts.map((_, row) => stepper.activations(row)) };
}
