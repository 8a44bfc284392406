import { beginning, loadWith, parameterCount, type Gpt2Transformer } from '$lib/gpt2';
import type { Reason } from '$lib/words';
import type { ModelShelf } from './models/shelf';
import { WEIGHTS_FILE } from './models/source';
import type { LoadProgress, ModelInfo, ModelSource } from './protocol';
import { makeHere, TokenizerThread, type EngineTokenizer } from './tokenizer-thread';

/**
 * Bytes of weights up to which the tokenizer is made in a thread of its own. Beside a larger model's seconds its quarter
 * of a second is nothing, and the thread's 15 MB would come on top of the peak.
 */
const MOST_BESIDE_THREAD = 100_000_000;

/** A model as the engine holds it: `dispose` ends its tokenizer too. */
export interface EngineModel extends Gpt2Transformer {
  readonly tokenizer: EngineTokenizer;
}

/** What the page has to know of a model. */
export function describeModel(model: EngineModel): Omit<ModelInfo, 'notKept'> {
  const { config, generationConfig, tokenizer, weights } = model;
  const activationParameters = weights.h.map(({ mlp }) => mlp.act.parameters);
  const { pieces, frame, named } = tokenizer;
  const own = beginning({ named, specials: pieces.specials }, config);
  return {
    config,
    parameters: parameterCount(config),
    pieces,
    activationParameters,
    frame,
    beginning: own,
    generationConfig
  };
}

/** What a reading ends with. */
export interface ReadModel {
  readonly model: EngineModel;
  /** Why it is not kept, though it should be; null where nothing is wrong. */
  readonly notKept: Reason | null;
}

/** A model while it is being read. It may begin before a caller waits for it; a later caller gets the rest of the progress. */
export class ModelReading {
  readonly source: ModelSource;
  readonly result: Promise<ReadModel>;
  readonly #controller = new AbortController();
  #progress: LoadProgress | null = null;
  #listener: ((progress: LoadProgress) => void) | null = null;

  /**
   * @param ready settles when there is a backend for the weights; what comes before them is read meanwhile
   * @param turn settles when it may begin
   */
  constructor(shelf: ModelShelf, source: ModelSource, ready: Promise<unknown>, turn = Promise.resolve()) {
    this.source = source;
    this.result = this.#read(shelf, ready, turn);
    this.result.catch(() => {}); // the caller that waits for it gets the error
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

  async #read(shelf: ModelShelf, ready: Promise<unknown>, turn: Promise<void>): Promise<ReadModel> {
    await turn;
    const thread = weightsBytes(this.source) <= MOST_BESIDE_THREAD ? new TokenizerThread() : null;
    try {
      return await this.#readBeside(thread, shelf, ready);
    } catch (error) {
      thread?.dispose();
      throw error;
    }
  }

  async #readBeside(
    thread: TokenizerThread | null,
    shelf: ModelShelf,
    ready: Promise<unknown>
  ): Promise<ReadModel> {
    const { signal } = this.#controller;
    let notKept: Reason | null = null;
    const call = {
      signal,
      onprogress: (progress: LoadProgress) => {
        this.#progress = progress;
        this.#listener?.(progress);
      },
      onnotkept: (reason: Reason) => (notKept = reason)
    };
    const read = await shelf.read(this.source, call, (files) =>
      loadWith(files, thread ? (bytes) => thread.make(bytes) : makeHere, { signal, ready })
    );
    if (signal.aborted) {
      read.dispose();
      throw signal.reason;
    }
    const dispose = () => {
      read.dispose();
      thread?.dispose();
    };
    return { model: { ...read, dispose }, notKept };
  }
}

/** Of the weights alone; Infinity where it is unknown. */
function weightsBytes({ files }: ModelSource): number {
  return files.find(({ name }) => name === WEIGHTS_FILE)?.bytes ?? Infinity;
}

/** True if both name the same files of the same place. */
export function isSameSource(a: ModelSource, b: ModelSource): boolean {
  const parts = ({ name, url, files, keep, blobs }: ModelSource) => {
    const known = files.map((file) => [file.name, file.bytes ?? null, file.sha256 ?? null]);
    return JSON.stringify([name, url, keep, blobs === undefined, known]);
  };
  return !a.blobs && parts(a) === parts(b);
}
