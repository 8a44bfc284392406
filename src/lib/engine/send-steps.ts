import type { GenerateStep } from '$lib/gpt2';
import type { SentStep } from './protocol';

/**
 * Sends every step of a long call. While the page takes one, the next is computed, but not sent before the page is
 * done: it sets the pace.
 *
 * Throws: the signal's reason once it is aborted, and whatever `onstep` throws; the steps are ended first.
 */
export async function sendSteps<S, R>(
  steps: AsyncGenerator<S, R, void>,
  onstep: (step: S) => void | Promise<void>,
  signal: AbortSignal
): Promise<R> {
  let taken: Promise<unknown> = Promise.resolve();
  try {
    for (;;) {
      const computed = steps.next();
      const [{ done, value }] = await Promise.all([computed, taken]);
      signal.throwIfAborted();
      if (done) return value;
      taken = Promise.resolve(onstep(value));
    }
  } finally {
    await steps.return(undefined as R); // frees what it holds where the page's side failed
  }
}

/** A step without its function, which cannot cross to the page. */
export function sendable(step: GenerateStep): SentStep {
  if (step.kind === 'beams') return step;
  const { pastKeyValues: _, ...sent } = step;
  return sent;
}
