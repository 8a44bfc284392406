import { nextTask } from '$lib/gpt2';

/**
 * Long calls one after another, with a pause between two of them in which shorter calls and cancels are heard: so a
 * click is answered while the logit lens is still being filled.
 */
export class Lane {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when every call before it has ended, however it did. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(nextTask).then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
