import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { logProbabilityOf, logSoftmax, softmax } from '../../../src/lib/gpt2/numbers/softmax.ts';

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const expectClose = (actual: Float64Array, expected: number[], digits = 12): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, index) => expect(actual[index]).toBeCloseTo(value, digits));
};

describe('softmax(logits, temperature)', () => {
  it('gives the probabilities of the notebook, cold and warm', () => {
    // seeds/002: F.softmax of [1, 2, 4], and of the same / 3
    expectClose(softmax(Float32Array.of(1, 2, 4)), [0.042, 0.1142, 0.8438], 4);
    expectClose(softmax(Float32Array.of(1, 2, 4), 3), [0.1955, 0.2729, 0.5315], 4);
  });

  it('turns differences into ratios', () => {
    expectClose(softmax([0, Math.log(2), Math.log(5)]), [1 / 8, 2 / 8, 5 / 8]);
    expectClose(softmax([0, Math.log(2), Math.log(5)], 0.5), [1 / 30, 4 / 30, 25 / 30]); // ratios squared
  });

  it('shares equally among equal logits', () => {
    expectClose(softmax([7, 7, 7, 7]), [0.25, 0.25, 0.25, 0.25]);
    expectClose(softmax([-3]), [1]);
  });

  it('gives 0 to -Infinity', () => {
    expectClose(softmax([-Infinity, 1, -Infinity, 1]), [0, 0.5, 0, 0.5]);
    expectClose(softmax([-Infinity, -1000]), [0, 1]);
  });

  it('survives huge logits and huge differences', () => {
    expectClose(softmax([1e30, 0, -1e30]), [1, 0, 0]);
    expectClose(softmax([1000, 1000 - Math.log(3)]), [0.75, 0.25]);
  });

  it('goes to the best token as the temperature goes to 0, and to equal shares as it grows', () => {
    expectClose(softmax([1, 2, 2], 1e-300), [0, 0.5, 0.5]);
    expectClose(softmax([1, 2, 3], 1e12), [1 / 3, 1 / 3, 1 / 3]);
  });

  it('adds up to 1 over the whole vocabulary', () => {
    const logits = Float32Array.from({ length: 50257 }, (_, id) => -80 + Math.sin(id) * 9);
    expect(sum(softmax(logits))).toBeCloseTo(1, 12);
  });

  it.each([0, -1, NaN, Infinity])('refuses temperature %s and says what to do', (temperature) => {
    expect(() => softmax([1, 2], temperature)).toThrow(InputError);
    expect(() => softmax([1, 2], temperature)).toThrow(/temperature must be .* take the best token/);
  });

  it.each([
    ['NaN', [1, NaN], /softmax: logits\[1\] must be a number, got NaN/],
    ['no finite logit', [-Infinity, -Infinity], /at least one finite, got -Infinity as the largest/],
    ['+Infinity', [0, Infinity], /got Infinity as the largest/],
    ['no logit at all', [], /got no logits/]
  ])('refuses %s', (_, logits, message) => {
    expect(() => softmax(logits)).toThrow(InputError);
    expect(() => softmax(logits)).toThrow(message);
  });
});

describe('logSoftmax(logits, temperature)', () => {
  it('is the logarithm of softmax', () => {
    expectClose(logSoftmax([0, Math.log(2), Math.log(5)]), [
      Math.log(1 / 8),
      Math.log(2 / 8),
      Math.log(5 / 8)
    ]);
    expectClose(logSoftmax([0, Math.log(2)], 0.5), [Math.log(1 / 5), Math.log(4 / 5)]);
  });

  it('stays exact where softmax underflows to 0', () => {
    expectClose(logSoftmax([0, -2000]), [0, -2000]);
    expect(softmax([0, -2000])[1]).toBe(0);
  });

  it('keeps its digits where a probability is nearly 1: ln p = -ln(1 + e^-30)', () => {
    const [best, other] = logSoftmax([30, 0]);
    expect(best / -9.357622968840175e-14).toBeCloseTo(1, 12); // e^-30, of which the square is below its last digit
    expect(other).toBeCloseTo(-30, 12);
    expect(logSoftmax([50, 0])[0] / -Math.exp(-50)).toBeCloseTo(1, 12); // 1 + e^-50 is 1 in float64
    expect(logProbabilityOf([50, 0], 0)).toBe(logSoftmax([50, 0])[0]);
  });

  it('leaves -Infinity as it is', () => {
    expect([...logSoftmax([-Infinity, 3])]).toEqual([-Infinity, 0]);
  });

  it('refuses what softmax refuses', () => {
    expect(() => logSoftmax([1, NaN])).toThrow(/logSoftmax: logits\[1\]/);
    expect(() => logSoftmax([1, 2], 0)).toThrow(/logSoftmax: temperature/);
  });
});
