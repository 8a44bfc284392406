import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { attention, causalMask, headResults } from '../../../src/lib/gpt2/ops/attention.ts';
import { ShapeError } from '../../../src/lib/gpt2/errors.ts';
import { linear } from '../../../src/lib/gpt2/ops/linear.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';
import { tinyModel } from '../tiny-model.ts';

const values = async (tensor: tf.Tensor) => [...(await tensor.data())];
const noBias = () => tf.zeros([4]) as tf.Tensor1D;

/**
 * One head, n_embd = d_head = 4, two positions x = e0, e1, so row p of each weight is what position p gets.
 *
 *     q = [2, 0, 0, 0], [0, 2, 0, 0]      k = [5, ln 3, 0, 0], [7, 0, 0, 0]      v = [4, 0, 0, 0], [0, 8, 0, 0]
 *
 * Scores q·k / sqrt(4): query 0: 2·5/2 = 5 with key 0, and 2·7/2 = 7 with key 1, which is masked.
 *                       query 1: 2·ln 3/2 = ln 3 with key 0, 0 with key 1.
 * Softmax: query 0: [1, 0].  query 1: e^(ln 3) = 3 to 1: [3/4, 1/4].
 * z: query 0: v0 = [4, 0, 0, 0].  query 1: 3/4 v0 + 1/4 v1 = [3, 2, 0, 0].
 * c_proj: row 0 = [1, 0, 0, 1], row 1 = [0, 10, 0, 0], bias [0, 0, 100, 0]: [4, 0, 100, 4] and [3, 20, 100, 3].
 */
function byHand() {
  const matrix = (first: number[], second: number[]) =>
    tf.tensor2d([first, second, [0, 0, 0, 0], [0, 0, 0, 0]]);
  const x = tf.tensor2d([
    [1, 0, 0, 0],
    [0, 1, 0, 0]
  ]);
  const weights = {
    c_attn: {
      q: { weight: matrix([2, 0, 0, 0], [0, 2, 0, 0]), bias: noBias() },
      k: { weight: matrix([5, Math.log(3), 0, 0], [7, 0, 0, 0]), bias: noBias() },
      v: { weight: matrix([4, 0, 0, 0], [0, 8, 0, 0]), bias: noBias() }
    },
    attn: {
      c_proj: { weight: matrix([1, 0, 0, 1], [0, 10, 0, 0]), bias: tf.tensor1d([0, 0, 100, 0]) },
      score_factor: 1
    }
  };
  return { x, weights };
}

