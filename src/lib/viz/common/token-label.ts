import type { Token } from '$lib/gpt2';
import { commonWords as words } from '$lib/words';

/** A stretch of a token's label; quiet parts stand for what cannot be seen and are drawn in a paler ink. */
export interface TokenPart {
  readonly text: string;
  readonly quiet: boolean;
}

const VISIBLE: Readonly<Record<string, string>> = { ' ': '·', '\n': '⏎', '\t': '⇥', '\r': '␍' };
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}]/u; // controls, joiners, odd spaces
const COMBINING = /^\p{M}/u;
const DOTTED_CIRCLE = '◌'; // carries a combining mark that begins a token
const HEX = 16;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes that a UTF-8 character with this first byte takes. */
function characterLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const hexByte = (byte: number): string => `<${byte.toString(HEX).toUpperCase().padStart(2, '0')}>`;

function characterPart(character: string): TokenPart {
  const visible = VISIBLE[character];
  if (visible !== undefined) return { text: visible, quiet: true };
  if (UNSEEN.test(character)) {
    return {
      text: `<U+${character.codePointAt(0)!.toString(HEX).toUpperCase().padStart(4, '0')}>`,
      quiet: true
    };
  }
  return { text: COMBINING.test(character) ? DOTTED_CIRCLE + character : character, quiet: false };
}

/** One part per character, or per byte where the bytes hold only a piece of a character. */
function* pieces(bytes: Uint8Array): Generator<TokenPart> {
  let offset = 0;
  while (offset < bytes.length) {
    const length = characterLength(bytes[offset]);
    const character = decode(bytes.subarray(offset, offset + length));
    if (character === undefined) {
      yield { text: hexByte(bytes[offset]), quiet: true };
      offset += 1;
    } else {
      yield characterPart(character);
      offset += length;
    }
  }
}

/**
 * How a token is written everywhere: `·` for a space, `⏎` for a newline, `<F0>` for a byte of a split character,
 * a special token by its name and an id without a token in words, all of these quiet; the rest as it is. Neighbours of
 * one kind are joined.
 */
export function tokenParts(token: Token): TokenPart[] {
  if (token.missing) return [{ text: words.noToken(token.id), quiet: true }];
  if (token.special) return [{ text: token.text, quiet: true }];
  const parts: TokenPart[] = [];
  for (const piece of pieces(token.bytes)) {
    const last = parts.at(-1);
    if (last?.quiet === piece.quiet) parts[parts.length - 1] = { ...last, text: last.text + piece.text };
    else parts.push(piece);
  }
  return parts;
}

/** The label as plain text, for SVG and tables. */
export function tokenLabel(token: Token): string {
  return tokenParts(token)
    .map((part) => part.text)
    .join('');
}

/** What a screen reader says: the token itself in quotation marks, or its label where it is not readable text. */
export function tokenName(token: Token): string {
  const readable = !token.special && !token.text.includes('�') && token.text.trim() !== '';
  return readable ? `"${token.text}"` : tokenLabel(token);
}
