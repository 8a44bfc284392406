/**
 * Text from a model, one step at a time: greedy, drawn, or by beam search.
 *
 * Options have Hugging Face's names and meanings. Every step is yielded before the next one is computed, so whoever
 * iterates sees each choice, sets the pace, and may stop at any time.
 */
import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Generator } from '../model/model.ts';
import { checkIds } from '../model/prompt-ids.ts';
import { CachedStepper } from './cached-stepper.ts';
import { generateBeams } from './generate-beams.ts';
import { generateTokens } from './generate-tokens.ts';
import { checkOptions } from './options.ts';
import type { Stepper } from './stepper.ts';
import type { CheckedOptions, GenerateOptions, GenerateResult, GenerateStep, TokenStep } from './types.ts';
import { UncachedStepper } from './uncached-stepper.ts';

/**
 * Continues one prompt.
 *
 * Yields a `TokenStep` for each new token (with several sequences those of a step follow each other), or with
 * num_beams above 1 a `BeamStep` for each step; returns the finished sequences.
 *
 *     for await (const step of generate(model, ids, { max_new_tokens: 5 })) { ... }
 *
 * Shapes: ids T whole numbers; T + max_new_tokens ≤ n_ctx.
 * Memory: all tensors are freed when the iterator ends: by itself, by `break`, `return()` or `throw()`, or by the
 *         signal. Arrays of a step belong to the reader.
 * Throws: at the first `next()` InputError if the ids or an option cannot be run; the signal's reason if it is
 *         aborted.
 * Source: Hugging Face transformers 5, generation/utils.py, generate.
 */
export async function* generate(
  model: Gpt2Generator,
  ids: readonly number[],
  options: GenerateOptions = {}
): AsyncGenerator<GenerateStep, GenerateResult, void> {
  checkIds(ids, model.config);
  const checked = checkOptions(model, ids.length, options);
  if (checked.num_beams === 1) return yield* drawn(model, [ids], checked);
  const stepper = await startStepper(model, [ids], checked);
  try {
    return yield* generateBeams(model, ids, checked, stepper);
  } finally {
    stepper.dispose();
  }
}

/**
 * Continues several prompts at once, left-padded; each as if it stood alone.
 *
 * Yields as `generate` without beams: a `TokenStep` for each prompt, sequence and step.
 *
 * Memory, throws: as `generate`; InputError also if num_beams is above 1.
 */
export async function* generateBatch(
  model: Gpt2Generator,
  prompts: readonly (readonly number[])[],
  options: GenerateOptions = {}
): AsyncGenerator<TokenStep, GenerateResult, void> {
  for (const ids of prompts) checkIds(ids, model.config);
  const longest = Math.max(0, ...prompts.map((ids) => ids.length));
  const checked = checkOptions(model, longest, options);
  if (checked.num_beams > 1) {
    const advice = 'Search one prompt at a time with generate.';
    throw new InputError(mustBe('generateBatch: num_beams', '1', checked.num_beams, advice));
  }
  return yield* drawn(model, prompts, checked);
}

/** All steps and the result together, for callers that need no pace. */
export async function generateAll<Step extends GenerateStep>(
  steps: AsyncGenerator<Step, GenerateResult, void>
): Promise<{ steps: Step[]; result: GenerateResult }> {
  const list: Step[] = [];
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { steps: list, result: value };
    list.push(value);
  }
}

async function* drawn(
  model: Gpt2Generator,
  prompts: readonly (readonly number[])[],
  options: CheckedOptions
): AsyncGenerator<TokenStep, GenerateResult, void> {
  const rows = prompts.flatMap((ids) => new Array<readonly number[]>(options.num_return_sequences).fill(ids));
  const stepper = await startStepper(model, rows, options);
  try {
    return yield* generateTokens(model, prompts, options, stepper);
  } finally {
    stepper.dispose();
  }
}

function startStepper(
  model: Gpt2Generator,
  prompts: readonly (readonly number[])[],
  options: CheckedOptions
): Promise<Stepper> {
  options.signal?.throwIfAborted();
  return options.use_cache && options.edits.length === 0 // an edit may stand where the cache was computed
    ? CachedStepper.start(model, prompts, options.max_new_tokens, options)
    : UncachedStepper.start(model, prompts, options);
}
