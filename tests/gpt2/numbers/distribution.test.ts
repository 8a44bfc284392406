import { describe, expect, it } from 'vitest';
import {
  klToFinal,
  summariseLogits,
  type SummaryOptions
} from '../../../src/lib/gpt2/numbers/distribution.ts';
import { InputError, ShapeError } from '../../../src/lib/gpt2/errors.ts';
import { entropy, klDivergence } from '../../../src/lib/gpt2/numbers/entropy.ts';
import { rankOf, topTokens } from '../../../src/lib/gpt2/numbers/ranks.ts';
import { seededRandom } from '../../../src/lib/gpt2/numbers/random.ts';
import { softmax } from '../../../src/lib/gpt2/numbers/softmax.ts';

const FLOAT32 = 6; // digits after the point that a float32 near 1 is good for
const rowOfProbabilities = (...p: number[]): number[] => p.map(Math.log);

/** Position 0: 1/8, 1/2, 1/8, 1/4. Position 1: all equal. */
const logits = Float32Array.of(...rowOfProbabilities(1, 4, 1, 2), -7, -7, -7, -7);
const summarise = (options: Partial<SummaryOptions> = {}, values = logits, T = 2) =>
  summariseLogits(values, T, values.length / T, { top: 3, ...options });

describe('summariseLogits(logits, T, vocab_size, options)', () => {
  it('gives the best tokens of each position, of equal ones the lower id', () => {
    const { topIds, topProbabilities, topLogits } = summarise();
    expect([...topIds]).toEqual([1, 3, 0, 0, 1, 2]);
    [1 / 2, 1 / 4, 1 / 8, 1 / 4, 1 / 4, 1 / 4].forEach((p, i) =>
      expect(topProbabilities[i]).toBeCloseTo(p, FLOAT32)
    );
    expect([...topLogits]).toEqual([logits[1], logits[3], logits[0], -7, -7, -7]);
  });

  it('gives the entropy in nats: 1.75 bits and 2 bits by hand', () => {
    const values = [...summarise().entropy].map((nats) => nats / Math.LN2);
    expect(values[0]).toBeCloseTo(1.75, FLOAT32);
    expect(values[1]).toBeCloseTo(2, FLOAT32);
  });

  it('follows one token', () => {
    const { rank, probability } = summarise({ track: 3 });
    expect([...rank!]).toEqual([2, 4]);
    expect(probability![0]).toBeCloseTo(1 / 4, FLOAT32);
    expect(probability![1]).toBeCloseTo(1 / 4, FLOAT32);
  });

  it('follows another token at each position', () => {
    const { rank, probability } = summarise({ track: [1, 2] });
    expect([...rank!]).toEqual([1, 3]);
    expect(probability![0]).toBeCloseTo(1 / 2, FLOAT32);
  });

  it('measures KL(final || this): ln 4 where the final layer is sure of what has a quarter here', () => {
    const sure = [0, -Infinity, -Infinity, -Infinity];
    const { kl } = summarise({ final: Float32Array.of(...rowOfProbabilities(1, 4, 1, 2), ...sure) });
    expect(kl![0]).toBe(0);
    expect(kl![1]).toBeCloseTo(Math.log(4), FLOAT32);
  });

  it('keeps the digits of a token that has nearly all the probability', () => {
    const { probability, logProbability, topProbabilities, entropy } = summariseLogits(
      Float32Array.of(16, 0),
      1,
      2,
      {
        top: 1,
        track: 0
      }
    );
    const rest = Math.exp(-16); // 1.125e-7: less than two steps of float32 below 1
    expect(logProbability![0] / -Math.log1p(rest)).toBeCloseTo(1, 10);
    expect((1 - probability![0]) / (rest / (1 + rest))).toBeCloseTo(1, 7);
    expect(topProbabilities[0]).toBe(probability![0]);
    expect(entropy[0] / (Math.log1p(rest) + (16 * rest) / (1 + rest))).toBeCloseTo(1, 6);
  });

  it('leaves out what was not asked for', () => {
    expect(summarise()).toMatchObject({ rank: null, probability: null, kl: null });
    expect(summarise({ track: null, final: null })).toMatchObject({
      rank: null,
      probability: null,
      kl: null
    });
    expect(summarise({ top: 0 }).topIds).toHaveLength(0);
  });

  it('is never NaN: -Infinity, huge differences, one token left', () => {
    const hard = Float32Array.of(-Infinity, 0, -Infinity, -Infinity, 1e30, -1e30, 0, -Infinity);
    const {
      topProbabilities,
      entropy: nats,
      rank,
      probability,
      kl
    } = summarise({ top: 4, track: 0, final: logits }, hard);
    expect([...topProbabilities]).toEqual([1, 0, 0, 0, 1, 0, 0, 0]);
    expect([...nats]).toEqual([0, 0]);
    expect([...rank!]).toEqual([2, 1]);
    expect([...probability!]).toEqual([0, 1]);
    expect([...kl!]).toEqual([Infinity, Infinity]);
    expect([...summarise({ final: hard }, hard).kl!]).toEqual([0, 0]);
  });

  it('reads a vocabulary of one', () => {
    const { entropy: nats, kl } = summarise({ top: 1, final: Float32Array.of(4) }, Float32Array.of(-90), 1);
    expect([nats[0], kl![0]]).toEqual([0, 0]);
  });

  it('agrees with the functions for one distribution, over a large vocabulary', () => {
    const vocab_size = 5000;
    const random = seededRandom(3);
    const [layer, final] = [-80, 5].map((shift) =>
      Float32Array.from({ length: vocab_size }, () => shift + 12 * random())
    );
    const summary = summariseLogits(layer, 1, vocab_size, { top: 10, track: 123, final });
    const p = softmax(layer);
    expect([...summary.topIds]).toEqual(topTokens(layer, 10));
    expect(summary.rank![0]).toBe(rankOf(layer, 123));
    expect(summary.probability![0]).toBeCloseTo(p[123], 9);
    expect(summary.entropy[0]).toBeCloseTo(entropy(p), 5);
    expect(summary.kl![0]).toBeCloseTo(klDivergence(softmax(final), p), 5);
    expect(klToFinal(layer, final)).toBeCloseTo(klDivergence(softmax(final), p), 10);
  });

  it('takes no positions', () => {
    expect(summariseLogits(new Float32Array(0), 0, 4, { top: 2 }).entropy).toHaveLength(0);
  });

  it.each<[string, Partial<SummaryOptions>, RegExp]>([
    ['a top larger than the vocabulary', { top: 5 }, /top must be an integer from 0 to 4, got 5/],
    ['a top that is no integer', { top: 1.5 }, /top must be/],
    ['an unknown id to follow', { track: 4 }, /track must be an integer from 0 to 3, got 4/],
    ['an unknown id at one position', { track: [0, -1] }, /track must be .* got -1/]
  ])('refuses %s', (_, options, message) => {
    expect(() => summarise(options)).toThrow(InputError);
    expect(() => summarise(options)).toThrow(message);
  });

  it('names the shapes that do not fit', () => {
    expect(() => summariseLogits(logits, 3, 4, { top: 1 })).toThrow(ShapeError);
    expect(() => summariseLogits(logits, 3, 4, { top: 1 })).toThrow(/logits must be \[3, 4\], got 8 values/);
    expect(() => summarise({ final: logits.subarray(4) })).toThrow(/final must be \[2, 4\], got 4 values/);
    expect(() => summarise({ track: [1] })).toThrow(/track must be \[2\], got \[1\]/);
  });

  it('names the position that cannot be normalised', () => {
    const broken = Float32Array.of(0, 1, NaN, 1);
    expect(() => summarise({ top: 1 }, broken)).toThrow(/position 1: logits\[0\] must be a number, got NaN/);
    const nothing = Float32Array.of(0, 1, -Infinity, -Infinity);
    expect(() => summarise({ top: 1 }, nothing)).toThrow(/position 1: logits must be .* at least one finite/);
  });
});

describe('klToFinal(logits, finalLogits)', () => {
  it('weighs by the final distribution', () => {
    // final 1/2, 1/2; layer 1/4, 3/4: (ln 2 + ln(2/3)) / 2 = ln(4/3) / 2
    const layer = Float32Array.of(...rowOfProbabilities(1, 3));
    expect(klToFinal(layer, Float32Array.of(5, 5))).toBeCloseTo(Math.log(4 / 3) / 2, FLOAT32);
    expect(klToFinal(Float32Array.of(5, 5), layer)).toBeCloseTo(0.75 * Math.log(3) - Math.log(2), FLOAT32);
  });

  it('is 0 for the same distribution, however the logits are shifted', () => {
    expect(klToFinal(Float32Array.of(1, 2, 3), Float32Array.of(-79, -78, -77))).toBe(0);
  });

  it('names both lengths when they differ', () => {
    const call = () => klToFinal(Float32Array.of(1), Float32Array.of(1, 2));
    expect(call).toThrow(ShapeError);
    expect(call).toThrow('klToFinal: finalLogits must be [1, 1], got 2 values.');
  });
});
