import { describe, expect, it } from 'vitest';
import { compareNext } from '../../../src/lib/viz/common/next-effect';

describe('compareNext(before, after, top)', () => {
  it('gives both probabilities, the change, and KL by hand', () => {
    // p_A = (1/2, 1/4, 1/4), p_B = (1/4, 1/2, 1/4)
    const [a, b] = [Math.log(2), 0];
    const { rows, best, now, kl } = compareNext(Float32Array.of(a, b, b), Float32Array.of(b, a, b), 1);
    expect(rows.map(({ token }) => token)).toEqual([0, 1]);
    expect(best.before).toBeCloseTo(0.5, 6);
    expect(best.after).toBeCloseTo(0.25, 6);
    expect(now.token).toBe(1);
    expect(kl).toBeCloseTo(0.5 * Math.log(2) - 0.25 * Math.log(2), 6);
    // of fewer tokens than are asked for: all
    expect(compareNext(Float32Array.of(a, b, b), Float32Array.of(b, a, b), 12).rows).toHaveLength(3);
  });
});
