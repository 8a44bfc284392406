import { describe, expect, it } from 'vitest';
import { slideTo } from '../../../src/lib/viz/qkv/slider-keys';

describe('slideTo(key, value, count)', () => {
  it('goes forward with right and up, back with left and down, and stops at the ends', () => {
    expect(slideTo('ArrowRight', 3, 5)).toBe(4);
    expect(slideTo('ArrowUp', 4, 5)).toBe(4);
    expect(slideTo('ArrowLeft', 3, 5)).toBe(2);
    expect(slideTo('ArrowDown', 0, 5)).toBe(0);
    expect(slideTo('PageUp', 0, 50)).toBe(10);
  });

  it('starts at the first when there is no value yet, or at the last with End', () => {
    expect(slideTo('ArrowRight', null, 5)).toBe(0);
    expect(slideTo('End', null, 5)).toBe(4);
  });

  it('leaves other keys alone', () => {
    expect(slideTo('a', 3, 5)).toBeUndefined();
  });
});
