import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, ShapeError } from '../../../src/lib/gpt2/errors.ts';
import {
  entropy,
  klDivergence,
  processDistribution,
  rankOf,
  topTokens,
  type SamplingSettings
} from '../../../src/lib/gpt2/numbers/sampling.ts';

interface Fixture {
  logits: Record<string, (number | null)[]>;
  small: (SamplingSettings & { logits: string; kept: number; probabilities: number[] })[];
  large: (SamplingSettings & { kept: number; best_ids: number[]; best_probabilities: number[] })[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/sampling.json', import.meta.url), 'utf8')
) as Fixture;
const VOCAB_SIZE = 50257;
const TOLERANCE = 1e-6;
const off: SamplingSettings = { temperature: 1, top_k: 0, top_p: 1 };
const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index])));
const descending = (values: ArrayLike<number>): number[] => Array.from(values).sort((a, b) => b - a);

/** Of probabilities 0.4, 0.3, 0.2, 0.1, in another order. */
const logits = Float32Array.from([0.2, 0.4, 0.1, 0.3], Math.log);
const keptIds = (settings: Partial<SamplingSettings>, of: ArrayLike<number> = logits): number[] =>
  [...processDistribution(of, { ...off, ...settings }).kept].flatMap((kept, id) => (kept ? [id] : []));

describe('processDistribution(logits, settings)', () => {
  const vectors = Object.fromEntries(
    Object.entries(fixture.logits).map(([name, list]) => [
      name,
      Float32Array.from(list, (x) => x ?? -Infinity)
    ])
  );

  it.each(fixture.small)(
    'agrees with Hugging Face on $logits at temperature $temperature, top_k $top_k, top_p $top_p',
    ({ logits: name, kept, probabilities, ...settings }) => {
      const processed = processDistribution(vectors[name], settings);
      expect(processed.keptCount).toBe(kept);
      expect(sum(processed.kept)).toBe(kept);
      // Which of several equal tokens top-p cuts is left to the sort; ours keeps the lower ids.
      const order =
        name === 'ties' && settings.top_p < 1
          ? descending
          : (values: ArrayLike<number>) => Array.from(values);
      expect(largestDifference(order(processed.probabilities), order(probabilities))).toBeLessThan(TOLERANCE);
    }
  );

  it.each(fixture.large)(
    'agrees over the whole vocabulary at temperature $temperature, top_k $top_k, top_p $top_p',
    ({ kept, best_ids, best_probabilities, ...settings }) => {
      const formula = Float32Array.from(
        { length: VOCAB_SIZE },
        (_, i) => ((i * 7919) % VOCAB_SIZE) / 5025.7 - 80 + (i % 1000 === 7 ? 6 : 0)
      );
      const { probabilities, keptCount } = processDistribution(formula, settings);
      expect(keptCount).toBe(kept);
      expect(sum(probabilities)).toBeCloseTo(1, 10);
      const ours = best_ids.map((id) => probabilities[id]);
      expect(largestDifference(ours, best_probabilities)).toBeLessThan(TOLERANCE);
    }
  );

  it('changes nothing when all is off', () => {
    const { before, tempered, kept, probabilities, keptCount, massCut } = processDistribution(logits, off);
    expect(largestDifference(before, [0.2, 0.4, 0.1, 0.3])).toBeLessThan(TOLERANCE);
    expect(tempered).toEqual(before);
    expect(largestDifference(probabilities, before)).toBeLessThan(1e-15);
    expect([...kept]).toEqual([1, 1, 1, 1]);
    expect([keptCount, massCut]).toEqual([4, 0]);
  });

  it('keeps the k best, renormalised, and says what was cut', () => {
    const { before, kept, probabilities, keptCount, massCut } = processDistribution(logits, {
      ...off,
      top_k: 2
    });
    expect([...kept]).toEqual([0, 1, 0, 1]);
    expect(largestDifference(probabilities, [0, 4 / 7, 0, 3 / 7])).toBeLessThan(TOLERANCE);
    expect(keptCount).toBe(2);
    expect(massCut).toBeCloseTo(0.3, 6);
    expect(before[0]).toBeCloseTo(0.2, 6);
  });

  it('keeps every token as good as the k-th', () => {
    expect(keptIds({ top_k: 2 }, [1, 3, 2, 2, 0])).toEqual([1, 2, 3]);
    expect(keptIds({ top_k: 1 }, [5, 5, 5])).toEqual([0, 1, 2]);
  });

  it('keeps the smallest set that reaches p, the token that crosses it included', () => {
    expect(keptIds({ top_p: 0.39 })).toEqual([1]);
    expect(keptIds({ top_p: 0.41 })).toEqual([1, 3]);
    expect(keptIds({ top_p: 0.69 })).toEqual([1, 3]);
    expect(keptIds({ top_p: 0.71 })).toEqual([0, 1, 3]);
    expect(keptIds({ top_p: 0.95 })).toEqual([0, 1, 2, 3]);
  });

  it('keeps the best token however small p is, the lowest id of equal ones', () => {
    expect(keptIds({ top_p: 0 })).toEqual([1]);
    expect(keptIds({ top_p: 1e-9 }, [2, 2, 2, 2])).toEqual([0]);
    expect(keptIds({ top_p: 0.5 }, [2, 2, 2, 2])).toEqual([0, 1]);
  });

  it('applies top-p to what top-k left', () => {
    // of 4/7 and 3/7 the first alone reaches 0.55; of the whole 0.4 it would not
    expect(keptIds({ top_k: 2, top_p: 0.55 })).toEqual([1]);
    expect(keptIds({ top_p: 0.55 })).toEqual([1, 3]);
  });

  it('applies the temperature first', () => {
    // squared, 0.4 has 0.16 / 0.3 = 0.533 of all
    expect(keptIds({ temperature: 0.5, top_p: 0.5 })).toEqual([1]);
    expect(keptIds({ top_p: 0.5 })).toEqual([1, 3]);
  });

  it('never keeps -Infinity, even if that leaves fewer than k', () => {
    expect(keptIds({ top_k: 3 }, [-Infinity, 1, -Infinity, 2])).toEqual([1, 3]);
    expect(keptIds({}, [-Infinity, 1])).toEqual([1]);
  });

  it('survives a huge difference and a single token', () => {
    expect([...processDistribution([0, -5000], { ...off, top_p: 0.99 }).probabilities]).toEqual([1, 0]);
    expect([...processDistribution([3], { temperature: 2, top_k: 1, top_p: 0.1 }).probabilities]).toEqual([
      1
    ]);
  });

  it.each([{ top_k: -1 }, { top_k: 1.5 }, { top_k: NaN }, { top_p: -0.1 }, { top_p: 1.1 }, { top_p: NaN }])(
    'refuses %o',
    (wrong) => expect(() => processDistribution(logits, { ...off, ...wrong })).toThrow(InputError)
  );

  it('refuses temperature 0', () => {
    expect(() => processDistribution(logits, { ...off, temperature: 0 })).toThrow(/take the best token/);
  });

  it('always leaves a distribution over at least one token', () => {
    const settings = fc.record({
      temperature: fc.double({ min: 0.01, max: 10, noNaN: true }),
      top_k: fc.nat(12),
      top_p: fc.double({ min: 0, max: 1, noNaN: true })
    });
    const values = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(values, settings, (list, chosen) => {
        const { probabilities, keptCount, massCut } = processDistribution(list, chosen);
        expect(keptCount).toBeGreaterThan(0);
        expect(sum(probabilities)).toBeCloseTo(1, 10);
        expect(massCut).toBeGreaterThanOrEqual(0);
        expect(massCut).toBeLessThan(1);
      })
    );
  });
});

