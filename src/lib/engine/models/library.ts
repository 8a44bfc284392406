/**
 * The models of this device: fetched once, kept, taken up where a download stopped, read from the kept copy after that.
 */
import {
  checkModel,
  ModelFileError,
  TransferError,
  WeightsError,
  type ModelFiles
} from '../../gpt2/index.ts';
import { hubTail } from './address.ts';
import { filesThere, publishedLicence } from './hub-facts.ts';
import type { Arrivals } from './arrivals.ts';
import type { LibraryHttp } from './origins.ts';
import { Reading, type LibraryCall } from './reading.ts';
import type { ModelSource } from './source.ts';
import type { ModelStore } from './store.ts';

export type { LibraryHttp } from './origins.ts';
export type { LibraryCall } from './reading.ts';

/** What a model that cannot be shown is refused with: there is no use in keeping it. */
const USELESS = new Set(['ConfigError', 'TokenizerError', 'WeightsError']);
/** How often a model is read before wrong bytes are an error: from a server without Range or ETag, two readings may break off. */
const ATTEMPTS = 3;
/** What a repository may hold in place of model.safetensors. */
const OTHER_WEIGHTS = [
  'pytorch_model.bin',
  'pytorch_model.bin.index.json',
  'tf_model.h5',
  'flax_model.msgpack'
];

export class ModelLibrary {
  readonly #store: ModelStore | null;
  readonly #http: LibraryHttp;
  readonly #arrivals: Arrivals | null;

  /**
   * @param store null: nothing is kept
   * @param arrivals where files are handed over to the service worker; null: they are not
   */
  constructor(store: ModelStore | null, http: LibraryHttp = {}, arrivals: Arrivals | null = null) {
    this.#store = store;
    this.#http = http;
    this.#arrivals = arrivals;
  }

  /**
   * Reads a model with `use`, from the kept copy where there is one. Wrong bytes are fetched again.
   *
   * Throws: what `use` throws; TransferError if the bytes are wrong each time or cannot be reached.
   */
  read<T>(source: ModelSource, call: LibraryCall, use: (files: ModelFiles) => Promise<T>): Promise<T> {
    return this.#read(source, call, use, false);
  }

  /**
   * Fetches a model, checks every tensor of it, and keeps it; of one that is kept, what has changed since.
   *
   * Throws: as `read`.
   *
   * @param fresh false: a kept copy is taken as it is
   */
  async download(source: ModelSource, call: LibraryCall, fresh = true): Promise<void> {
    try {
      await this.#read(source, call, (files) => checkModel(files, call.signal), fresh);
    } catch (error) {
      throw await this.#explained(error, source, call);
    }
  }

  async #read<T>(
    source: ModelSource,
    call: LibraryCall,
    use: (files: ModelFiles) => Promise<T>,
    fresh: boolean
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const arrivals = source.handOver ? this.#arrivals : null;
      const options = { store: this.#store, http: this.#http, arrivals, source, call, fresh };
      const reading = new Reading({ ...options, skipMasks: attempt === 1 });
      try {
        return await this.#use(source, call, reading, use, fresh);
      } catch (error) {
        const isAgain = await reading.wasDamaged(error, error instanceof WeightsError);
        if (!isAgain || attempt === ATTEMPTS) throw error;
        call.signal?.throwIfAborted();
      }
    }
  }

  /** Leaves nothing in the store that is half kept or of no use. */
  async #use<T>(
    source: ModelSource,
    call: LibraryCall,
    reading: Reading,
    use: (files: ModelFiles) => Promise<T>,
    fresh: boolean
  ): Promise<T> {
    let isUseless = false;
    try {
      const result = await use(reading.files);
      const isHub = fresh && !source.blobs && hubTail(source.url) !== null;
      await reading.finish(isHub ? await publishedLicence(source.url, this.#asking(call)) : null);
      return result;
    } catch (error) {
      isUseless = error instanceof Error && USELESS.has(error.name) && !(await reading.isFromCopy());
      throw error;
    } finally {
      reading.close();
      if (source.keep && (reading.gaveUpKeeping || isUseless)) await this.#remove(source.name);
    }
  }

  #asking({ signal }: LibraryCall) {
    return { signal, fetch: this.#http.fetch };
  }

  async #remove(name: string): Promise<void> {
    await this.#store?.remove(name).catch(() => {}); // that the store fails was reported before
  }

  /** An error with what the folder has in place of the weights that are missing. */
  async #explained(error: unknown, source: ModelSource, call: LibraryCall): Promise<unknown> {
    const isMissing = error instanceof ModelFileError && !(error instanceof TransferError);
    if (!isMissing || !error.message.includes('safetensors')) return error;
    const names = (source.blobs ?? []).map(({ name }) => name).filter((name) => OTHER_WEIGHTS.includes(name));
    const found = source.url === '' ? names : await filesThere(source.url, OTHER_WEIGHTS, this.#asking(call));
    if (found.length === 0) return error;
    const id = /([^/]+\/[^/]+)\/resolve\//.exec(source.url)?.[1] ?? 'FOLDER';
    const convert = `from transformers import AutoModelForCausalLM as M; M.from_pretrained('${id}').save_pretrained('converted')`;
    return new ModelFileError(
      `model: the weights must be in safetensors files, got ${found.join(', ')}. ` +
        `Convert them where Python and transformers are: python -c "${convert}"`,
      { cause: error }
    );
  }
}
