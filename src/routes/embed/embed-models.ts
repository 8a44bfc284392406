import type { EngineClient } from '$lib/engine';
import { Models, type FoundModel } from '$lib/state';

/** Weights up to which an embedded view asks nobody: those of the embedded model are half of it. */
const MOST_UNASKED_BYTES = 60e6;

/**
 * The models of an embedded view. Browsers keep storage apart for each site that embeds a page, so nothing is kept; and
 * an article's reader has asked for no download, so larger weights are fetched only after a click.
 */
export class EmbedModels extends Models {
  #allowed = false;

  /** Bytes that the reader is to be asked about before the model is opened; null where nobody needs to be asked. */
  async bytesToAsk(name: string): Promise<number | null> {
    const { models } = await this.open();
    const entry = models.find((model) => model.name === name);
    if (!entry || this.#allowed) return null;
    return entry.folder === undefined || entry.bytes > MOST_UNASKED_BYTES ? entry.bytes : null;
  }

  /** The reader has agreed to the download. */
  allow(): void {
    this.#allowed = true;
  }

  override async find(name: string, engine?: EngineClient): Promise<FoundModel | null> {
    const found = await super.find(name, engine);
    if (!found) return null;
    const source = { ...found.source, keep: false, handOver: false };
    return { ...found, source, isHere: found.isHere || this.#allowed };
  }
}
