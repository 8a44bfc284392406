import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { activate } from '../../../src/lib/gpt2/ops/activation.ts';
import { ACTIVATION_FUNCTIONS, activationScalar, erf } from '../../../src/lib/gpt2/ops/activation-scalar.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';

const POINTS = [-30, -5, -3, -1, -0.5, -1e-3, 0, 1e-3, 0.5, 1, 3, 5, 30];
const LEARNED = {
  weight: 0.25,
  alpha_p: 0.2041015625,
  alpha_n: -1.046875,
  beta: 0.5,
  eps: -9.98377799987793e-7
};

describe('erf(x)', () => {
  // Abramowitz and Stegun, table 7.1
  it.each([
    [0, 0],
    [0.5, 0.5204998778],
    [1, 0.8427007929],
    [2, 0.995322265],
    [-1, -0.8427007929]
  ])('of %d is %d', (x, value) => expect(erf(x)).toBeCloseTo(value, 10));
});

describe.each(NODE_BACKENDS)('activate(x, activation) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each(ACTIVATION_FUNCTIONS)('%s is what its curve draws, and nothing is left behind', async (name) => {
    const x = tf.tensor2d([POINTS]);
    const before = numTensors();
    const made = activate(x, { name, parameters: LEARNED });
    expect(numTensors()).toBe(before + 1);
    const values = await made.data();
    POINTS.forEach((point, i) => {
      const expected = activationScalar(name, point, LEARNED);
      expect(Math.abs(values[i] - expected), `at ${point}`).toBeLessThan(
        2e-6 * Math.max(1, Math.abs(expected))
      );
    });
    tf.dispose([x, made]);
  });
});
