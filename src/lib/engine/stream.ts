import { generate, type GenerateResult, type GenerateStep, type Gpt2Model } from '$lib/gpt2';
import type { DecodeOptions, StreamedStep } from './protocol';

/**
 * Continues a prompt and tells each step as it is made. Waits for the page's answer before the next step: the page
 * sets the pace, and the worker hears other calls, a cancel too, in between.
 *
 * Throws: as `generate`; the signal's reason if it is aborted.
 */
export async function streamSteps(
  model: Gpt2Model,
  ids: readonly number[],
  options: DecodeOptions & { readonly signal: AbortSignal },
  onstep: (step: StreamedStep) => void | Promise<void>
): Promise<GenerateResult> {
  const steps = generate(model, ids, options);
  try {
    for (;;) {
      const { done, value } = await steps.next();
      if (done) return value;
      await onstep(streamed(value));
      options.signal.throwIfAborted();
    }
  } finally {
    await steps.return({ sequences: [] }); // frees its tensors if it was left early
  }
}

/** What of a step is sent: everything but the arrays over the vocabulary, which are read where they are shown. */
function streamed(step: GenerateStep): StreamedStep {
  if (step.kind === 'beams') {
    const { kind, beams, candidates, kept, finished, done } = step;
    return { kind, step: step.step, beams, candidates, kept, finished, done };
  }
  const { kind, prompt, sequence, id, ids, probability, logProbability, draw, top, processors, stopped } =
    step;
  return {
    kind,
    step: step.step,
    prompt,
    sequence,
    id,
    ids,
    probability,
    logProbability,
    draw,
    top,
    processors,
    stopped
  };
}
