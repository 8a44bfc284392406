import * as Comlink from 'comlink';
import { createVocabulary, type Token, type TokenizerBytes, type Vocabulary } from '$lib/gpt2';
import type { TokenizerService } from './tokenizer-service';

/** A model's tokenizer, in whatever thread it encodes. */
export interface EngineTokenizer extends Vocabulary {
  /** Byte-level pieces by id. */
  readonly pieces: string[];
  encode(text: string): Promise<Token[]>;
}

/**
 * Makes a tokenizer beside the engine's thread: checking and sorting 50,000 pieces takes as long as the weights of a
 * small model, which are read meanwhile. Should the thread break down, this one does its work, and nothing is lost.
 *
 * Memory: a thread, from the beginning until `dispose`.
 */
export class TokenizerThread {
  readonly #worker: Worker;
  readonly #remote: Comlink.Remote<TokenizerService>;
  /** Settles if the thread breaks down. */
  readonly #broken: Promise<null>;

  constructor(createWorker: () => Worker = startWorker) {
    this.#worker = createWorker();
    this.#broken = new Promise((resolve) => {
      this.#worker.addEventListener('error', (event) => {
        event.preventDefault(); // else it stops the engine
        resolve(null);
      });
    });
    this.#remote = Comlink.wrap<TokenizerService>(this.#worker);
  }

  /** Throws: ModelFileError or TokenizerError (by name, as from any thread), if the files describe no tokenizer. */
  async make(bytes: TokenizerBytes): Promise<EngineTokenizer> {
    let here: ReturnType<typeof makeHere> | null = null;
    const inThisThread = () => (here ??= makeHere(bytes));
    const made = (await this.#unlessBroken(this.#remote.make(bytes))) ?? (await inThisThread()).made;
    const encode = async (text: string) =>
      (await this.#unlessBroken(this.#remote.encode(text))) ?? (await inThisThread()).service.encode(text);
    const { pieces, endOfText, specials } = made;
    return { ...createVocabulary(pieces, endOfText, specials), pieces, encode };
  }

  /** Ends the thread; the tokenizer that it made must not be asked afterwards. */
  dispose(): void {
    this.#worker.terminate();
  }

  #unlessBroken<T>(answer: Promise<T>): Promise<T | null> {
    return Promise.race([answer, this.#broken]);
  }
}

// written as one expression, or the bundler takes the script for a picture and copies it as it is
const startWorker = () => new Worker(new URL('./tokenizer.worker.ts', import.meta.url), { type: 'module' });

async function makeHere(bytes: TokenizerBytes) {
  const { TokenizerService } = await import('./tokenizer-service');
  const service = new TokenizerService();
  return { service, made: service.make(bytes) };
}
