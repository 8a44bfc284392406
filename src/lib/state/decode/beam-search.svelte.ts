import { untrack } from 'svelte';
import { pickSettings } from '$lib/gpt2';
import { Generation, type ShownBeams } from './generation.svelte';
import { newTokens, type DecodeNeeds } from './needs';

/** The beam search over the prompt: computed when it is shown, and anew when a setting changes. */
export class BeamSearch {
  readonly generation = new Generation<ShownBeams>();
  readonly #needs: DecodeNeeds;
  /** The question of the search under way, or of the last one. */
  #searched = '';

  constructor(needs: DecodeNeeds) {
    this.#needs = needs;
  }

  readonly #ids = $derived.by(() => this.#needs.prompt.run?.tokens.map(({ id }) => id) ?? []);

  readonly #options = $derived.by(() => {
    const { view } = this.#needs.selection;
    const { repetition_penalty, no_repeat_ngram_size } = pickSettings(view);
    const early_stopping =
      view.early_stopping === 'never' ? ('never' as const) : view.early_stopping === 'true';
    return {
      repetition_penalty,
      no_repeat_ngram_size,
      num_beams: view.num_beams,
      num_return_sequences: view.num_beams,
      length_penalty: view.length_penalty,
      early_stopping,
      max_new_tokens: newTokens(this.#needs, this.#ids.length),
      top: 0
    };
  });

  readonly #question = $derived.by(() => JSON.stringify([this.#ids, this.#options]));

  /** Starts the search if prompt or settings have changed since the last one. */
  sync(): void {
    const changed = this.#question !== this.#searched;
    if (changed && !this.#needs.prompt.running) untrack(() => void this.search());
  }

  /** Searches, also where the last search was the same: after a cancel. */
  async search(): Promise<void> {
    const { session, prompt } = this.#needs;
    const { engine } = session;
    if (!engine || prompt.running || this.#ids.length === 0) return;
    this.#searched = this.#question;
    if (this.#options.max_new_tokens === 0) return this.generation.reset(); // the context is full
    await this.generation.start(engine, this.#ids, this.#options);
  }

  cancel(): void {
    this.generation.cancel();
  }

  reset(): void {
    this.#searched = '';
    this.generation.reset();
  }
}
