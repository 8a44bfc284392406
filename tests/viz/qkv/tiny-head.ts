import type { HeadActivations } from '../../../src/lib/viz/qkv/story';

/** Weight of key 0 for the query at position 1: 1 / (1 + e^(1.5 / √2)), by hand. */
export const WEIGHT_0 = 0.2571832;
export const WEIGHT_1 = 1 - WEIGHT_0;

/**
 * Two positions, two heads of two components; head 0 is all zeros, head 1 is worked out by hand:
 * q₁ = [1, 2], k₀ = [3, −1], k₁ = [0.5, 1], so q₁·k₀ = 3 − 2 = 1 and q₁·k₁ = 0.5 + 2 = 2.5.
 */
export function tinyHead(): HeadActivations {
  const head1 = (position0: number[], position1: number[]) =>
    Float32Array.from([0, 0, ...position0, 0, 0, ...position1]);
  const [s0, s1] = [1 / Math.SQRT2, 2.5 / Math.SQRT2];
  return {
    n_head: 2,
    d_head: 2,
    q: head1([2, 0], [1, 2]),
    k: head1([3, -1], [0.5, 1]),
    v: head1([4, 0], [0, 4]),
    z: head1([4, 0], [4 * WEIGHT_0, 4 * WEIGHT_1]),
    attn_scores: Float32Array.from([6 / Math.SQRT2, -Infinity, s0, s1]),
    pattern: Float32Array.from([1, 0, WEIGHT_0, WEIGHT_1])
  };
}
