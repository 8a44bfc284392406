import { describe, expect, it } from 'vitest';
import { arrowStep, moveInGrid, moveInLines, moveInRow, slideTo } from '../../../src/lib/viz/marks/keys';

describe('arrowStep(key)', () => {
  it('points to the right and downwards, and knows no other key', () => {
    expect(arrowStep('ArrowRight')).toEqual({ across: 1, down: 0 });
    expect(arrowStep('ArrowUp')).toEqual({ across: 0, down: -1 });
    expect(arrowStep('Home')).toBeUndefined();
  });
});

describe('moveInRow(key, index, count)', () => {
  it('goes round at the ends and leaves other keys alone', () => {
    expect(moveInRow('ArrowRight', 2, 3)).toBe(0);
    expect(moveInRow('ArrowDown', 0, 3)).toBe(1);
    expect(moveInRow('ArrowUp', 0, 3)).toBe(2);
    expect(moveInRow('Home', 2, 3)).toBe(0);
    expect(moveInRow('End', 0, 3)).toBe(2);
    expect(moveInRow('a', 0, 3)).toBeUndefined();
    expect(moveInRow('End', 0, 0)).toBeUndefined();
  });
});

describe('moveInGrid(key, place, size)', () => {
  const size = { rows: 3, columns: 5 };
  it('moves by one and stops at the edges', () => {
    expect(moveInGrid('ArrowDown', { row: 1, column: 2 }, size)).toEqual({ row: 2, column: 2 });
    expect(moveInGrid('ArrowDown', { row: 2, column: 2 }, size)).toEqual({ row: 2, column: 2 });
    expect(moveInGrid('ArrowUp', { row: 0, column: 2 }, size)).toEqual({ row: 0, column: 2 });
    expect(moveInGrid('ArrowLeft', { row: 1, column: 0 }, size)).toEqual({ row: 1, column: 0 });
    expect(moveInGrid('ArrowRight', { row: 1, column: 4 }, size)).toEqual({ row: 1, column: 4 });
  });

  it('goes to the ends of the row, and leaves other keys alone', () => {
    expect(moveInGrid('Home', { row: 1, column: 2 }, size)).toEqual({ row: 1, column: 0 });
    expect(moveInGrid('End', { row: 1, column: 2 }, size)).toEqual({ row: 1, column: 4 });
    expect(moveInGrid('PageDown', { row: 1, column: 2 }, size)).toBeUndefined();
  });

  it('stays inside a column that is shorter than the one it comes from', () => {
    const ragged = { rows: (column: number) => [4, 2][column], columns: 2 };
    expect(moveInGrid('ArrowRight', { row: 3, column: 0 }, ragged)).toEqual({ row: 1, column: 1 });
    expect(moveInGrid('ArrowDown', { row: 1, column: 1 }, ragged)).toEqual({ row: 1, column: 1 });
  });
});

describe('moveInLines(key, index, lines)', () => {
  const lines = { count: 12, perLine: 5 }; // 0 to 4, 5 to 9, 10 and 11
  it('moves by one into the next line, and by a line', () => {
    expect(moveInLines('ArrowRight', 4, lines)).toBe(5);
    expect(moveInLines('ArrowLeft', 0, lines)).toBe(0);
    expect(moveInLines('ArrowDown', 1, lines)).toBe(6);
    expect(moveInLines('ArrowUp', 11, lines)).toBe(6);
  });

  it('stays where there is no item above or below, or goes to the end', () => {
    expect(moveInLines('ArrowDown', 8, lines)).toBeUndefined();
    expect(moveInLines('ArrowUp', 2, lines)).toBeUndefined();
    expect(moveInLines('ArrowDown', 8, { ...lines, toEnds: true })).toBe(11);
    expect(moveInLines('ArrowUp', 2, { ...lines, toEnds: true })).toBe(0);
  });

  it('goes round at the ends of all where it should, and never by a line', () => {
    const round = { ...lines, first: 1, round: true };
    expect(moveInLines('ArrowLeft', 1, round)).toBe(11);
    expect(moveInLines('ArrowRight', 11, round)).toBe(1);
    expect(moveInLines('ArrowRight', 4, round)).toBe(5);
    expect(moveInLines('ArrowUp', 2, round)).toBeUndefined();
    expect(moveInLines('ArrowDown', 8, round)).toBeUndefined();
  });

  it('begins at the first item that can be chosen, and moves nothing without one', () => {
    const later = { ...lines, first: 1 };
    expect(moveInLines('Home', 7, later)).toBe(1);
    expect(moveInLines('End', 7, later)).toBe(11);
    expect(moveInLines('ArrowUp', 5, later)).toBeUndefined();
    expect(moveInLines('ArrowLeft', 1, later)).toBe(1);
    expect(moveInLines('End', 0, { count: 0, perLine: 5 })).toBeUndefined();
    expect(moveInLines('a', 3, lines)).toBeUndefined();
  });
});

describe('slideTo(key, value, count)', () => {
  it('goes forward with right and up, back with left and down, and stops at the ends', () => {
    expect(slideTo('ArrowRight', 3, 5)).toBe(4);
    expect(slideTo('ArrowUp', 4, 5)).toBe(4);
    expect(slideTo('ArrowLeft', 3, 5)).toBe(2);
    expect(slideTo('ArrowDown', 0, 5)).toBe(0);
    expect(slideTo('PageUp', 0, 50)).toBe(10);
    expect(slideTo('PageDown', 30, 50)).toBe(20);
    expect(slideTo('Home', 30, 50)).toBe(0);
    expect(slideTo('End', 30, 50)).toBe(49);
  });

  it('starts at the first when there is no value yet, or at the last with End', () => {
    expect(slideTo('ArrowRight', null, 5)).toBe(0);
    expect(slideTo('End', null, 5)).toBe(4);
  });

  it('leaves other keys alone', () => {
    expect(slideTo('a', 3, 5)).toBeUndefined();
    expect(slideTo('End', null, 0)).toBeUndefined();
  });
});
