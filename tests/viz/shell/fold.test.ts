import { describe, expect, it } from 'vitest';
import { foldOf, isFolded } from '../../../src/lib/viz/shell/fold.ts';

describe('foldOf(full, line, folded)', () => {
  it('lets the difference scroll away before the rows stick', () => {
    expect(foldOf(140, 50, false)).toEqual({ top: -90, margin: 0 });
  });

  it('keeps the difference as a margin when folded, so that the page is as high as before', () => {
    const { top, margin } = foldOf(140, 50, true);
    expect([top, 50 + margin]).toEqual([0, 140]);
  });

  it('moves nothing before both heights are known, or where the line is the higher', () => {
    expect(foldOf(0, 50, false)).toEqual({ top: 0, margin: 0 });
    expect(foldOf(40, 50, true)).toEqual({ top: 0, margin: 0 });
  });
});

describe('isFolded(placeTop, full, line)', () => {
  it('holds from where the line covers no more than the row would', () => {
    expect(isFolded(-89, 140, 50)).toBe(false);
    expect(isFolded(-90, 140, 50)).toBe(true);
    expect(isFolded(-400, 140, 50)).toBe(true);
  });

  it('does not hold where folding would win nothing', () => {
    expect(isFolded(-400, 50, 50)).toBe(false);
  });
});
