import { BACKENDS, type BackendName, type ModelSource } from './protocol';

/**
 * The page's head starts the engine's worker before the page's own scripts have arrived (scripts/early-engine.mjs puts
 * it there when the page is built), and tells it what the link asks for. Without such a head, everything begins later.
 */

/** What the head leaves behind for the page. */
interface EarlyWorker {
  readonly worker: Worker;
  /** It broke down before anyone listened. */
  failed: boolean;
}

/** The message that the head sends: the link's backend as it stands there, and the model unless the link asks for another. */
interface Preparation {
  readonly type: 'prepare';
  readonly backend: string | null;
  readonly source: ModelSource | null;
}

declare global {
  var gpt2LensEngine: EarlyWorker | undefined;
}

/** The worker that the head has started; null where there is none, or it was taken or broke down. */
export function takeEarlyWorker(): Worker | null {
  const early = globalThis.gpt2LensEngine;
  globalThis.gpt2LensEngine = undefined;
  return early && !early.failed ? early.worker : null;
}

/** In the worker: calls back with what the head asks for. */
export function onPreparation(
  callback: (backend: BackendName | null, source: ModelSource | null) => void
): void {
  self.addEventListener('message', ({ data }: MessageEvent<Preparation | undefined>) => {
    if (data?.type !== 'prepare') return; // a call of the page
    callback(BACKENDS.find((name) => name === data.backend) ?? null, data.source);
  });
}