describe.each(NODE_BACKENDS)('attention(x, weights, n_head, mask) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('gives the scores, probabilities, z and output worked out by hand', async () => {
    const { x, weights } = byHand();
    const out = attention(x, weights, 1, causalMask(2));
    const scores = await values(out.attn_scores);
    expect(out.attn_scores.shape).toEqual([1, 2, 2]);
    expect(scores[0]).toBeCloseTo(5, 6);
    expect(scores[1]).toBeLessThan(-1e8); // masked: key 1 comes after query 0
    expect(scores[2]).toBeCloseTo(Math.log(3), 6);
    expect(scores[3]).toBe(0);
    const pattern = await values(out.pattern);
    [1, 0, 0.75, 0.25].forEach((expected, i) => expect(pattern[i]).toBeCloseTo(expected, 6));
    expect(pattern[1]).toBe(0); // exactly
    const z = await values(out.z);
    [4, 0, 0, 0, 3, 2, 0, 0].forEach((expected, i) => expect(z[i]).toBeCloseTo(expected, 5));
    const attn_out = await values(out.attn_out);
    [4, 0, 100, 4, 3, 20, 100, 3].forEach((expected, i) => expect(attn_out[i]).toBeCloseTo(expected, 4));
  });

  it('lets each of several runs below one another attend to itself alone', async () => {
    const { x, weights } = byHand();
    const turned = tf.reverse(x, 0); // e1, e0: query 1 = e0 has 2·7/2 = 7 with key e1 and 5 with itself
    const { pattern, z } = attention(tf.concat([x, turned]) as tf.Tensor2D, weights, 1, causalMask(2));
    expect(pattern.shape).toEqual([2, 2, 2]);
    const first = 1 / (1 + Math.exp(-2));
    [1, 0, 0.75, 0.25, 1, 0, first, 1 - first].forEach((expected, i) =>
      expect(pattern.dataSync()[i]).toBeCloseTo(expected, 6)
    );
    const rows = [4, 0, 0, 0, 3, 2, 0, 0, 0, 8, 0, 0, 4 * (1 - first), 8 * first, 0, 0];
    const found = await values(z);
    rows.forEach((expected, i) => expect(found[i]).toBeCloseTo(expected, 5));
  });

  it('splits the width into heads side by side: with two heads of 2, ln 3 and 5 are in head 0 alone', async () => {
    const { x, weights } = byHand();
    const { attn_scores, pattern } = attention(x, weights, 2, causalMask(2));
    expect(pattern.shape).toEqual([2, 2, 2]);
    const scores = await values(attn_scores);
    expect(scores[0]).toBeCloseTo(10 / Math.SQRT2, 5); // d_head is 2 now
    expect(scores[2]).toBeCloseTo((2 * Math.log(3)) / Math.SQRT2, 5);
    expect(scores[6]).toBe(0);
    expect((await values(pattern)).slice(4)).toEqual([1, 0, 0.5, 0.5]); // head 1 has zeros only
  });

  it.each([-1, 1])(
    'hides later keys however large scores are: %d times ten thousand million',
    async (sign) => {
      const { x, weights } = byHand();
      const q = { ...weights.c_attn.q, weight: tf.mul(weights.c_attn.q.weight, sign * 1e10) as tf.Tensor2D };
      const c_attn = { ...weights.c_attn, q };
      const { pattern, z } = attention(x, { ...weights, c_attn }, 1, causalMask(2));
      expect((await values(pattern)).slice(0, 2)).toEqual([1, 0]); // scores of query 0: 5e10 and, later, 7e10, with the sign
      expect((await values(z)).slice(0, 4)).toEqual([4, 0, 0, 0]);
    }
  );

  it('names both shapes when x or the mask does not fit', () => {
    const { x, weights } = byHand();
    const wide = () => attention(tf.zeros([2, 5]), weights, 1, causalMask(2));
    expect(wide).toThrow(ShapeError);
    expect(wide).toThrow('attention: x must be [any, 4], got [2, 5].');
    const long = () => attention(x, weights, 1, causalMask(3));
    expect(long).toThrow(ShapeError);
    expect(long).toThrow('attention: mask must be [1, 2, 2], got [1, 3, 3].');
  });
});

describe('causalMask(T)', () => {
  beforeAll(() => startBackend('cpu'));

  it('is 0 where the key is not after the query, and hugely negative and finite elsewhere', async () => {
    const mask = causalMask(3);
    expect(mask.shape).toEqual([1, 3, 3]);
    const allowed = (await values(mask)).map((value) => (value === 0 ? 1 : 0));
    expect(allowed).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1]);
    expect((await values(mask))[1]).toBe(-(2 ** 127));
  });
});

describe.each(NODE_BACKENDS)('headResults(z, c_proj, n_head) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it("sends each head's slice of z through its own rows", async () => {
    const weight = tf.tensor2d([
      [3, 4],
      [5, 6]
    ]);
    const results = headResults(tf.tensor2d([[1, 2]]), { weight, bias: tf.zeros([2]) }, 2);
    expect(results.shape).toEqual([2, 1, 2]);
    expect(await values(results)).toEqual([3, 4, 10, 12]); // 1 · [3, 4] and 2 · [5, 6]
  });

  it('adds up, with the bias, to attn_out', async () => {
    const { weights, dispose } = tinyModel();
    const { c_proj } = weights.h[0].attn;
    const z = tf.tensor2d(
      Float32Array.from({ length: 5 * 8 }, (_, i) => Math.sin(i)),
      [5, 8]
    );
    const sum = await values(tf.add(tf.sum(headResults(z, c_proj, 2), 0), c_proj.bias));
    const attn_out = await values(linear(z, c_proj));
    sum.forEach((value, i) => expect(value).toBeCloseTo(attn_out[i], 5));
    dispose();
  });

  it('names both shapes when z is not as wide as c_proj has rows', () => {
    const call = () => headResults(tf.zeros([5, 6]), { weight: tf.zeros([4, 4]), bias: tf.zeros([4]) }, 2);
    expect(call).toThrow(ShapeError);
    expect(call).toThrow('headResults: z must be [any, 4], got [5, 6].');
  });
});
