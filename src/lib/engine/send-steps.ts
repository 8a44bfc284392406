import type { GenerateStep } from '$lib/gpt2';
import type { GenerateResult, SentStep } from './protocol';

/**
 * Sends every step of a generation, and waits for the page to take it, before the next is computed.
 *
 * Throws: the signal's reason once it is aborted, and whatever `onstep` throws; the generation is ended first.
 */
export async function sendSteps(
  steps: AsyncGenerator<GenerateStep, GenerateResult, void>,
  onstep: (step: SentStep) => void | Promise<void>,
  signal: AbortSignal
): Promise<GenerateResult> {
  try {
    for (;;) {
      const { done, value } = await steps.next();
      signal.throwIfAborted();
      if (done) return value;
      await onstep(sendable(value));
    }
  } finally {
    await steps.return({ sequences: [] }); // frees the cache where the page's side failed
  }
}

/** A step without its function, which cannot cross to the page. */
function sendable(step: GenerateStep): SentStep {
  if (step.kind === 'beams') return step;
  const { pastKeyValues: _, ...sent } = step;
  return sent;
}
