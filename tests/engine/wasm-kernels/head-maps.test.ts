/** Every head's pattern as a small map by our kernel: the numbers are those of the pattern itself. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { mapHeads, unpackMaps } from '../../../src/lib/gpt2/numbers/attention-maps.ts';
import { MASKED } from '../../../src/lib/gpt2/ops/attention.ts';
import { run, seeded, startWithKernels } from './beside-cpu.ts';

beforeAll(startWithKernels);

const kernel = (name: string, inputs: Record<string, tf.Tensor>, attributes: Record<string, number>) =>
  [tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, attributes)].flat();

interface Sizes {
  T: number;
  padded: number;
  block: number;
  n_head: number;
  d_head: number;
}

/** The maps that the kernel makes of q and k, and the patterns that the attention kernel makes of them. */
async function mapped(sizes: Sizes, inputs: () => { q: tf.Tensor; k: tf.Tensor }) {
  const { T, padded, block, n_head } = sizes;
  const { values } = await run('wasm', () => {
    const { q, k } = inputs();
    const [maps] = kernel('Gpt2HeadMaps', { q, k }, { n_head, T, block });
    const [, pattern] = kernel('Gpt2Attention', { q, k, v: k }, { n_head, T: padded, masked: MASKED });
    return [maps, pattern];
  });
  return { maps: unpackMaps(values[0], n_head, T, block), pattern: values[1] };
}

describe('Gpt2HeadMaps', () => {
  it.each<Sizes>([
    { T: 1, padded: 8, block: 1, n_head: 2, d_head: 4 },
    { T: 5, padded: 8, block: 2, n_head: 3, d_head: 4 },
    { T: 48, padded: 48, block: 5, n_head: 1, d_head: 16 },
    { T: 101, padded: 128, block: 2, n_head: 2, d_head: 10 },
    { T: 128, padded: 128, block: 7, n_head: 2, d_head: 8 }
  ])('pools the very numbers of the pattern: %j', async (sizes) => {
    const { T, padded, n_head, d_head } = sizes;
    const { maps, pattern } = await mapped(sizes, () => ({
      q: tf.mul(seeded(1, padded, n_head * d_head), 3),
      k: seeded(2, padded, n_head * d_head)
    }));
    const square = padded * padded;
    const most = Math.ceil(T / sizes.block); // cells a side: gives this block again
    const expected = await mapHeads(n_head, T, padded, most, async (head, use) =>
      use(pattern.subarray(head * square, (head + 1) * square))
    );
    expect(maps).toEqual(expected);
  });

  it('by hand: queries of zeros read every key before them alike', async () => {
    const sizes = { T: 3, padded: 3, block: 2, n_head: 1, d_head: 2 };
    const { maps } = await mapped(sizes, () => ({ q: tf.zeros([3, 2]), k: tf.ones([3, 2]) }));
    const third = Math.fround(1 / 3);
    expect([...maps.values]).toEqual([1, 0, third, third]);
    expect([maps.first[0], maps.previous[0], maps.self[0]]).toEqual([third, third, third]);
  });

  it('shows a NaN in the cells of its query, and in no other', async () => {
    const sizes = { T: 4, padded: 4, block: 2, n_head: 1, d_head: 1 };
    const { maps } = await mapped(sizes, () => ({
      q: tf.tensor2d([[1], [1], [NaN], [1]]),
      k: tf.ones([4, 1])
    }));
    expect([...maps.values]).toEqual([1, 0, NaN, NaN]);
    expect(maps.first[0]).toBeNaN();
  });
});
