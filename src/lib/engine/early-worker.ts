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
  /** A recorded picture comes first, and the processor is needed for it. */
  readonly waits: boolean;
}

/** What the page tells the worker once its recorded picture is on screen. */
const TURN = 'your turn';
/** It begins by itself after so long: no frame is drawn in a tab that is not looked at. */
const MOST_WAIT_MS = 1500;

let waiting: Worker | null = null;

declare global {
  var gpt2LensEngine: EarlyWorker | undefined;
}

/** The worker that the head has started; null where there is none, or it was taken or broke down. */
export function takeEarlyWorker(): Worker | null {
  const early = globalThis.gpt2LensEngine;
  globalThis.gpt2LensEngine = undefined;
  waiting = early && !early.failed ? early.worker : null;
  return waiting;
}

/** On the page: the recorded picture is on screen, or none comes, and the engine may use the processor. */
export function giveTurn(): void {
  waiting?.postMessage(TURN);
  waiting = null;
}

/** In the worker: resolves when the page gives it its turn. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    self.addEventListener('message', ({ data }) => {
      if (data === TURN) resolve();
    });
    setTimeout(resolve, MOST_WAIT_MS);
  });

/** What the worker begins before the page asks for it. */
export interface EarlyTask extends Pick<Preparation, 'source' | 'tokens'> {
  readonly backend: BackendName | null;
  /** Settles when it may use the processor. */
  readonly turn: Promise<void>;
}

/** In the worker, from its name: what the head asks for; null where it asks for nothing. */
export function readPreparation(name: string): EarlyTask | null {
  const start = name.indexOf('{');
  if (start === -1) return null;
  const { backend, source, tokens, waits } = JSON.parse(name.slice(start)) as Preparation;
  return {
    backend: BACKENDS.find((one) => one === backend) ?? null,
    source,
    tokens,
    turn: waits ? turn() : Promise.resolve()
  };
}
