import { describe, expect, it } from 'vitest';
import {
  dotProducts,
  dotRow,
  fittingAttention,
  scaleScores,
  stageValues
} from '../../../src/lib/viz/attention/scores.ts';

// Two tokens, two heads of width 4. Head 1 by hand: q0 = [1, 0, 2, 0], q1 = [0, 3, 0, 1]; k0 = [1, 1, 1, 1], k1 = [2, 0, -1, 4].
const shape = { T: 2, n_head: 2, d_head: 4 };
const q = Float32Array.of(9, 9, 9, 9, 1, 0, 2, 0, 9, 9, 9, 9, 0, 3, 0, 1);
const k = Float32Array.of(7, 7, 7, 7, 1, 1, 1, 1, 7, 7, 7, 7, 2, 0, -1, 4);
const pattern = Float32Array.of(1, 0, 0.25, 0.75);
const attn_scores = Float32Array.of(1.5, -Infinity, 2, 2);
const block = { q, k, pattern, attn_scores };

describe('dotProducts(q, k, shape, head)', () => {
  it('multiplies every query with every key of that head, above the diagonal too', () => {
    expect([...dotProducts(q, k, shape, 1)]).toEqual([3, 0, 4, 4]);
    expect([...dotRow(q, k, shape, 1, 0)]).toEqual([3, 0]);
  });
});

describe('scaleScores(dots, d_head)', () => {
  it('divides by the square root of d_head', () => {
    expect([...scaleScores(Float64Array.of(3, 0, 4, 4), 4)]).toEqual([1.5, 0, 2, 2]);
  });
});

describe('stageValues(stage, block, shape, head)', () => {
  it('follows a head through the four stages', () => {
    const at = (stage: 'qk' | 'scaled' | 'masked' | 'softmax') => [
      ...(stageValues(stage, block, shape, 1) ?? [])
    ];
    expect(at('qk')).toEqual([3, 0, 4, 4]);
    expect(at('scaled')).toEqual([1.5, 0, 2, 2]);
    expect(at('masked')).toEqual([1.5, -Infinity, 2, 2]);
    expect(at('softmax')).toEqual([1, 0, 0.25, 0.75]);
  });

  it('is undefined while its array is not loaded', () => {
    const none = { q, k: undefined, pattern: undefined, attn_scores: undefined };
    for (const stage of ['qk', 'scaled', 'masked', 'softmax'] as const) {
      expect(stageValues(stage, none, shape, 0)).toBeUndefined();
    }
  });
});

describe('fittingAttention(block, shape)', () => {
  it('drops arrays of another length and keeps the rest', () => {
    const other = fittingAttention({ ...block, pattern: new Float32Array(9) }, shape);
    expect(other.pattern).toBeUndefined();
    expect(other.q).toBe(q);
  });
});