describe('topTokens(values, n)', () => {
  it('gives the best first, of equal ones the lower id', () => {
    expect(topTokens([1, 5, 3, 5, 2], 3)).toEqual([1, 3, 2]);
    expect(topTokens([4, 4, 4], 2)).toEqual([0, 1]);
    expect(topTokens([-Infinity, 0, -Infinity], 3)).toEqual([1, 0, 2]);
    expect(topTokens([1, 2], 0)).toEqual([]);
  });

  it('agrees with sorting everything, for few and for many', () => {
    const values = Float32Array.from({ length: 1000 }, (_, id) => (id * 37) % 101);
    const sorted = Array.from(values, (_, id) => id).sort((a, b) => values[b] - values[a] || a - b);
    for (const n of [1, 10, 128, 129, 1000]) expect(topTokens(values, n)).toEqual(sorted.slice(0, n));
  });

  it('refuses NaN and more than there are', () => {
    expect(() => topTokens([1, NaN], 1)).toThrow(/values\[1\]/);
    expect(() => topTokens([1], 2)).toThrow(InputError);
    expect(() => topTokens([1], 0.5)).toThrow(InputError);
  });
});

describe('rankOf(logits, id)', () => {
  it('is the place in topTokens, from 1', () => {
    const values = [1, 5, 3, 5, 2];
    expect(topTokens(values, 5).map((id) => rankOf(values, id))).toEqual([1, 2, 3, 4, 5]);
    expect(rankOf([-Infinity, 0, -Infinity], 2)).toBe(3);
  });

  it('refuses an unknown id and NaN', () => {
    for (const id of [-1, 2, 0.5]) expect(() => rankOf([1, 2], id)).toThrow(InputError);
    expect(() => rankOf([NaN], 0)).toThrow(/NaN has no rank/);
  });
});

describe('entropy(p)', () => {
  it('is ln n for n equal shares, 0 for certainty', () => {
    expect(entropy([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(Math.log(4), 14);
    expect(entropy([0, 1, 0])).toBe(0);
  });

  it('is 1.5 ln 2 for 1/2, 1/4, 1/4', () => {
    expect(entropy([0.5, 0.25, 0.25])).toBeCloseTo(1.5 * Math.LN2, 14);
  });
});

describe('klDivergence(p, q)', () => {
  it('weighs by p: not the same both ways', () => {
    expect(klDivergence([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.5 * Math.log(4 / 3), 14); // (ln 2 + ln(2/3)) / 2
    expect(klDivergence([0.25, 0.75], [0.5, 0.5])).toBeCloseTo(0.75 * Math.log(3) - Math.log(2), 14);
  });

  it('is 0 for equal ones, also where both are 0', () => {
    expect(klDivergence([0.3, 0.7, 0], [0.3, 0.7, 0])).toBe(0);
    expect(klDivergence([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 14);
  });

  it('is Infinity where q rules out what p has', () => {
    expect(klDivergence([0.5, 0.5], [1, 0])).toBe(Infinity);
  });

  it('names both lengths when they differ', () => {
    expect(() => klDivergence([1], [0.5, 0.5])).toThrow(ShapeError);
    expect(() => klDivergence([1], [0.5, 0.5])).toThrow('klDivergence: q must be [1], got [2].');
  });
});
