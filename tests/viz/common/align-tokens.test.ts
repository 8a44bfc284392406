import { describe, expect, it } from 'vitest';
import type { Token } from '../../../src/lib/gpt2';
import { alignTokens } from '../../../src/lib/viz/common/align-tokens';

const tokens = (...ids: number[]) => ids.map((id) => ({ id, text: String(id) }) as unknown as Token);

describe('alignTokens(here, there)', () => {
  it('pairs prompts of one length by position, and others by a diff', () => {
    const pairs = (places: ReturnType<typeof alignTokens>) =>
      places.map(({ a, b, token }) => [a, b, token.id]);
    expect(pairs(alignTokens(tokens(1, 2), tokens(1, 3)))).toEqual([
      [0, 0, 1],
      [1, 1, 2]
    ]);
    expect(pairs(alignTokens(tokens(1, 2, 3), tokens(1, 3)))).toEqual([
      [0, 0, 1],
      [1, null, 2],
      [2, 1, 3]
    ]);
    expect(pairs(alignTokens(tokens(1), tokens(4, 1)))).toEqual([
      [null, 0, 4],
      [0, 1, 1]
    ]);
  });
});
