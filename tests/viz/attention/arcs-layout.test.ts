import { describe, expect, it } from 'vitest';
import {
  chooseLinks,
  columnLink,
  isOnLine,
  layoutColumns,
  mostColumnZoom,
  mostLineZoom,
  rowAt,
  rowMiddle,
  zoomLine,
  othersOf,
  strongLinks,
  layoutLine,
  lineArc,
  lineX,
  linkOpacity,
  linkWidth
} from '../../../src/lib/viz/attention/arcs-layout.ts';

// Three tokens; row = query.
const pattern = [1, 0, 0, 0.1, 0.9, 0, 0.004, 0.006, 0.99];

describe('chooseLinks(pattern, T, query)', () => {
  it('draws what has 1 % or more and counts the rest', () => {
    const { links, leftOut } = chooseLinks(pattern, 3, 2);
    expect(links).toEqual([{ query: 2, key: 2, probability: 0.99 }]);
    expect(leftOut.keys).toBe(2);
    expect(leftOut.probability).toBeCloseTo(0.01);
  });
  it('never looks past the query', () => {
    expect(chooseLinks(pattern, 3, 0)).toEqual({
      links: [{ query: 0, key: 0, probability: 1 }],
      leftOut: { keys: 0, probability: 0 }
    });
  });
});

describe('othersOf(strongLinks(pattern, T), focused)', () => {
  it('gives the strong links of the other queries, strongest first', () => {
    expect(othersOf(strongLinks(pattern, 3), 0).map(({ query, key }) => [query, key])).toEqual([
      [2, 2],
      [1, 1]
    ]);
  });
});

describe('linkWidth(probability), linkOpacity(probability)', () => {
  it('run from 1 to 8 px and from 0.25 to 0.95', () => {
    expect([linkWidth(0), linkWidth(1)]).toEqual([1, 8]);
    expect(linkOpacity(0)).toBe(0.25);
    expect(linkOpacity(1)).toBeCloseTo(0.95);
  });
});

const WHOLE = { k: 1, x: 0, y: 0 };

describe('columnLink(layout, { query, key }, width)', () => {
  it('runs from the middle of the query’s row to the middle of the key’s', () => {
    const layout = layoutColumns(3, 520, WHOLE);
    expect(columnLink(layout, { query: 1, key: 0 }, 100)).toBe('M0,36C50,36,50,12,100,12');
  });
});

describe('layoutColumns(T, height, place)', () => {
  it('gives 24 px a token where there is room, and never more than the height', () => {
    expect(layoutColumns(3, 520, WHOLE)).toMatchObject({ row: 24, height: 72, labelStep: 1 });
    expect(layoutColumns(65, 520, WHOLE)).toMatchObject({ row: 8, height: 520, labelStep: 3 });
  });
  it('zooms until every token has its label, about the part that is seen', () => {
    const most = mostColumnZoom(65, 520);
    expect(most).toBe(3);
    const zoomed = layoutColumns(65, 520, { k: most, x: 0, y: 0.5 });
    expect(zoomed).toMatchObject({ row: 24, height: 520, labelStep: 1 });
    expect(rowAt(zoomed, 0)).toBe(32);
    expect(rowMiddle(zoomed, 32)).toBeCloseTo(0);
    expect([rowAt(zoomed, -5000), rowAt(zoomed, 5000)]).toEqual([0, 64]);
  });
});

describe('layoutLine(labels, width)', () => {
  it('spreads a short prompt over the width, without leaning labels', () => {
    const layout = layoutLine(['ab', 'cd', 'ef'], 228);
    expect(layout).toMatchObject({ start: 14, step: 96, leaning: false });
    expect(lineX(layout, 2)).toBe(206);
  });
  it('leans labels that are wider than the step', () => {
    expect(
      layoutLine(
        Array.from({ length: 20 }, () => '·store'),
        380
      ).leaning
    ).toBe(true);
  });
  it.each([65, 512])('fits %i tokens into the figure, and labels some of them', (T) => {
    const layout = layoutLine(
      Array.from({ length: T }, () => 'a'),
      380
    );
    expect(layout.width).toBeLessThanOrEqual(380);
    expect(layout.labelStep).toBe(Math.ceil(16 / layout.step));
    const zoomed = zoomLine(layout, { k: mostLineZoom(layout), x: 0.5, y: 0 });
    expect(zoomed).toMatchObject({ labelStep: 1, left: layout.left, seen: layout.seen });
    expect(zoomed.step).toBeCloseTo(32);
    expect(lineX(zoomed, T / 2 - 0.5)).toBeCloseTo(layout.left);
    expect([isOnLine(zoomed, 0), isOnLine(zoomed, Math.ceil(T / 2))]).toEqual([false, true]);
  });
  it('takes a single token', () => {
    expect(layoutLine(['a'], 380).width).toBe(28);
  });
});

describe('lineArc(layout, { query, key })', () => {
  const layout = { ...layoutLine(['a', 'b', 'c'], 228), start: 10, step: 20, base: 60 };
  it('stands on the base line at both tokens', () => {
    expect(lineArc(layout, { query: 2, key: 0 })).toBe('M50,60C50,0 10,0 10,60');
  });
  it('draws a loop from a token to itself', () => {
    expect(lineArc(layout, { query: 1, key: 1 })).toBe('M30,60C14,30 46,30 30,60');
  });
});
