import { BACKENDS, type BackendName, type ModelSource } from './protocol';

/**
 * The page's head starts the engine's worker before the page's own scripts have arrived (scripts/early-engine.mjs puts
 * it there when the page is built), and tells it what the link asks for. Without such a head, everything begins later.
 */

/** What the head leaves for the page. */
interface EarlyWorker {
  readonly worker: Worker;
  /** It broke down before anyone listened. */
  failed: boolean;
}

/** What stands in the worker's name after "engine": the link's backend as it stands there, and the model unless the link asks for another. */
interface Preparation {
  readonly backend: string | null;
  readonly source: ModelSource | null;
  /** Of the link's prompt, about; 0: it has none. */
  readonly tokens: number;
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

/** In the worker, from its name: what the head asks for; null where it asks for nothing. */
export function readPreparation(
  name: string
): { backend: BackendName | null; source: ModelSource | null; tokens: number } | null {
  const start = name.indexOf('{');
  if (start === -1) return null;
  const { backend, source, tokens } = JSON.parse(name.slice(start)) as Preparation;
  return { backend: BACKENDS.find((one) => one === backend) ?? null, source, tokens };
}
