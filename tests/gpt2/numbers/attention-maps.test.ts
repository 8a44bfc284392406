import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, headFacts, mapHeads, poolPattern } from '../../../src/lib/gpt2/numbers/attention-maps.ts';

describe('headFacts(pattern, T)', () => {
  it('averages over the queries for which position 0, the previous token and the query differ', () => {
    const pattern = [1, 0, 0, 0, 0.5, 0.5, 0, 0, 0.6, 0.3, 0.1, 0, 0.8, 0.05, 0.1, 0.05];
    const facts = headFacts(pattern, 4);
    expect(facts.first).toBeCloseTo(0.7); // (0.6 + 0.8) / 2
    expect(facts.previous).toBeCloseTo(0.2); // (0.3 + 0.1) / 2
    expect(facts.self).toBeCloseTo(0.075); // (0.1 + 0.05) / 2
    expect(facts.queries).toBe(2);
  });
  it('has nothing to average for two tokens', () => {
    expect(headFacts([1, 0, 0.5, 0.5], 2)).toEqual({ first: 0, previous: 0, self: 0, queries: 0 });
  });
});

describe('poolPattern(pattern, T, block)', () => {
  it('keeps the largest probability of each block', () => {
    const pattern = [1, 0, 0, 0.25, 0.75, 0, 0.1, 0.2, 0.7];
    expect([...poolPattern(pattern, 3, 2)]).toEqual([1, 0, 0.2, 0.7].map(Math.fround));
  });

  it('is the pattern itself where a block is one cell', () => {
    expect([...poolPattern([1, 0, 0.25, 0.75], 2, 1)]).toEqual([1, 0, 0.25, 0.75]);
  });

  it('shows a NaN, wherever it stands in its block', () => {
    expect(poolPattern([NaN, 0, 0.25, 0.75], 2, 2)[0]).toBeNaN();
    expect(poolPattern([1, 0, 0.25, NaN], 2, 2)[0]).toBeNaN();
  });

  it('every cell is the largest of its block, and none is left out', () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.float({ min: 0, max: 1, noNaN: true })), ([T, block], next) => {
        const pattern = new Float32Array(T * T);
        for (let query = 0; query < T; query++) {
          for (let key = 0; key <= query; key++) pattern[query * T + key] = next.next().value!;
        }
        const side = Math.ceil(T / block);
        const expected = new Float32Array(side * side);
        pattern.forEach((value, i) => {
          const cell = Math.floor(Math.floor(i / T) / block) * side + Math.floor((i % T) / block);
          expected[cell] = Math.max(expected[cell], value);
        });
        expect(poolPattern(pattern, T, block)).toEqual(expected);
      })
    );
  });
});

describe('mapHeads(n_head, T, stride, mostCells, lookAtHead)', () => {
  it('gives every head its map and facts, read one after another', async () => {
    const heads = [
      Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0.2, 0.3, 0.5),
      Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)
    ];
    let open = 0;
    const maps = await mapHeads(2, 3, 3, 2, async (head, use) => {
      expect(open++).toBe(0);
      await Promise.resolve();
      use(heads[head]);
      open--;
    });
    expect([maps.side, maps.block]).toEqual([2, 2]);
    expect([...maps.values]).toEqual([1, 0, 0.3, 0.5, 1, 0, 0, 1].map(Math.fround));
    for (const head of [0, 1]) {
      const facts = headFacts(heads[head], 3);
      const mapped = factsOf(maps, head, 3);
      expect(mapped.queries).toBe(facts.queries);
      for (const place of ['first', 'previous', 'self'] as const)
        expect(mapped[place]).toBeCloseTo(facts[place], 6);
    }
  });
});
