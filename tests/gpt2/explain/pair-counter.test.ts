import { describe, expect, it } from 'vitest';
import { PairCounter } from '../../../src/lib/gpt2/explain/pair-counter.ts';

const PLACES = 128;

describe('PairCounter', () => {
  it('sums what a pair is given, and tells a pair from its reverse', () => {
    const counter = new PairCounter();
    counter.add(50_256, 0, 0.25);
    counter.add(0, 50_256, 0.5);
    counter.add(50_256, 0, 0.125);
    expect(counter.list()).toEqual([
      { query: 50_256, key: 0, weight: 0.375, count: 2 },
      { query: 0, key: 50_256, weight: 0.5, count: 1 }
    ]);
  });

  it('gives the place and the weight of the lightest pair to a new one where all places are taken', () => {
    const counter = new PairCounter();
    for (let key = 0; key < PLACES; key++) counter.add(1, key, key === 70 ? 0.5 : 1);
    counter.add(2, 3, 0.25);
    const found = counter.list();
    expect(found.length).toBe(PLACES);
    expect(found).toContainEqual({ query: 2, key: 3, weight: 0.75, count: 1 });
    expect(found.filter(({ query, key }) => query === 1 && key === 70)).toEqual([]);
    counter.add(1, 70, 0.25); // the lightest is now the pair that came last
    expect(counter.list()).toContainEqual({ query: 1, key: 70, weight: 1, count: 1 });
  });
});
