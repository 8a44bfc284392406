import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROCESSOR_NAMES, processScores } from '../../../src/lib/gpt2/decode/processors.ts';
import { DEFAULT_SETTINGS, type DecodingSettings } from '../../../src/lib/gpt2/decode/settings.ts';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { topTokens } from '../../../src/lib/gpt2/numbers/ranks.ts';
import { softmax } from '../../../src/lib/gpt2/numbers/softmax.ts';

const draw = (settings: Partial<DecodingSettings>): DecodingSettings => ({
  ...DEFAULT_SETTINGS,
  do_sample: true,
  ...settings
});
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, x) => total + x, 0);
const keptIds = (scores: ArrayLike<number>): number[] =>
  Array.from(scores).flatMap((score, id) => (score > -Infinity ? [id] : []));

/** Of probabilities 0.4, 0.3, 0.2, 0.1, in another order. */
const logits = Float32Array.from([0.2, 0.4, 0.1, 0.3], Math.log);
const kept = (settings: Partial<DecodingSettings>, ids: number[] = [], scores: ArrayLike<number> = logits) =>
  keptIds(processScores(scores, ids, draw(settings)).scores);

describe('processScores(scores, ids, settings)', () => {
  it('changes nothing when all is off', () => {
    const { before, steps, scores, probabilities } = processScores(logits, [1, 2], draw({}));
    expect(steps).toEqual([]);
    expect(scores).toEqual(Float64Array.from(logits));
    expect(probabilities).toEqual(before);
  });

  it('divides a repeated positive score by the penalty and multiplies a negative one, once', () => {
    const { scores } = processScores(
      [3, -3, 2, 0, -Infinity],
      [0, 1, 1, 3, 4],
      draw({ repetition_penalty: 1.5 })
    );
    expect([...scores]).toEqual([2, -4.5, 2, 0, -Infinity]);
  });

  it('removes what followed the same n - 1 tokens before', () => {
    // 5 1 2 / 5 1 3 / 0 5 1: after "5 1" came 2 and 3
    const ids = [5, 1, 2, 5, 1, 3, 0, 5, 1];
    const flat = new Float64Array(6);
    expect(kept({ no_repeat_ngram_size: 3 }, ids, flat)).toEqual([0, 1, 4, 5]);
    expect(kept({ no_repeat_ngram_size: 2 }, ids, flat)).toEqual([0, 1, 4, 5]); // after 1 came 2 and 3
    expect(kept({ no_repeat_ngram_size: 1 }, ids, flat)).toEqual([4]); // every token of the text
    expect(kept({ no_repeat_ngram_size: 10 }, ids, flat)).toEqual([0, 1, 2, 3, 4, 5]); // no run of 10 yet
    expect(kept({ no_repeat_ngram_size: 3 }, [1, 1], flat)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('keeps the tokens of at least min_p times the best probability', () => {
    expect(kept({ min_p: 0.49 })).toEqual([0, 1, 3]); // border 0.196
    expect(kept({ min_p: 0.51 })).toEqual([1, 3]); // border 0.204
    expect(kept({ min_p: 1 })).toEqual([1]);
  });

  it('keeps the tokens whose surprise is nearest to the entropy until they reach typical_p', () => {
    // H = 1.2799; -ln p = 1.609, 0.916, 2.303, 1.204; distances 0.330, 0.364, 1.023, 0.076
    expect(kept({ typical_p: 0.29 })).toEqual([3]);
    expect(kept({ typical_p: 0.31 })).toEqual([0, 3]);
    expect(kept({ typical_p: 0.51 })).toEqual([0, 1, 3]);
    expect(kept({ typical_p: 0.91 })).toEqual([0, 1, 2, 3]);
  });

  it('runs them in the order of Hugging Face and reports each', () => {
    const all = draw({
      repetition_penalty: 1.1,
      no_repeat_ngram_size: 2,
      temperature: 0.9,
      top_k: 3,
      top_p: 0.99,
      min_p: 0.01,
      typical_p: 0.95
    });
    const { before, steps, scores, probabilities } = processScores(logits, [0, 2], all);
    expect(steps.map(({ name }) => name)).toEqual(PROCESSOR_NAMES);
    expect(PROCESSOR_NAMES.join()).toBe(
      'repetition_penalty,no_repeat_ngram_size,temperature,top_k,top_p,min_p,typical_p'
    );
    expect(steps[0].before).toBe(before);
    for (const [i, step] of steps.entries()) if (i > 0) expect(step.before).toBe(steps[i - 1].after);
    expect(steps.at(-1)).toMatchObject({ scores, after: probabilities });
  });

  it('says how many tokens a step removed and how much probability they had', () => {
    const [step] = processScores(logits, [], draw({ top_k: 2 })).steps;
    expect(step).toMatchObject({ name: 'top_k', value: 2, keptCount: 2, removedCount: 2 });
    expect(step.massCut).toBeCloseTo(0.3, 6);
    expect(Array.from(step.after, (p) => Number(p.toFixed(6)))).toEqual([0, 0.571429, 0, 0.428571]);
  });

  it('runs only the penalty and the n-gram rule where the best token is taken', () => {
    const settings = { ...draw({ temperature: 0.5, top_k: 1, repetition_penalty: 2 }), do_sample: false };
    const names = processScores(logits, [0], settings).steps.map(({ name }) => name);
    expect(names).toEqual(['repetition_penalty']);
  });

  it('keeps minKept tokens in every cut', () => {
    const sharp = [10, 0, -1, -2]; // the first has nearly all
    for (const settings of [{ top_k: 1 }, { top_p: 0.1 }, { min_p: 0.9 }, { typical_p: 0.1 }]) {
      const { scores } = processScores(sharp, [], draw(settings), { minKept: 2 });
      expect(keptIds(scores), JSON.stringify(settings)).toEqual([0, 1]);
    }
  });

  it('names the processor that leaves nothing', () => {
    const settings = draw({ no_repeat_ngram_size: 1 });
    expect(() => processScores([1, 2], [0, 1], settings)).toThrow(
      'processScores: no_repeat_ngram_size must be such that a token is left, got 1.'
    );
  });

  it.each([
    { temperature: 0 },
    { temperature: Infinity },
    { top_k: -1 },
    { top_p: 1.1 },
    { min_p: NaN },
    { min_p: 2 },
    { typical_p: 0 },
    { repetition_penalty: 0 },
    { repetition_penalty: -1 },
    { no_repeat_ngram_size: 1.5 }
  ])('refuses %o', (wrong) => {
    expect(() => processScores(logits, [], draw(wrong))).toThrow(InputError);
    expect(() => processScores(logits, [], draw(wrong))).toThrow(Object.keys(wrong)[0]);
  });

  it('refuses NaN and scores of which none is finite', () => {
    expect(() => processScores([0, NaN], [], draw({}))).toThrow(/got NaN/);
    expect(() => processScores([-Infinity], [], draw({}))).toThrow(InputError);
  });
});

describe('properties of processScores', () => {
  const anyScores = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: -200, max: 200, noNaN: true }) },
      { weight: 2, arbitrary: fc.constantFrom(-Infinity, 0, 1, 1) }
    ),
    { minLength: 1, maxLength: 40 }
  );
  /** At least one finite score; equal ones and -Infinity are common. */
  const scores = fc
    .tuple(anyScores, fc.integer({ min: -9, max: 9 }))
    .map(([list, finite]) => [...list, finite]);
  const settings = fc.record({
    do_sample: fc.constant(true),
    temperature: fc.double({ min: 1e-6, max: 100, noNaN: true }),
    top_k: fc.nat(50),
    top_p: fc.double({ min: 0, max: 1, noNaN: true }),
    min_p: fc.double({ min: 0, max: 1, noNaN: true }),
    typical_p: fc.double({ min: 1e-6, max: 1, noNaN: true }),
    repetition_penalty: fc.double({ min: 0.1, max: 10, noNaN: true }),
    no_repeat_ngram_size: fc.constant(0)
  });
  const text = fc.array(fc.nat(60), { maxLength: 20 });

  it('gives a distribution: it adds up to 1, is 0 exactly where removed, and has no NaN', () => {
    fc.assert(
      fc.property(scores, text, settings, (list, ids, chosen) => {
        const { steps, probabilities, scores: processed } = processScores(list, ids, chosen);
        for (const { after, massCut, keptCount } of steps) {
          expect(sum(after)).toBeCloseTo(1, 9);
          expect(massCut).toBeGreaterThanOrEqual(0);
          expect(massCut).toBeLessThan(1 + 1e-9);
          expect(keptCount).toBeGreaterThan(0);
        }
        expect(processed.some(Number.isNaN) || probabilities.some(Number.isNaN)).toBe(false);
        processed.forEach((score, id) => {
          if (score === -Infinity) expect(probabilities[id]).toBe(0);
          if (list[id] === -Infinity) expect(score).toBe(-Infinity);
        });
      }),
      { numRuns: 500 }
    );
  });

  it('top-k keeps k, and with them only what equals the k-th', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 45 }), (list, top_k) => {
        const finite = keptIds(list);
        const ids = kept({ top_k }, [], list);
        const border = [...finite].sort((a, b) => list[b] - list[a])[Math.min(top_k, finite.length) - 1];
        expect(ids).toEqual(finite.filter((id) => list[id] >= list[border]));
        expect(ids.length).toBeGreaterThanOrEqual(Math.min(top_k, finite.length));
      })
    );
  });

  it('top-p keeps the smallest set of best tokens that reaches p', () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (list, top_p) => {
        const probabilities = softmax(list);
        const chosen = keptIds(processScores(list, [], draw({ top_p })).scores);
        expect([...chosen].sort((a, b) => a - b)).toEqual(
          topTokens(list, chosen.length).sort((a, b) => a - b) // the best, of equal ones the lower ids
        );
        const shares = chosen.map((id) => probabilities[id]);
        expect(sum(shares)).toBeGreaterThan(top_p - 1e-9);
        if (chosen.length > 1) expect(sum(shares) - Math.min(...shares)).toBeLessThan(top_p + 1e-9);
      })
    );
  });

  it('towards temperature 0 takes the best token, as greedy does; equal best ones share', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 }), (list) => {
        const { probabilities } = processScores(list, [], draw({ temperature: 1e-3 }));
        const best = list.flatMap((score, id) => (score === Math.max(...list) ? [id] : []));
        best.forEach((id) => expect(probabilities[id]).toBeCloseTo(1 / best.length, 9));
        expect(topTokens(probabilities, 1)).toEqual(topTokens(list, 1));
      })
    );
  });

  it('leaves equal scores equal, and a single token alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: -80, max: 80 }), (n, score) => {
        const flat = new Float64Array(n).fill(score);
        const { probabilities } = processScores(flat, [], draw({ temperature: 0.3, top_k: 1, min_p: 0.5 }));
        probabilities.forEach((p) => expect(p).toBeCloseTo(1 / n, 12));
        const one = processScores([score, -Infinity], [], draw({ top_p: 0.5, typical_p: 0.2 }));
        expect([...one.probabilities]).toEqual([1, 0]);
      })
    );
  });
});
