import type { Token } from '$lib/gpt2';

/** A token's place among the tokens that make one character together. */
export interface CharacterPart {
  /** The whole character (with what shares its tokens): "🦊". */
  readonly text: string;
  /** From 1. */
  readonly part: number;
  readonly of: number;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const MOST_TOKENS = 8; // a character has at most 4 bytes, and a token at least one

function decode(tokens: readonly Token[]): string | null {
  const bytes = tokens.flatMap((token) => [...token.bytes]);
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

/** Tokens from `first` on that are not text alone and together are: how many, and which text. */
function joined(tokens: readonly Token[], first: number): { count: number; text: string } | null {
  for (let count = 1; count <= MOST_TOKENS && first + count <= tokens.length; count++) {
    const part = tokens.slice(first, first + count);
    if (part.some((token) => token.special)) return null;
    const text = decode(part);
    if (text !== null) return count === 1 ? null : { count, text };
  }
  return null;
}

/**
 * Which tokens are pieces of one character: byte-level BPE may split "🦊" into three.
 *
 * Shapes: one entry a token; null where it is readable by itself, or where no whole character comes of it.
 */
export function splitCharacters(tokens: readonly Token[]): (CharacterPart | null)[] {
  const parts: (CharacterPart | null)[] = [];
  while (parts.length < tokens.length) {
    const found = joined(tokens, parts.length);
    if (found === null) {
      parts.push(null);
      continue;
    }
    const { count, text } = found;
    for (let part = 1; part <= count; part++) parts.push({ text: text.trim(), part, of: count });
  }
  return parts;
}
