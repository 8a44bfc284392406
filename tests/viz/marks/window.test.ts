import { describe, expect, it } from 'vitest';
import { itemWindow, scrollToItem } from '../../../src/lib/viz/marks/window';

describe('itemWindow(count, scroll, room, size)', () => {
  it('draws every column of a short prompt', () => {
    expect(itemWindow(64, 500, 800, 50)).toEqual({ first: 0, end: 64, before: 0, after: 0 });
  });

  it('draws what is in view and eight columns on either side', () => {
    // columns 20..29 are in view
    expect(itemWindow(512, 1000, 500, 50)).toEqual({
      first: 12,
      end: 38,
      before: 600,
      after: (512 - 38) * 50
    });
  });

  it('holds the last column at the right end, and never changes the whole width', () => {
    const end = itemWindow(512, 512 * 50 - 500, 500, 50);
    expect(end.end).toBe(512);
    expect(end.before + (end.end - end.first) * 50 + end.after).toBe(512 * 50);
    expect(itemWindow(512, 1e9, 500, 50).end).toBe(512);
  });
});

describe('scrollToItem(item, scroll, room, size)', () => {
  it('moves no further than it must', () => {
    expect(scrollToItem(3, 100, 500, 50)).toBe(100); // in view
    expect(scrollToItem(1, 100, 500, 50)).toBe(50); // left of it
    expect(scrollToItem(20, 100, 500, 50)).toBe(550); // right of it: 1050 − 500
  });
});
