import { alignedPart, toByteCharacters } from '../tokenizer/aligned-text.ts';
import { bytesToText, joinBytes } from '../tokenizer/byte-pieces.ts';
import type { Token } from '../tokenizer/tokens.ts';

/**
 * The text that tokens make together, and each token at its place in it. Bytes that are not UTF-8 become U+FFFD; then no token
 * knows its place (start and end are 0).
 */
export function placeTokens(tokens: readonly Token[]): { text: string; tokens: Token[] } {
  const bytes = joinBytes(tokens.map((token) => token.bytes));
  const text = bytesToText(bytes);
  const { starts, ends } = toByteCharacters(alignedPart(text, 0, text.length));
  if (starts.length !== bytes.length) return { text, tokens: [...tokens] };
  let at = 0;
  const placed = tokens.map((token) => {
    const first = at;
    at += token.bytes.length;
    return { ...token, start: starts[first] ?? text.length, end: ends[at - 1] ?? 0 };
  });
  return { text, tokens: placed };
}
