import { describe, expect, it } from 'vitest';
import { columnWindow, scrollToColumn } from '../../../src/lib/viz/logit-lens/window';

describe('columnWindow(T, scrollLeft, width, columnWidth)', () => {
  it('draws every column of a short prompt', () => {
    expect(columnWindow(64, 500, 800, 50)).toEqual({ first: 0, end: 64, before: 0, after: 0 });
  });

  it('draws what is in view and eight columns on either side', () => {
    // columns 20..29 are in view
    expect(columnWindow(512, 1000, 500, 50)).toEqual({
      first: 12,
      end: 38,
      before: 600,
      after: (512 - 38) * 50
    });
  });

  it('holds the last column at the right end, and never changes the whole width', () => {
    const end = columnWindow(512, 512 * 50 - 500, 500, 50);
    expect(end.end).toBe(512);
    expect(end.before + (end.end - end.first) * 50 + end.after).toBe(512 * 50);
    expect(columnWindow(512, 1e9, 500, 50).end).toBe(512);
  });
});

describe('scrollToColumn(column, scrollLeft, width, columnWidth)', () => {
  it('moves no further than it must', () => {
    expect(scrollToColumn(3, 100, 500, 50)).toBe(100); // in view
    expect(scrollToColumn(1, 100, 500, 50)).toBe(50); // left of it
    expect(scrollToColumn(20, 100, 500, 50)).toBe(550); // right of it: 1050 − 500
  });
});
