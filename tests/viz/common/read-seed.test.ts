import { describe, expect, it } from 'vitest';
import { MAX_SEED } from '../../../src/lib/gpt2';
import { readSeed } from '../../../src/lib/viz/common/read-seed';

describe('readSeed(text)', () => {
  it('takes whole numbers of 32 bits and nothing else', () => {
    expect(readSeed('42')).toBe(42);
    expect(readSeed(String(MAX_SEED))).toBe(MAX_SEED);
    for (const wrong of ['', ' ', '-1', '1.5', 'x', String(MAX_SEED + 1)]) expect(readSeed(wrong)).toBeNull();
  });
});
