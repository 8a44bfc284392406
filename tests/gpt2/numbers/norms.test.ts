import { describe, expect, it } from 'vitest';
import { rowNorms } from '../../../src/lib/gpt2/numbers/norms.ts';

describe('rowNorms(values, width)', () => {
  it('is the L2 norm of each row', () => {
    expect([...rowNorms(Float32Array.of(3, 4, 0, 0, -5, 12), 2)]).toEqual([5, 0, 13]);
  });

  it('lets NaN through in its own row only', () => {
    expect([...rowNorms(Float32Array.of(NaN, 4, 6, 8), 2)]).toEqual([NaN, 10]);
  });

  it('gives no norm for no row', () => {
    expect(rowNorms(new Float32Array(0), 2)).toHaveLength(0);
  });
});
