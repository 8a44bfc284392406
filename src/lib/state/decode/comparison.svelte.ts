import { untrack } from 'svelte';
import { MOST_COLUMNS } from '../../views';
import { Generation } from './generation.svelte';
import { newTokens, type DecodeNeeds } from './needs';

/** The same prompt under several settings: one generation a column, one after another, so that each has the machine. */
export class Comparison {
  readonly generations = Array.from({ length: MOST_COLUMNS }, () => new Generation());
  readonly #needs: DecodeNeeds;
  /** The question of each column’s last generation. */
  readonly #generated = new Array<string>(MOST_COLUMNS).fill('');
  #going = false;
  #stopped = false;

  constructor(needs: DecodeNeeds) {
    this.#needs = needs;
  }

  readonly running = $derived.by(() => this.generations.some((generation) => generation.running));
  readonly #ids = $derived.by(() => this.#needs.prompt.run?.tokens.map(({ id }) => id) ?? []);

  readonly #questions = $derived.by(() => {
    const max_new_tokens = newTokens(this.#needs, this.#ids.length);
    return this.#needs.selection.view.columns.map((column) =>
      JSON.stringify([this.#ids, { ...column, max_new_tokens, top: 0 }])
    );
  });

  /** Computes the columns whose prompt or settings have changed. */
  sync(): void {
    const questions = this.#questions;
    if (!this.#needs.prompt.running) untrack(() => void this.#computeChanged(questions));
  }

  async #computeChanged(questions: readonly string[]): Promise<void> {
    questions.forEach((question, i) => {
      if (question !== this.#generated[i] && this.generations[i].running) this.generations[i].cancel();
    });
    if (this.#going) return; // the loop below sees the change
    this.#going = true;
    this.#stopped = false;
    for (let next = this.#next(); next >= 0 && !this.#stopped; next = this.#next()) await this.#compute(next);
    this.#going = false;
  }

  /** Computes every column anew: after a cancel. */
  restart(): void {
    this.#generated.fill('');
    this.sync();
  }

  cancel(): void {
    this.#stopped = true;
    for (const generation of this.generations) generation.cancel();
  }

  reset(): void {
    this.#generated.fill('');
    for (const generation of this.generations) generation.reset();
  }

  #next(): number {
    if (this.#needs.prompt.running || !this.#needs.session.engine || this.#ids.length === 0) return -1;
    return this.#questions.findIndex((question, i) => question !== this.#generated[i]);
  }

  async #compute(column: number): Promise<void> {
    const { engine } = this.#needs.session;
    if (!engine) return;
    const question = this.#questions[column];
    this.#generated[column] = question;
    const [ids, options] = JSON.parse(question) as [number[], { max_new_tokens: number }];
    if (options.max_new_tokens === 0) return this.generations[column].reset(); // the context is full
    await this.generations[column].start(engine, ids, options);
  }
}
