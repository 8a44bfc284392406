import type { HelperStart } from './pool.ts';

/** Threads that were asked for and do not compute. */
export interface MissingThreads {
  readonly threads: number;
  /** Of the first of them, in words. */
  readonly reason: string;
}

const ANSWER_MS = 3000; // many times what a small script takes

/** The helping threads of the kernels, each in a worker of its own. The work continues without those that do not start. */
export class Helpers {
  readonly #problems: Promise<string | null>[] = [];
  readonly #createWorker: () => Worker;

  constructor(createWorker: () => Worker) {
    this.#createWorker = createWorker;
  }

  readonly start = (start: HelperStart): void => {
    this.#problems.push(startHelper(this.#createWorker, start));
  };

  /** Those that do not compute, once each has begun or failed; null where none is missing. */
  async missing(): Promise<MissingThreads | null> {
    const problems = await Promise.all(this.#problems);
    const reasons = problems.filter((problem) => problem !== null);
    return reasons.length > 0 ? { threads: reasons.length, reason: reasons[0] } : null;
  }
}

/** Resolves with null when the helper has begun to serve, or with why it has not; never rejects. */
function startHelper(createWorker: () => Worker, start: HelperStart): Promise<string | null> {
  return new Promise<string | null>((resolve) => {
    const worker = createWorker();
    const end = (problem: string | null): void => {
      clearTimeout(timer);
      Object.assign(worker, { onmessage: null, onerror: null }); // from now on an error is the engine's: see its worker
      resolve(problem);
    };
    const timer = setTimeout(() => end('it does not answer'), ANSWER_MS);
    worker.onmessage = () => end(null);
    worker.onerror = (event) => {
      event.preventDefault(); // else it stops the engine
      end(event.message || 'its script could not be loaded');
      worker.terminate();
    };
    worker.postMessage(start);
  }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
}
