import { nextTask } from '$lib/gpt2';

/** A call that waits for its turn. */
interface Waiting {
  readonly rank: number;
  readonly signal: AbortSignal | undefined;
  start(): Promise<void>;
  giveUp(reason: unknown): void;
}

/**
 * Long calls one after another, the lowest rank first, with a pause between two of them in which shorter calls and
 * cancels are heard: so a click is answered while the logit lens is still being filled. A call that is cancelled while
 * it waits leaves at once and takes no turn.
 */
export class SerialQueue {
  readonly #waiting: Waiting[] = [];
  #isRunning = false;

  /**
   * Runs `work` when it is its turn.
   *
   * @param rank 0 passes 1, and so on; calls of one rank run in the order in which they came
   * Throws: the signal's reason if it is aborted before the turn; what `work` throws.
   */
  run<T>(work: () => Promise<T>, rank = 0, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const turn = new Promise<T>((resolve, reject) => {
      let leave = () => {};
      const start = () => {
        signal?.removeEventListener('abort', leave); // a long call takes many turns
        return work().then(resolve, reject);
      };
      leave = this.#enter({ rank, signal, start, giveUp: reject });
    });
    void this.#serve();
    return turn;
  }

  /** @returns what a cancel does to the call while it waits */
  #enter(call: Waiting): () => void {
    const after = this.#waiting.findIndex(({ rank }) => rank > call.rank);
    this.#waiting.splice(after < 0 ? this.#waiting.length : after, 0, call);
    const leave = () => {
      const at = this.#waiting.indexOf(call);
      if (at < 0) return; // it has had its turn
      this.#waiting.splice(at, 1);
      call.giveUp(call.signal?.reason);
    };
    call.signal?.addEventListener('abort', leave, { once: true });
    return leave;
  }

  async #serve(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      await nextTask();
      await this.#waiting.shift()?.start();
    }
    this.#isRunning = false;
  }
}
