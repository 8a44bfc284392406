import * as Comlink from 'comlink';
import { createVocabulary, type Token, type TokenizerBytes, type Vocabulary } from '$lib/gpt2';
import { Interrupt } from './interrupt';
import type { MadeTokenizer, TokenizerService } from './tokenizer-service';

/** A model's tokenizer, in whatever thread it encodes. */
export interface EngineTokenizer extends Vocabulary, MadeTokenizer {
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
  readonly #breakdown = new Interrupt();

  constructor() {
    // written as one expression, or the bundler takes the script for a picture and copies it as it is
    this.#worker = new Worker(new URL('./tokenizer.worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault(); // else it stops the engine
      this.#breakdown.raise(new Error(event.message));
    });
    this.#remote = Comlink.wrap<TokenizerService>(this.#worker);
  }

  /** Throws: ModelFileError or TokenizerError (by name, as from any thread), if the files describe no tokenizer. */
  async make(bytes: TokenizerBytes): Promise<EngineTokenizer> {
    const made = await this.#unlessBroken(this.#remote.make(bytes));
    if (!made) return makeHere(bytes);
    let here: Promise<EngineTokenizer> | null = null;
    const encode = async (text: string) =>
      (await this.#unlessBroken(this.#remote.encode(text))) ??
      (await (here ??= makeHere(bytes))).encode(text);
    return withVocabulary(made, encode);
  }

  /** Ends the thread; the tokenizer that it made must not be asked afterwards. */
  dispose(): void {
    this.#worker.terminate();
  }

  async #unlessBroken<T>(answer: Promise<T>): Promise<T | null> {
    try {
      return await this.#breakdown.wait(answer);
    } catch (error) {
      if (error === this.#breakdown.reason) return null;
      throw error;
    }
  }
}

/** Makes a tokenizer in this thread.  Throws: as `TokenizerThread.make`. */
export async function makeHere(bytes: TokenizerBytes): Promise<EngineTokenizer> {
  const { TokenizerService } = await import('./tokenizer-service');
  const service = new TokenizerService();
  return withVocabulary(service.make(bytes), async (text) => service.encode(text));
}

function withVocabulary(made: MadeTokenizer, encode: EngineTokenizer['encode']): EngineTokenizer {
  return { ...createVocabulary(made.pieces), ...made, encode };
}
