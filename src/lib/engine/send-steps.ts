import type { GenerateStep } from '$lib/gpt2';
import type { GenerateResult, SentStep } from './protocol';

/**
 * Sends every step of a generation. While the page takes one, the next is computed, but not sent before the page is
 * done: it sets the pace.
 *
 * Throws: the signal's reason once it is aborted, and whatever `onstep` throws; the generation is ended first.
 */
export async function sendSteps(
  steps: AsyncGenerator<GenerateStep, GenerateResult, void>,
  onstep: (step: SentStep) => void | Promise<void>,
  signal: AbortSignal
): Promise<GenerateResult> {
  let taken: Promise<unknown> = Promise.resolve();
  try {
    for (;;) {
      const computed = steps.next();
      const [{ done, value }] = await Promise.all([computed, taken]);
      signal.throwIfAborted();
      if (done) return value;
      taken = Promise.resolve(onstep(sendable(value)));
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
