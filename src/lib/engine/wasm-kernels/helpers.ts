import type { Reason } from '../../words/reason.ts';
import type { HelperStart } from './pool.ts';

/** Threads that were asked for and do not compute. */
export interface MissingThreads {
  readonly threads: number;
  /** Of the first of them. */
  readonly reason: Reason;
}

const ANSWER_MS = 3000; // many times what a small script takes

/** The helping threads of the kernels, each in a worker of its own. The work continues without those that do not start. */
export class Helpers {
  readonly #problems: Promise<Reason | null>[] = [];
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
function startHelper(createWorker: () => Worker, start: HelperStart): Promise<Reason | null> {
  return new Promise<Reason | null>((resolve) => {
    const worker = createWorker();
    const end = (problem: Reason | null): void => {
      clearTimeout(timer);
      Object.assign(worker, { onmessage: null, onerror: null }); // from now on an error is the engine's: see its worker
      resolve(problem);
    };
    const timer = setTimeout(() => end({ code: 'noAnswer' }), ANSWER_MS);
    worker.onmessage = () => end(null);
    worker.onerror = (event) => {
      event.preventDefault(); // else it stops the engine
      end(event.message ? { code: 'said', detail: event.message } : { code: 'scriptMissing' });
      worker.terminate();
    };
    worker.postMessage(start);
  }).catch((error: unknown) => ({
    code: 'said',
    detail: error instanceof Error ? error.message : String(error)
  }));
}
