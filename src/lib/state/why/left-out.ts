import type { Token } from '$lib/gpt2';

/** What a tokenizer has no token for and leaves out of a text. */
export interface LeftOut {
  readonly count: number;
  /** Characters of the text. */
  readonly of: number;
  /** The different characters that can be seen, in alphabetical order. */
  readonly characters: readonly string[];
}

/** The characters of a text that none of its tokens stands for; null where there are none. */
export function leftOut(text: string, tokens: readonly Token[]): LeftOut | null {
  const isRead = new Uint8Array(text.length);
  for (const { start, end } of tokens) isRead.fill(1, start, end);
  const all = Array.from(text.matchAll(/./gsu), ({ 0: character, index }) => ({ character, index }));
  const missing = all.filter(({ index }) => isRead[index] === 0);
  if (missing.length === 0) return null;
  const characters = [...new Set(missing.map(({ character }) => character))]
    .filter((each) => each.trim())
    .sort();
  return { count: missing.length, of: all.length, characters };
}
