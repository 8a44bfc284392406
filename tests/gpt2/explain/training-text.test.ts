import { describe, expect, it } from 'vitest';
import { endingMatches, tokenCounts } from '../../../src/lib/gpt2/explain/training-text.ts';

const END = 9;
const TEXT = Uint16Array.of(1, 2, 3, 4, END, 2, 3, 5, END, 7, 3, 4, END, 2, 3);

describe('endings of a prompt in a text', () => {
  it('are found at every length, by the place of the token after them', () => {
    expect(endingMatches(TEXT, [1, 2, 3])).toEqual([
      [3, 7, 11], // 3; nothing comes after the last one
      [3, 7], // 2 3
      [3] // 1 2 3
    ]);
  });

  it('stop at the longest one that stands there, or at the length that is asked for', () => {
    expect(endingMatches(TEXT, [8, 2, 3])).toEqual([
      [3, 7, 11],
      [3, 7]
    ]);
    expect(endingMatches(TEXT, [1, 2, 3], 1)).toEqual([[3, 7, 11]]);
    expect(endingMatches(TEXT, [3, 8])).toEqual([]);
    expect(endingMatches(TEXT, [])).toEqual([]);
  });

  it('do not reach before the text', () => {
    expect(endingMatches(Uint16Array.of(2, 3), [2, 2])).toEqual([[1]]);
  });
});

it('counts the tokens at places, most often first', () => {
  expect(tokenCounts(TEXT, [3, 7, 11])).toEqual([
    { id: 4, count: 2 },
    { id: 5, count: 1 }
  ]);
});
