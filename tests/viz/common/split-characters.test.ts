import { describe, expect, it } from 'vitest';
import { splitCharacters } from '../../../src/lib/viz/common/split-characters.ts';

const utf8 = new TextEncoder();
const token = (bytes: Iterable<number>, special = false) => {
  const all = Uint8Array.from(bytes);
  return { id: 0, text: '', bytes: all, start: 0, end: 0, special };
};
const word = (text: string) => token(utf8.encode(text));
const [f0, n9f, a6, a8a] = utf8.encode('🦊');

describe('splitCharacters(tokens)', () => {
  it('joins the tokens that hold one character, with the space before it', () => {
    const fox = [token([0x20, f0, n9f]), token([a6]), token([a8a])];
    expect(splitCharacters([word(' a'), ...fox, word(' in')])).toEqual([
      null,
      { text: '🦊', part: 1, of: 3 },
      { text: '🦊', part: 2, of: 3 },
      { text: '🦊', part: 3, of: 3 },
      null
    ]);
  });

  it('leaves a piece alone of which no character comes', () => {
    expect(splitCharacters([token([f0, n9f]), word('a')])).toEqual([null, null]);
    expect(splitCharacters([token([f0, n9f]), token([], true)])).toEqual([null, null]);
  });
});
