import * as Comlink from 'comlink';
import type { LoadProgress } from '$lib/engine';
import type { CheckRequest, CheckResult, CheckService } from './check-service';
import type { CheckRow } from './types';

/** Hears of a check as it goes. */
export interface CheckListener {
  readonly onrow: (row: CheckRow) => void;
  readonly onprogress: (progress: LoadProgress) => void;
}

/**
 * Checks one backend in a worker of its own, which ends with the check.
 *
 * Throws: Error with what went wrong, also where the worker cannot be had; the signal's reason once it is aborted.
 */
export async function checkBackend(
  request: CheckRequest,
  listener: CheckListener,
  signal: AbortSignal
): Promise<CheckResult> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module', name: 'check' });
  const remote = Comlink.wrap<CheckService>(worker);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new Error(message ?? 'check.worker')), {
      once: true
    });
  });
  try {
    const { onrow, onprogress } = listener;
    const running = remote.run(request, Comlink.proxy(onrow), Comlink.proxy(onprogress));
    return await Promise.race([running, ended]);
  } finally {
    remote[Comlink.releaseProxy]();
    worker.terminate();
  }
}
