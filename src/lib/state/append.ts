import type { Frame, Token, Vocabulary } from '$lib/gpt2';

/** The text that tokens stand for; bytes that are not UTF-8 become U+FFFD. */
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

/** Tokens without those that the tokenizer puts around every text, where they are all there. */
export function withoutFrame(
  tokens: readonly Token[],
  frame: Frame = { front: [], back: [] }
): readonly Token[] {
  const { front, back } = frame;
  const [first, last] = [front.length, tokens.length - back.length];
  const isFramed =
    first <= last &&
    front.every((id, i) => tokens[i].id === id) &&
    back.every((id, i) => tokens[last + i].id === id);
  return isFramed ? tokens.slice(first, last) : tokens;
}

/** Tokens of a list of ids; ids that the model has no row for are left out. */
export function tokensOf(ids: readonly number[], vocabulary: Vocabulary): Token[] {
  return ids.filter((id) => id < vocabulary.vocab_size).map((id) => vocabulary.token(id));
}

/** What stands in front of every prompt: the token that texts begin with, where it is on and the model has one. */
export function frontOf(bos: boolean, beginning: number | null, vocabulary: Vocabulary): Token[] {
  return bos && beginning !== null ? [vocabulary.token(beginning)] : [];
}
