import { describe, expect, it } from 'vitest';
import {
  chooseLinks,
  columnLink,
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

describe('columnLink({ query, key }, width)', () => {
  it('runs from the middle of the query’s row to the middle of the key’s', () => {
    expect(columnLink({ query: 1, key: 0 }, 100)).toBe('M0,36C50,36,50,12,100,12');
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
  it('grows wider than the figure rather than closer than 16 px', () => {
    const layout = layoutLine(
      Array.from({ length: 512 }, () => 'a'),
      380
    );
    expect(layout.step).toBe(16);
    expect(layout.width).toBeGreaterThan(511 * 16);
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
