import type { Token } from '$lib/gpt2';

/** Tokens of these texts, with made-up ids. */
export function tokensOf(...texts: string[]): Token[] {
  const encoder = new TextEncoder();
  return texts.map((text, id) => ({
    id,
    text,
    bytes: encoder.encode(text),
    start: 0,
    end: 0,
    special: false
  }));
}
