import { isCancelled } from '$lib/engine';
import type { EngineSession } from './engine-session.svelte';
import { messages, problemText } from './messages';
import type { Models } from './models.svelte';
import type { OpenModel } from './open-model.svelte';
import type { Reports } from './reports.svelte';

/** What a switch of models needs of the page. */
export interface SwitchNeeds {
  readonly reports: Reports;
  readonly models: Models;
  readonly session: Pick<EngineSession, 'engine'>;
  readonly model: OpenModel;
}

/** Another model while it is read: until it is there, and if it fails, the one in use stays. */
export class ModelSwitch {
  /** The model that is being read; null: none is. */
  name = $state<string | null>(null);
  readonly #needs: SwitchNeeds;
  #call: AbortController | null = null;

  constructor(needs: SwitchNeeds) {
    this.#needs = needs;
  }

  /**
   * Reads another model, and shows it once it is there.
   *
   * @param isWanted hears how many tokens it reads, where that is known
   * @returns true if it is the one in use now
   */
  async to(name: string, isWanted: (n_ctx: number | undefined) => boolean): Promise<boolean> {
    const { session, models, reports, model } = this.#needs;
    const { engine } = session;
    this.cancel();
    if (!engine) return false;
    const call = new AbortController();
    this.#call = call;
    this.name = name;
    try {
      const found = await models.find(name, engine);
      if (!found) reports.note(() => messages.notHere(name));
      if (!found || !isWanted(found.entry?.n_ctx)) return false;
      await model.read(engine, found, call.signal);
      return true;
    } catch (error) {
      if (!isCancelled(error)) reports.note(() => messages.switchFailed(name, problemText(error)));
      return false;
    } finally {
      if (this.#call === call) {
        this.name = null;
        model.progress = null;
      }
    }
  }

  /** Gives up the model that is being read. */
  cancel(): void {
    this.#call?.abort();
  }
}
