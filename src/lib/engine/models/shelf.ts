/**
 * The models that this browser keeps, as one worker sees them. Two tabs take turns at a model: the second one waits and
 * then reads the copy that the first has kept.
 */
import type { ModelFiles } from '../../gpt2/index.ts';
import { HubFetch } from '../hub/hub-fetch.ts';
import { ARRIVING_LOCK, Arrivals } from './arrivals.ts';
import { ModelLibrary, type LibraryCall } from './library.ts';
import { openCacheStore } from './cache-store.ts';
import { openOpfsStore } from './opfs-store.ts';
import type { ModelSource } from './source.ts';
import type { KeptModel, ModelStore } from './store.ts';

/** Kept models and the room for them, bytes; null where the browser does not say. */
export interface ShelfReport {
  readonly models: readonly KeptModel[];
  /** false: this browser keeps nothing, in a private window for example. */
  readonly canKeep: boolean;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
}

/** The private file system, which is the fastest; where it is missing, the Cache API; null where both are. */
const openStore = async (): Promise<ModelStore | null> =>
  (await openOpfsStore()) ?? openCacheStore(location.origin);

const LOCK_PREFIX = 'gpt2-lens:model:';

export class ModelShelf {
  readonly #arrivals = new Arrivals();
  #opened: Promise<{ store: ModelStore | null; library: ModelLibrary }> | null = null;

  /** Reads a model with `use`; waits while another tab reads it.  Throws: as ModelLibrary.read. */
  async read<T>(source: ModelSource, call: LibraryCall, use: (files: ModelFiles) => Promise<T>): Promise<T> {
    const { store, library } = await this.#open();
    const read = () => library.read(source, call, use);
    return store && (source.keep || source.handOver) ? this.#inTurn(source, call, read) : read();
  }

  /** Fetches and checks a model, and keeps it.  Throws: as ModelLibrary.download. */
  async download(source: ModelSource, call: LibraryCall): Promise<void> {
    const { store, library } = await this.#open();
    const download = (hasWaited: boolean) => library.download(source, call, !hasWaited); // the other tab asked just now
    await (store && source.keep ? this.#inTurn(source, call, download) : download(false));
  }

  async report(): Promise<ShelfReport> {
    const { store } = await this.#open();
    const estimate = await navigator.storage?.estimate?.().catch(() => null);
    return {
      models: (await store?.list().catch(() => [])) ?? [], // a store that fails has nothing to show
      canKeep: store !== null,
      usedBytes: estimate?.usage ?? null,
      quotaBytes: estimate?.quota ?? null
    };
  }

  /** Deletes a kept model; false if another tab is reading it now. */
  async remove(name: string): Promise<boolean> {
    const { store } = await this.#open();
    if (!store) return true; // nothing is kept, and where storage is denied locks are, too
    return navigator.locks.request(LOCK_PREFIX + name, { ifAvailable: true }, async (lock) => {
      if (lock) await store.remove(name);
      return lock !== null;
    });
  }

  #open() {
    this.#opened ??= openStore().then((store) => ({
      store,
      library: new ModelLibrary(
        store,
        { origin: location.origin, fetch: new HubFetch().fetch },
        this.#arrivals
      )
    }));
    return this.#opened;
  }

  async #inTurn<T>(
    source: ModelSource,
    { signal, onprogress }: LibraryCall,
    work: (hasWaited: boolean) => Promise<T>
  ): Promise<T> {
    const name = source.keep ? LOCK_PREFIX + source.name : ARRIVING_LOCK;
    const { held = [] } = await navigator.locks.query();
    const isHeld = held.some((lock) => lock.name === name);
    if (isHeld) {
      const totalBytes = source.files.reduce((total, { bytes = 0 }) => total + bytes, 0);
      const none = { bytes: 0, speed: null, secondsLeft: null, wait: null };
      onprogress?.({ ...none, file: '', totalBytes, from: 'another tab' });
    }
    return new Promise((resolve, reject) => {
      const turn = async () => {
        await work(isHeld).then(resolve, reject);
        await this.#arrivals.settled(); // the next reader finds what was handed over
      };
      navigator.locks.request(name, { signal }, turn).catch(reject);
    });
  }
}
