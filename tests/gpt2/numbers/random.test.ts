import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { sampleIndex, seededRandom } from '../../../src/lib/gpt2/numbers/random.ts';
import { MAX_SEED } from '../../../src/lib/gpt2/numbers/seed.ts';

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/sampling.json', import.meta.url), 'utf8')
) as {
  draws: Record<string, number[]>;
};
const ALMOST_ONE = 1 - 2 ** -53;

describe('seededRandom(seed)', () => {
  it.each(Object.entries(fixture.draws))("draws what NumPy's RandomState(%s) draws", (seed, expected) => {
    const random = seededRandom(Number(seed));
    expect(expected.map(() => random())).toEqual(expected);
  });

  it('repeats itself for a seed, and differs for the next', () => {
    const [first, again, other] = [7, 7, 8].map(seededRandom);
    const draws = Array.from({ length: 100 }, first);
    expect(Array.from({ length: 100 }, again)).toEqual(draws);
    expect(other()).not.toBe(draws[0]);
  });

  it('spreads the first draws of neighbouring seeds', () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => seededRandom(seed)());
    expect(firsts.every((u) => u >= 0 && u < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth++) {
      const count = firsts.filter((u) => Math.floor(u * 10) === tenth).length;
      expect(Math.abs(count - 100)).toBeLessThan(48); // five standard deviations, sqrt(1000 * 0.1 * 0.9) each
    }
  });

  it.each([-1, 0.5, NaN, MAX_SEED + 1])('refuses seed %s', (seed) => {
    expect(() => seededRandom(seed)).toThrow(InputError);
  });
});

describe('sampleIndex(probabilities, u)', () => {
  it('lays the probabilities end to end', () => {
    const pick = (u: number): number => sampleIndex([0.25, 0.5, 0.25], u);
    expect([0, 0.2499, 0.25, 0.7499, 0.75, ALMOST_ONE].map(pick)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('never picks one of probability 0', () => {
    const pick = (u: number): number => sampleIndex([0, 0.5, 0, 0.5, 0], u);
    expect([0, 0.4999, 0.5, ALMOST_ONE].map(pick)).toEqual([1, 1, 3, 3]);
  });

  it('takes the last possible one where rounding leaves the sum under u', () => {
    expect(sampleIndex([0.3, 0.3, 0.3999999999, 0], ALMOST_ONE)).toBe(2);
  });

  it('takes the only token left, whatever the draw', () => {
    for (const u of [0, 0.5, ALMOST_ONE]) expect(sampleIndex([0, 0, 1, 0], u)).toBe(2);
  });

  it('draws with the given frequencies', () => {
    const probabilities = [0.4, 0.3, 0.15, 0.1, 0.05];
    const draws = 20_000;
    const random = seededRandom(0);
    const counts = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < draws; draw++) counts[sampleIndex(probabilities, random())]++;
    const chiSquare = probabilities.reduce(
      (total, p, i) => total + (counts[i] - draws * p) ** 2 / (draws * p),
      0
    );
    expect(chiSquare).toBeLessThan(18.47); // 4 degrees of freedom, p = 0.001
  });

  it.each([-0.1, 1, NaN])('refuses u = %s', (u) => {
    expect(() => sampleIndex([1], u)).toThrow(InputError);
  });

  it('refuses probabilities that are none', () => {
    expect(() => sampleIndex([0, 0], 0.5)).toThrow(/above 0 somewhere/);
    expect(() => sampleIndex([], 0.5)).toThrow(InputError);
    expect(() => sampleIndex([NaN, 1], 0.5)).toThrow(/probabilities\[0\] must be at least 0, got NaN/);
    expect(() => sampleIndex([-0.5, 1.5], 0.5)).toThrow(/got -0.5/);
  });
});
