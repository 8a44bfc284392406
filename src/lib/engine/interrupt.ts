/**
 * What may end many waits before their answers come: a thread that breaks down, a cancel. A promise that stays open for
 * as long, raced with each answer, would keep every answer (its bytes too) until it settles; this forgets each that came.
 */
export class Interrupt {
  readonly #waiting = new Set<(reason: Error) => void>();
  #reason: Error | null = null;

  /** Why, once it was raised. */
  get reason(): Error | null {
    return this.#reason;
  }

  /** Ends all waits, those that begin later too. Only the first time counts. */
  raise(reason: Error): void {
    this.#reason ??= reason;
    for (const reject of this.#waiting) reject(this.#reason);
  }

  /** Throws: the reason, if it is raised before the answer comes; what `answer` throws. */
  async wait<T>(answer: Promise<T>): Promise<T> {
    let end!: (reason: Error) => void;
    const raised = new Promise<never>((_, reject) => (end = reject));
    this.#waiting.add(end);
    if (this.#reason) end(this.#reason);
    try {
      return await Promise.race([answer, raised]);
    } finally {
      this.#waiting.delete(end);
    }
  }
}
