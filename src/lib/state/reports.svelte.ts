/** A sentence for the page as what says it, so that it is in the language on screen whenever it is read. */
export type Say = () => string;

/** What the page says about what happened: kept as what says it, so that a switch of language changes it, too. */
export class Reports {
  #notices = $state.raw<readonly Say[]>([]);
  #failure = $state.raw<Say | null>(null);
  #prompt = $state.raw<() => string | null>(() => null);

  /** What was done or changed, one sentence each, none twice. */
  get notices(): readonly string[] {
    const sentences = this.#notices.map((say) => say());
    return sentences.filter((sentence, i) => sentences.indexOf(sentence) === i);
  }

  /** What stopped; null if nothing did. */
  get failure(): string | null {
    return this.#failure?.() ?? null;
  }

  /** Why the prompt in the box cannot be run; null if it can. */
  get prompt(): string | null {
    return this.#prompt();
  }

  note(...says: readonly Say[]): void {
    this.#notices = [...this.#notices, ...says];
  }

  dismiss(): void {
    this.#notices = [];
  }

  fail(say: Say | null): void {
    this.#failure = say;
  }

  judge(prompt: () => string | null): void {
    this.#prompt = prompt;
  }
}
