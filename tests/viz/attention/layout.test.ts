import { describe, expect, it } from 'vitest';
import {
  cellAt,
  cellX,
  cellY,
  clickCell,
  labelled,
  labelWidth,
  layoutCells,
  layoutMatrix,
  maskedOutline,
  moveCell,
  scrollToShow,
  shortLabel
} from '../../../src/lib/viz/attention/layout.ts';

const labels = (T: number): string[] => Array.from({ length: T }, () => '·to');

describe('layoutMatrix(labels, width)', () => {
  it('fits a short prompt into the width', () => {
    const layout = layoutMatrix(labels(14), 396);
    expect(layout.width).toBeLessThanOrEqual(396);
    expect(layout.cell).toBeGreaterThan(20);
    expect(layout.gap).toBe(1);
    expect(layout.labelStep).toBe(1);
  });

  it('does not blow one token up', () => {
    expect(layoutMatrix(labels(1), 396).cell).toBe(32);
  });

  it('keeps cells at 6 px, and scrolls, up to 128 tokens', () => {
    const layout = layoutMatrix(labels(128), 396);
    expect(layout.cell).toBe(6);
    expect(layout.width).toBeGreaterThan(128 * 6);
    expect(layout.labelStep).toBe(3);
  });

  it('goes down to 1.5 px at 512 tokens, with sparse labels', () => {
    const layout = layoutMatrix(labels(512), 396);
    expect(layout.cell).toBe(1.5);
    expect(layout.gap).toBe(0);
    expect(layout.labelStep).toBe(9);
  });

  it('asks for a label a token', () => {
    expect(() => layoutMatrix([], 396)).toThrow('layoutMatrix: labels must be one a token, got none.');
  });
});

describe('labelWidth(label)', () => {
  it('takes 6.6 px for a Latin letter and 11 px for a CJK one', () => {
    expect(labelWidth('ab')).toBeCloseTo(13.2);
    expect(labelWidth('中')).toBe(11);
  });
});

describe('shortLabel(label)', () => {
  it('cuts at 12 characters', () => {
    expect(shortLabel('·straightforward')).toBe('·straightfo…');
    expect(shortLabel('·twelve·char')).toBe('·twelve·char');
  });
});

describe('cellAt(layout, x, y)', () => {
  const layout = { ...layoutMatrix(labels(3), 396), cell: 10 };
  it('turns a point into a pair', () => {
    expect(cellAt(layout, 25, 9)).toEqual({ query: 0, key: 2 });
  });
  it('is null beside the map', () => {
    expect(cellAt(layout, 30, 5)).toBeNull();
    expect(cellAt(layout, 5, -1)).toBeNull();
  });
});

describe('layoutCells(T, causal)', () => {
  it('lists every pair, or those with key ≤ query', () => {
    expect(layoutCells(3, false)).toHaveLength(9);
    expect(layoutCells(2, true)).toEqual([
      { query: 0, key: 0 },
      { query: 1, key: 0 },
      { query: 1, key: 1 }
    ]);
  });
});

describe('maskedOutline(layout)', () => {
  it('steps down along the diagonal and back along the right edge', () => {
    const layout = { ...layoutMatrix(labels(3), 396), cell: 10, left: 0, top: 0 };
    expect([cellX(layout, 2), cellY(layout, 1)]).toEqual([20, 10]);
    expect(maskedOutline(layout)).toBe('M30,0H10V10H20V20H30Z');
  });
  it('is empty for one token', () => {
    expect(maskedOutline(layoutMatrix(labels(1), 396))).toBe('');
  });
});

describe('labelled(layout, focused)', () => {
  const layout = { ...layoutMatrix(labels(12), 396), labelStep: 5 };
  it('keeps every fifth, and lets the focused one push its neighbours out', () => {
    expect(labelled(layout, [])).toEqual([0, 5, 10]);
    expect(labelled(layout, [7, null])).toEqual([0, 7]);
  });
});

describe('moveCell(cell, pressed, T)', () => {
  const at = { query: 1, key: 1 };
  it('moves with the arrows and stays inside', () => {
    expect(moveCell(at, 'ArrowUp', 3)).toEqual({ query: 0, key: 1 });
    expect(moveCell({ query: 2, key: 2 }, 'ArrowRight', 3)).toEqual({ query: 2, key: 2 });
  });
  it('goes to the first key, the query’s own key, the first and the last query', () => {
    expect(moveCell({ query: 2, key: 1 }, 'Home', 4)).toEqual({ query: 2, key: 0 });
    expect(moveCell({ query: 2, key: 1 }, 'End', 4)).toEqual({ query: 2, key: 2 });
    expect(moveCell(at, 'PageUp', 4)).toEqual({ query: 0, key: 1 });
    expect(moveCell(at, 'PageDown', 4)).toEqual({ query: 3, key: 1 });
  });
  it('leaves other keys alone', () => {
    expect(moveCell(at, 'Tab', 3)).toBeNull();
  });
});

describe('scrollToShow(start, size, offset, view)', () => {
  it('moves as little as it can', () => {
    expect(scrollToShow(50, 10, 0, 100)).toBe(0);
    expect(scrollToShow(5, 10, 20, 100)).toBe(5);
    expect(scrollToShow(200, 10, 0, 100)).toBe(110);
  });
});

describe('clickCell(cell, position, key)', () => {
  it('locks the pair, and frees the key on the second click', () => {
    expect(clickCell({ query: 3, key: 1 }, 5, null)).toEqual({ position: 3, key: 1 });
    expect(clickCell({ query: 3, key: 1 }, 3, 1)).toEqual({ position: 3, key: null });
  });
  it('locks only the query where the mask hides the key', () => {
    expect(clickCell({ query: 1, key: 2 }, 5, 1)).toEqual({ position: 1, key: null });
  });
});
