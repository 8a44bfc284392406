import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { positionEmbedding, tokenEmbedding } from '../../../src/lib/gpt2/ops/embedding.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';

const rows = () =>
  tf.tensor2d([
    [1, 2],
    [3, 4],
    [5, 6]
  ]);

describe.each(NODE_BACKENDS)('on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('tokenEmbedding(ids, {wte}) takes the rows of the ids, in order and repeated', async () => {
    const embed = tokenEmbedding([2, 0, 2], { wte: rows() });
    expect(embed.shape).toEqual([3, 2]);
    expect([...(await embed.data())]).toEqual([5, 6, 1, 2, 5, 6]);
  });

  it('positionEmbedding(T, {wpe}) takes the first T rows', async () => {
    const embed = positionEmbedding(2, { wpe: rows() });
    expect(embed.shape).toEqual([2, 2]);
    expect([...(await embed.data())]).toEqual([1, 2, 3, 4]);
  });
});
