import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { timeBlocks } from '../../src/lib/engine/block-times.ts';
import { startBackend } from '../gpt2/backends.ts';

describe('timeBlocks()', () => {
  beforeAll(() => startBackend('wasm'));

  it('takes longer for 128 tokens than for 16, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { short, long } = await timeBlocks();
    expect(short).toBeGreaterThan(0);
    expect(long).toBeGreaterThan(short);
    expect(tf.memory().numTensors).toBe(before);
  });
});
