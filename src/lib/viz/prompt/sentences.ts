import type { Token } from '$lib/gpt2';
import { promptWords as words } from '$lib/words';

const HEX = 16;

/** Lines of text that the box grows to before it scrolls. */
export const MORE_LINES = 6;

/**
 * The count against the limit: `14 of 512 tokens`, or what to do when there are too many:
 * `530 of 512 tokens: shorten by 18 tokens`.
 */
export function countSentence(tokenCount: number, n_ctx: number, over: number): string {
  const held = over > 0 ? n_ctx + over : tokenCount;
  return over > 0 ? words.tooMany(held, n_ctx, over) : words.count(held, n_ctx);
}

/** Bytes in hex: `20 4d 61 72 79`. */
export function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(HEX).padStart(2, '0')).join(' ');
}

/** A chip in words: `·Mary, id 5335, position 1, bytes 20 4d 61 72 79`. A special token has no bytes of text. */
export function chipSentence(token: Token, label: string, position: number): string {
  const rest = token.special
    ? words.specialChip(token.id, position)
    : words.chip(token.id, position, hexBytes(token.bytes));
  return `${label}, ${rest}`;
}
