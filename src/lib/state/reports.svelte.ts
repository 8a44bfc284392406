/** A sentence for the page as what says it, so that it is in the language on screen whenever it is read. */
export type Say = () => string;

/** What the page says about what happened: kept as what says it, so that a switch of language changes it, too. */
export class Reports {
  #notices = $state.raw<readonly Say[]>([]);
  #failure = $state.raw<Say | null>(null);
  #prompt = $state.raw<() => string | null>(() => null);

  /** What was done or changed, one sentence each, none twice. */
  readonly notices = $derived.by<readonly string[]>(() => {
    const sentences = this.#notices.map((say) => say());
    return sentences.filter((sentence, i) => sentences.indexOf(sentence) === i);
  });

  /** What stopped; null if nothing did. */
  readonly failure = $derived<string | null>(this.#failure?.() ?? null);

  /** Why the prompt in the box cannot be run; null if it can. */
  readonly prompt = $derived<string | null>(this.#prompt());

  /** What stands there already is not kept a second time: a fault that comes again and again takes no more room. */
  note(...says: readonly Say[]): void {
    const known = this.notices;
    this.#notices = [...this.#notices, ...says.filter((say) => !known.includes(say()))];
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
