import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkKernels } from '../../src/lib/engine/checked-kernels.ts';
import { attention, causalMask } from '../../src/lib/gpt2/ops/attention.ts';
import { positionEmbedding, tokenEmbedding } from '../../src/lib/gpt2/ops/embedding.ts';
import { layerNorm } from '../../src/lib/gpt2/ops/layer-norm.ts';
import { linear } from '../../src/lib/gpt2/ops/linear.ts';
import { NODE_BACKENDS, startBackend } from '../gpt2/backends.ts';
import { tinyModel } from '../gpt2/tiny-model.ts';

const [a, b] = [() => tf.ones([2, 3]), () => tf.ones([4, 5])] as (() => tf.Tensor2D)[];
const ints = (...values: number[]) => tf.tensor1d(values, 'int32');
const place = (...values: number[]) => tf.tensor2d([values], [1, values.length], 'int32');

/** Calls that TensorFlow.js's wasm backend answers with numbers, some of them other tensors', or with a broken heap. */
const WRONG: Record<string, () => unknown> = {
  'matMul of [2, 3] and [4, 5]': () => tf.matMul(a(), b()),
  'matMul of three axes': () => tf.matMul(tf.ones([1, 2, 3]), tf.ones([1, 4, 4])),
  'a fused matMul with a bias of another length': () =>
    tf.fused.matMul({ a: a(), b: tf.ones([3, 4]) as tf.Tensor2D, bias: tf.ones([7]) }),
  'slice past the end': () => tf.slice(a(), [1, 1], [3, 3]),
  'slice from past the end': () => tf.slice(a(), [5, 0], [1, 1]),
  'slice with too many axes': () => tf.slice(a(), [0, 0, 0], [1, 1, 1]),
  'gather of a row that is not there': () => tf.gather(a(), ints(2)),
  'gather of a row before the first': () => tf.gather(a(), ints(-1)),
  'gatherND outside': () => tf.gatherND(a(), place(9, 9)),
  'scatterND outside': () => tf.scatterND(place(9), tf.ones([1]), [3]),
  'tensorScatterUpdate outside': () => tf.tensorScatterUpdate(tf.ones([3]), place(9), tf.ones([1])),
  'sparseToDense outside': () => tf.sparseToDense(ints(9), tf.ones([1]), [3]),
  'pad by less than nothing': () => tf.pad(a(), [[-1, 0], [0, 0]]), // prettier-ignore
  'pad of too few axes': () => tf.pad(a(), [[0, 0]]),
  'transpose with an axis twice': () => tf.transpose(a(), [0, 0]),
  'cumsum along no axis': () => tf.cumsum(a(), 5),
  'tile a negative number of times': () => tf.tile(a(), [-1, 2]),
  'batchNorm with statistics of another width': () => tf.batchNorm(a(), tf.ones([7]), tf.ones([7])),
  'prelu with slopes of another shape': () => tf.prelu(a(), b()),
  'bincount of a value below 0': () => tf.bincount(ints(-9), tf.ones([1]), 3),
  'searchSorted of other rows': () => tf.searchSorted(tf.ones([2, 3]), tf.ones([4, 3])),
  'resizeBilinear to a negative size': () =>
    tf.image.resizeBilinear(tf.ones([4, 4, 1]) as tf.Tensor3D, [-2, 2]),
  'cropAndResize of an image that is not there': () =>
    tf.image.cropAndResize(tf.ones([1, 4, 4, 1]) as tf.Tensor4D, tf.tensor2d([[0, 0, 1, 1]]), ints(5), [2, 2])
};

describe.each(NODE_BACKENDS)('checkKernels(%s)', (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
    checkKernels(backend, { indices: true });
  });

  it.each(Object.entries(WRONG))('makes an error of %s', (_, call) => expect(call).toThrow());

  it('says both shapes and what to do', () => {
    expect(() => tf.matMul(a(), b())).toThrow(
      'matMul: inner sizes must be equal, got 3 and 4 of [2, 3] and [4, 5]. Transpose or reshape one of them.'
    );
    expect(() => tf.slice(a(), [1, 1], [3, 3])).toThrow(
      'slice: begin and size must be inside [2, 3], got begin [1, 1] and size [3, 3]. Stay within the tensor.'
    );
  });

  it('leaves what fits alone', async () => {
    const [m, s] = [tf.matMul(a(), tf.ones([3, 4])), tf.slice(tf.tensor2d([[1, 2], [3, 4]]), [1], [1])]; // prettier-ignore
    expect([...(await m.data())]).toEqual(new Array(8).fill(3));
    expect([...(await s.data())]).toEqual([3, 4]);
    expect([...(await tf.bincount(ints(9, 1), [], 3).data())]).toEqual([0, 1, 0]);
    expect([...(await tf.gather(tf.tensor1d([1, 2, 3]), ints(2, 0)).data())]).toEqual([3, 1]);
  });

  it("is not needed by the library's own functions, which check what they are given", () => {
    const { weights, dispose } = tinyModel();
    expect(() => positionEmbedding(600, weights)).toThrow('T must be a whole number from 0 to 32, got 600');
    expect(() => tokenEmbedding([3, 30], weights)).toThrow('ids[1] must be an id from 0 to 29, got 30');
    const block = weights.h[0];
    const x = tf.ones([2, 8]) as tf.Tensor2D;
    expect(() => attention(x, block, 3, causalMask(2))).toThrow('n_head must be a divisor of 8, got 3');
    const bias = tf.ones([5]) as tf.Tensor1D;
    expect(() => linear(x, { weight: tf.ones([8, 4]), bias })).toThrow('bias must be [4], got [5]');
    expect(() => layerNorm(x, { ...block.ln_1, bias })).toThrow('bias must be [8], got [5]');
    dispose();
  });
});
