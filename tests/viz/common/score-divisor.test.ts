import { describe, expect, it } from 'vitest';
import { scoreFactor } from '../../../src/lib/gpt2/model/score-factor.ts';
import { scoreDivisor } from '../../../src/lib/viz/common/score-divisor';

describe('scoreDivisor(d_head, factor)', () => {
  // d_head = 16, √16 = 4; block 2 divides by 3 besides where scale_attn_by_inverse_layer_idx is set
  it.each([
    [true, false, 4, '√16'],
    [true, true, 12, '(√16 · 3)'],
    [false, false, 1, '1'],
    [false, true, 3, '3']
  ])('scale_attn_weights %s, by inverse layer %s: %d, written %s', (weights, inverse, value, text) => {
    const config = {
      n_embd: 32,
      n_head: 2,
      scale_attn_weights: weights,
      scale_attn_by_inverse_layer_idx: inverse
    };
    const divisor = scoreDivisor(16, scoreFactor(config, 2));
    expect(divisor.value).toBeCloseTo(value, 12);
    expect(divisor.text).toBe(text);
  });
});
