import { loadWith, type Gpt2Transformer } from '$lib/gpt2';
import type { ModelShelf } from './models/shelf';
import type { LoadProgress, ModelSource } from './protocol';
import { TokenizerThread, type EngineTokenizer } from './tokenizer-thread';

/** A model as the engine holds it: `dispose` ends its tokenizer too. */
export interface EngineModel extends Gpt2Transformer {
  readonly tokenizer: EngineTokenizer;
}

/** What a reading ends with. */
export interface ReadModel {
  readonly model: EngineModel;
  /** Why it is not kept, though it should be; null where nothing is wrong. */
  readonly unkept: string | null;
}

/** A model while it is being read. It may begin before anyone waits for it; who comes later hears of the rest. */
export class ModelReading {
  readonly source: ModelSource;
  readonly result: Promise<ReadModel>;
  readonly #controller = new AbortController();
  #progress: LoadProgress | null = null;
  #listener: ((progress: LoadProgress) => void) | null = null;

  /** @param ready settles when there is a backend for the weights; what comes before them is read meanwhile */
  constructor(shelf: ModelShelf, source: ModelSource, ready: Promise<unknown>) {
    this.source = source;
    this.result = this.#read(shelf, ready);
    this.result.catch(() => {}); // whoever waits for it hears of it
  }

  /** Reports how far it has come, at once and from here on. */
  onprogress(listener: (progress: LoadProgress) => void): void {
    this.#listener = listener;
    if (this.#progress) listener(this.#progress);
  }

  /** Stops it; a model that was read already is freed. */
  abort(reason?: unknown): void {
    this.#controller.abort(reason);
  }

  async #read(shelf: ModelShelf, ready: Promise<unknown>): Promise<ReadModel> {
    const thread = new TokenizerThread();
    try {
      return await this.#readBeside(thread, shelf, ready);
    } catch (error) {
      thread.dispose();
      throw error;
    }
  }

  async #readBeside(thread: TokenizerThread, shelf: ModelShelf, ready: Promise<unknown>): Promise<ReadModel> {
    const { signal } = this.#controller;
    let unkept: string | null = null;
    const call = {
      signal,
      onprogress: (progress: LoadProgress) => {
        this.#progress = progress;
        this.#listener?.(progress);
      },
      onunkept: (reason: string) => (unkept = reason)
    };
    const read = await shelf.read(this.source, call, (files) =>
      loadWith(files, (bytes) => thread.make(bytes), { signal, ready })
    );
    if (signal.aborted) {
      read.dispose();
      throw signal.reason;
    }
    const dispose = () => {
      read.dispose();
      thread.dispose();
    };
    return { model: { ...read, dispose }, unkept };
  }
}

/** True if both name the same files of the same place. */
export function isSameSource(a: ModelSource, b: ModelSource): boolean {
  const parts = ({ name, url, files, keep, blobs }: ModelSource) => {
    const known = files.map((file) => [file.name, file.bytes ?? null, file.sha256 ?? null]);
    return JSON.stringify([name, url, keep, blobs === undefined, known]);
  };
  return !a.blobs && parts(a) === parts(b);
}
