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
  mostZoom,
  shortLabel,
  zoomMatrix
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

  it.each([65, 128, 331, 512, 1024])('shows all of %i tokens in the width', (T) => {
    const layout = layoutMatrix(labels(T), 396);
    expect(layout.width).toBeLessThanOrEqual(397);
    expect(layout.cell).toBeGreaterThan(0);
    expect(layout.side).toBeCloseTo(T * layout.cell);
    expect(layout.labelStep).toBe(Math.ceil(13 / layout.cell));
  });

  it('uses the width of a large screen, and no more than its height', () => {
    expect(layoutMatrix(labels(65), 1100).cell).toBeGreaterThan(15);
    expect(layoutMatrix(labels(14), 1100).cell).toBe(48);
    const low = layoutMatrix(labels(65), 1100, 600);
    expect(low.height).toBeLessThanOrEqual(600);
    expect(low.cell).toBeLessThan(9);
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

describe('zoomMatrix(layout, { k, x, y })', () => {
  const fitted = layoutMatrix(labels(100), 396);
  const zoomed = zoomMatrix(fitted, { k: 4, x: 0.5, y: 0.75 });

  it('shows larger cells through the same square', () => {
    expect(zoomed.cell).toBeCloseTo(4 * fitted.cell);
    expect([zoomed.side, zoomed.width, zoomed.height]).toEqual([fitted.side, fitted.width, fitted.height]);
    expect(cellAt(zoomed, 0, 0)).toEqual({ query: 75, key: 50 });
    expect(cellAt(zoomed, fitted.side - 0.1, fitted.side - 0.1)).toEqual({ query: 99, key: 74 });
    expect(cellX(zoomed, 50)).toBeCloseTo(zoomed.left);
    expect(cellY(zoomed, 75)).toBeCloseTo(zoomed.top);
  });

  it('goes until a cell has 32 px, and leaves large cells as they are', () => {
    expect(zoomMatrix(fitted, { k: mostZoom(fitted), x: 0, y: 0 }).cell).toBeCloseTo(32);
    expect(mostZoom(layoutMatrix(labels(3), 396))).toBe(1);
  });

  it('draws the pairs in view only', () => {
    const cells = layoutCells(zoomed, true);
    expect(cells[0]).toEqual({ query: 75, key: 50 });
    expect(cells.every(({ query, key }) => query >= 75 && key >= 50 && key <= 75)).toBe(true);
    expect(labelled(zoomed, [3, 80], [75, 100])).toContain(80);
    expect(labelled(zoomed, [3], [75, 100])[0]).toBeGreaterThanOrEqual(75);
  });
});

describe('layoutCells(layout, causal)', () => {
  it('lists every pair, or those with key ≤ query', () => {
    expect(layoutCells(layoutMatrix(labels(3), 396), false)).toHaveLength(9);
    expect(layoutCells(layoutMatrix(labels(2), 396), true)).toEqual([
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
    expect(moveCell(at, 'Tab', 3)).toBeUndefined();
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
