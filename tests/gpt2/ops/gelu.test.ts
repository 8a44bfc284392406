import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { geluTanhScalar } from '../../../src/lib/gpt2/ops/gelu-scalar.ts';
import { geluTanh } from '../../../src/lib/gpt2/ops/gelu.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';

/** The closed formula of Hendrycks and Gimpel (2016), as written there. */
const formula = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** x Φ(x), the erf form, where it is farthest: Φ(-2.7) = 0.00346697 (tables of the normal distribution). */
const ERF_FORM: readonly [x: number, value: number][] = [
  [-2.7, -2.7 * 0.00346697],
  [2.7, 2.7 * (1 - 0.00346697)]
];

const POINTS = [-100, -10, -4, -2.7, -1, -0.5, -1e-3, 0, 1e-3, 0.5, 1, 2.7, 4, 10, 100];

describe.each(NODE_BACKENDS)('geluTanh(x) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('is the tanh formula within 1e-6 of max(1, |x|)', async () => {
    const values = await geluTanh(tf.tensor1d(POINTS)).data();
    POINTS.forEach((x, i) => {
      expect(Math.abs(values[i] - formula(x)), `at ${x}`).toBeLessThan(1e-6 * Math.max(1, Math.abs(x)));
    });
  });

  it('is not the erf form: at -2.7 and 2.7 they are 4.7e-4 apart', async () => {
    const values = await geluTanh(tf.tensor1d(ERF_FORM.map(([x]) => x))).data();
    ERF_FORM.forEach(([x, erf], i) => expect(Math.abs(values[i] - erf), `at ${x}`).toBeCloseTo(4.7e-4, 5));
  });

  it('keeps the shape and lets NaN through', async () => {
    const out = geluTanh(tf.tensor2d([[NaN, 1, 0]]));
    expect(out.shape).toEqual([1, 3]);
    expect((await out.data())[0]).toBeNaN();
  });
});

describe('geluTanhScalar(x)', () => {
  it.each(POINTS)('is the tanh formula at %d', (x) => {
    expect(geluTanhScalar(x)).toBeCloseTo(formula(x), 12);
  });
});
