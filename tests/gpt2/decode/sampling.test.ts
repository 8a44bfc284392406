import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processScores } from '../../../src/lib/gpt2/decode/processors.ts';
import type { SamplingSettings } from '../../../src/lib/gpt2/decode/table.ts';
import { InputError } from '../../../src/lib/gpt2/errors.ts';

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
const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index])));
const descending = (values: ArrayLike<number>): number[] => Array.from(values).sort((a, b) => b - a);

/** Of probabilities 0.4, 0.3, 0.2, 0.1, in another order. */
const logits = Float32Array.from([0.2, 0.4, 0.1, 0.3], Math.log);
/** The three processors that the page's column of next tokens offers. */
const process = (of: ArrayLike<number>, settings: Partial<SamplingSettings>) =>
  processScores(of, [], { do_sample: true, ...settings });
const left = (scores: ArrayLike<number>): number[] =>
  Array.from(scores).flatMap((score, id) => (score > -Infinity ? [id] : []));
const keptIds = (settings: Partial<SamplingSettings>, of: ArrayLike<number> = logits): number[] =>
  left(process(of, settings).scores);

describe('temperature, top-k and top-p of processScores', () => {
  const vectors = Object.fromEntries(
    Object.entries(fixture.logits).map(([name, list]) => [
      name,
      Float32Array.from(list, (x) => x ?? -Infinity)
    ])
  );

  it.each(fixture.small)(
    'agrees with Hugging Face on $logits at temperature $temperature, top_k $top_k, top_p $top_p',
    ({ logits: name, kept, probabilities, ...settings }) => {
      const processed = process(vectors[name], settings);
      expect(left(processed.scores)).toHaveLength(kept);
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
      const { probabilities, scores } = process(formula, settings);
      expect(left(scores)).toHaveLength(kept);
      expect(sum(probabilities)).toBeCloseTo(1, 10);
      const ours = best_ids.map((id) => probabilities[id]);
      expect(largestDifference(ours, best_probabilities)).toBeLessThan(TOLERANCE);
    }
  );

  it('changes nothing when all is off', () => {
    const { before, steps, scores, probabilities } = process(logits, {});
    expect(largestDifference(before, [0.2, 0.4, 0.1, 0.3])).toBeLessThan(TOLERANCE);
    expect(probabilities).toEqual(before);
    expect([...scores]).toEqual([...logits]);
    expect(steps).toEqual([]);
  });

  it('keeps the k best, renormalised, and says what was cut', () => {
    const { before, scores, probabilities, steps } = process(logits, { top_k: 2 });
    expect(left(scores)).toEqual([1, 3]);
    expect(largestDifference(probabilities, [0, 4 / 7, 0, 3 / 7])).toBeLessThan(TOLERANCE);
    expect(steps).toMatchObject([{ name: 'top_k', keptCount: 2, massCut: expect.closeTo(0.3, 6) }]);
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
    expect([...process([0, -5000], { top_p: 0.99 }).probabilities]).toEqual([1, 0]);
    expect([...process([3], { temperature: 2, top_k: 1, top_p: 0.1 }).probabilities]).toEqual([1]);
  });

  it.each([{ top_k: -1 }, { top_k: 1.5 }, { top_k: NaN }, { top_p: -0.1 }, { top_p: 1.1 }, { top_p: NaN }])(
    'refuses %o',
    (wrong) => expect(() => process(logits, wrong)).toThrow(InputError)
  );

  it('refuses temperature 0', () => {
    expect(() => process(logits, { temperature: 0 })).toThrow(/set do_sample to false/);
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
        const { probabilities, scores, steps } = process(list, chosen);
        expect(left(scores).length).toBeGreaterThan(0);
        expect(sum(probabilities)).toBeCloseTo(1, 10);
        for (const { massCut } of steps) {
          expect(massCut).toBeGreaterThanOrEqual(0);
          expect(massCut).toBeLessThan(1);
        }
      })
    );
  });
});
