/** Calls under way, so that each can be cancelled by its number: an AbortSignal cannot cross to a worker. */
export class Calls {
  readonly #controllers = new Map<number, AbortController>();

  /** Runs `work` with a signal that `cancel(call)` aborts. */
  async run<T>(call: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#controllers.set(call, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#controllers.delete(call);
    }
  }

  /** Aborts a call; one that has ended is left alone. */
  cancel(call: number): void {
    this.#controllers.get(call)?.abort(cancelled());
  }
}

/** What a cancelled call rejects with. */
export function cancelled(): DOMException {
  return new DOMException('The call was cancelled.', 'AbortError');
}
