import {
  createTokenizer,
  InputError,
  parseTokenizerFiles,
  type Gpt2Tokenizer,
  type Pieces,
  type Token,
  type TokenizerBytes
} from '$lib/gpt2';

/** What a page or a thread without a tokenizer needs to know of it. */
export interface MadeTokenizer extends Pick<Gpt2Tokenizer, 'named' | 'frame'> {
  readonly pieces: Pieces;
}

/** What the tokenizer's thread does; tokenizer-thread.ts reaches it. */
export class TokenizerService {
  #tokenizer: Gpt2Tokenizer | null = null;

  /** Takes a model folder's files.  Throws: ModelFileError, TokenizerError. */
  make(bytes: TokenizerBytes): MadeTokenizer {
    this.#tokenizer = createTokenizer(parseTokenizerFiles(bytes));
    const { named, frame } = this.#tokenizer;
    return { pieces: this.#tokenizer.pieces(), named, frame };
  }

  encode(text: string): Token[] {
    if (this.#tokenizer) return this.#tokenizer.encode(text);
    throw new InputError('tokenizer: it must be made first, got none. Call make first.');
  }
}
