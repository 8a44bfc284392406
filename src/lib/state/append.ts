import { drawNumber, sampleIndex, type Token, type Vocabulary } from '$lib/gpt2';

export { drawNumber };

/** Draws an id from a distribution with the seed's number for a prompt of T tokens. */
export function drawToken(probabilities: ArrayLike<number>, seed: number, T: number): number {
  return sampleIndex(probabilities, drawNumber(seed, T));
}

/** The text that tokens stand for; bytes that are no UTF-8 become U+FFFD. */
export function textOf(tokens: readonly Token[]): string {
  const size = tokens.reduce((sum, token) => sum + token.bytes.length, 0);
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const token of tokens) {
    bytes.set(token.bytes, offset);
    offset += token.bytes.length;
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Tokens of a list of ids; ids that the vocabulary lacks are left out. */
export function tokensOf(ids: readonly number[], vocabulary: Vocabulary): Token[] {
  return ids.filter((id) => id < vocabulary.vocab_size).map((id) => vocabulary.token(id));
}
