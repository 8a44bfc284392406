/**
 * Kernels that look at what they are given before they compute. TensorFlow.js leaves some checks to each backend, and
 * not every backend makes them: the wasm one multiplies matrices that do not fit and reads other tensors' memory past the
 * end of a slice, and gives numbers.
 */
import * as tf from '@tensorflow/tfjs-core';
import { ShapeError, mustBe } from '$lib/gpt2';

/** What a kernel is called with. */
interface Call {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  /** Values of a small tensor of indices; null where reading them costs more than it is worth. */
  readonly read: (tensor: tf.TensorInfo) => ArrayLike<number> | null;
}
type Check = (call: Call) => void;

const shown = (numbers: readonly number[]) => `[${numbers.join(', ')}]`;

function expectThat(holds: boolean, where: string, expected: string, actual: unknown, advice: string): void {
  if (!holds) throw new ShapeError(mustBe(where, expected, actual, advice));
}

/** Last two axes multiply, those before are equal or 1. */
const product: Check = ({ inputs: { a, b, bias }, attrs: { transposeA, transposeB } }) => {
  const inner = a.shape.at(transposeA ? -2 : -1)!;
  const ownInner = b.shape.at(transposeB ? -1 : -2)!;
  const shapes = `${shown(a.shape)} and ${shown(b.shape)}`;
  const advice = 'Transpose or reshape one of them.';
  expectThat(
    inner === ownInner,
    'matMul: inner sizes',
    'equal',
    `${inner} and ${ownInner} of ${shapes}`,
    advice
  );
  tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const outputs = b.shape.at(transposeB ? -2 : -1)!;
  const fits = !bias || tf.util.sizeFromShape(bias.shape) === 1 || bias.shape.at(-1) === outputs;
  expectThat(fits, 'matMul: bias', `[${outputs}]`, bias && shown(bias.shape), 'Give one number a column.');
};

const slice: Check = ({ inputs: { x }, attrs }) => {
  const begin = attrs.begin as number | number[];
  const [from, sizes] = tf.slice_util.parseSliceParams(
    x as tf.Tensor,
    begin,
    attrs.size as number | number[]
  );
  const given = [begin].flat().length;
  const advice = 'Give one number for each axis.';
  expectThat(given <= x.shape.length, 'slice: begin', `at most ${x.shape.length} numbers`, given, advice);
  const fits = from.every(
    (start, axis) => start >= 0 && sizes[axis] >= 0 && start + sizes[axis] <= x.shape[axis]
  );
  const actual = `begin ${shown(from)} and size ${shown(sizes)}`;
  expectThat(fits, 'slice: begin and size', `inside ${shown(x.shape)}`, actual, 'Stay within the tensor.');
};

const pad: Check = ({ inputs: { x }, attrs }) => {
  const paddings = attrs.paddings as [number, number][];
  const fits = paddings.length === x.shape.length && paddings.flat().every((count) => count >= 0);
  const actual = JSON.stringify(paddings);
  expectThat(
    fits,
    'pad: paddings',
    `a pair from 0 for each of ${x.shape.length} axes`,
    actual,
    'Use slice to cut.'
  );
};

const transpose: Check = ({ inputs: { x }, attrs }) => {
  const perm = attrs.perm as number[];
  const fits = perm.length === x.shape.length && x.shape.every((_, axis) => perm.includes(axis));
  expectThat(fits, 'transpose: perm', `each of ${x.shape.length} axes once`, shown(perm), 'Name every axis.');
};

const cumulative: Check = ({ inputs: { x }, attrs }) => {
  const rank = x.shape.length;
  const axis = attrs.axis as number;
  expectThat(
    axis >= -rank && axis < rank,
    'cumulate: axis',
    `below ${rank}`,
    axis,
    'Name an axis of the tensor.'
  );
};

const batchNorm: Check = ({ inputs: { x, ...statistics } }) => {
  for (const [name, tensor] of Object.entries(statistics)) {
    if (!tensor) continue;
    const where = `batchNorm: ${name}`;
    const joined = tf.broadcast_util.assertAndGetBroadcastShape(x.shape, tensor.shape);
    expectThat(
      shown(joined) === shown(x.shape),
      where,
      shown(x.shape.slice(-1)),
      shown(tensor.shape),
      'See x.'
    );
  }
};

/** Every index is from 0 to below the size of what it points into; `sizes` are of the columns of [n, columns] indices. */
function expectIndices(where: string, call: Call, indices: tf.TensorInfo, sizes: readonly number[]): void {
  const values = call.read(indices);
  for (let i = 0; values && i < values.length; i++) {
    const size = sizes[i % sizes.length];
    const fits = values[i] >= 0 && values[i] < size;
    expectThat(fits, `${where}: index ${i}`, `from 0 to ${size - 1}`, values[i], 'Stay within the tensor.');
  }
}

/** Indices whose last axis names a place in the first axes of a tensor of this shape. */
function expectPlaces(where: string, call: Call, indices: tf.TensorInfo, shape: readonly number[]): void {
  const columns = indices.shape.at(-1)!;
  const expected = `at most ${shape.length} numbers a place`;
  expectThat(columns <= shape.length, `${where}: indices`, expected, columns, 'Name one number an axis.');
  expectIndices(where, call, indices, shape.slice(0, columns));
}

const count: Check = (call) => {
  const { x, weights } = call.inputs;
  const fits = [0, tf.util.sizeFromShape(x.shape)].includes(tf.util.sizeFromShape(weights.shape));
  expectThat(fits, 'bincount: weights', shown(x.shape), shown(weights.shape), 'Give one a value, or none.');
  expectIndices('bincount', call, x, [Infinity]); // those from size on are left out
};

const resize: Check = ({ attrs }) => {
  const size = attrs.size as number[];
  expectThat(
    size.every((side) => side >= 1),
    'resize: size',
    'from 1',
    shown(size),
    'Give height and width.'
  );
};

const search: Check = ({ inputs: { sortedSequence, values } }) => {
  const [rows] = sortedSequence.shape;
  expectThat(
    values.shape[0] === rows,
    'searchSorted: values',
    `[${rows}, any]`,
    shown(values.shape),
    'A row each.'
  );
};

const tile: Check = ({ attrs }) => {
  const reps = attrs.reps as number[];
  expectThat(
    reps.every((times) => times >= 0),
    'tile: reps',
    'from 0',
    shown(reps),
    'Give one number an axis.'
  );
};

const CHECKS: Readonly<Record<string, Check>> = {
  BatchMatMul: product,
  _FusedMatMul: product,
  Slice: slice,
  PadV2: pad,
  Transpose: transpose,
  Cumsum: cumulative,
  Cumprod: cumulative,
  FusedBatchNorm: batchNorm,
  Bincount: count,
  DenseBincount: count,
  ResizeBilinear: resize,
  ResizeNearestNeighbor: resize,
  SearchSorted: search,
  Tile: tile,
  Prelu: ({ inputs: { x, alpha } }) =>
    void tf.broadcast_util.assertAndGetBroadcastShape(x.shape, alpha.shape),
  SparseToDense: (call) => {
    const { sparseIndices } = call.inputs;
    const shape = call.attrs.outputShape as number[];
    expectIndices('sparseToDense', call, sparseIndices, sparseIndices.shape.length < 2 ? [shape[0]] : shape);
  },
  GatherV2: (call) => {
    const { x, indices } = call.inputs;
    const axis = call.attrs.axis as number;
    expectIndices('gather', call, indices, [x.shape.at(axis)!]);
  },
  GatherNd: (call) => expectPlaces('gatherND', call, call.inputs.indices, call.inputs.params.shape),
  ScatterNd: (call) => expectPlaces('scatterND', call, call.inputs.indices, call.attrs.shape as number[]),
  TensorScatterUpdate: (call) =>
    expectPlaces('tensorScatterUpdate', call, call.inputs.indices, call.inputs.tensor.shape),
  CropAndResize: (call) =>
    expectIndices('cropAndResize', call, call.inputs.boxInd, [call.inputs.image.shape[0]])
};

const checked = new Set<string>();

export interface CheckOptions {
  /** Look at indices too: they are read from the device. Free on cpu and wasm, a wait for the GPU on webgl. */
  readonly indices: boolean;
}

/**
 * Puts the checks before the kernels of a started backend, for good. A call whose shapes or bounds do not fit then throws
 * a ShapeError instead of giving numbers.
 */
export function checkKernels(backend: string, { indices }: CheckOptions): void {
  if (checked.has(backend)) return;
  checked.add(backend);
  const read = ({ dataId }: tf.TensorInfo) =>
    indices ? (tf.engine().findBackend(backend).readSync(dataId) as ArrayLike<number>) : null;
  for (const [kernelName, check] of Object.entries(CHECKS)) {
    const kernel = tf.getKernel(kernelName, backend);
    if (!kernel) continue;
    tf.unregisterKernel(kernelName, backend);
    const kernelFunc: tf.KernelFunc = (call) => {
      check({ inputs: call.inputs as Call['inputs'], attrs: (call.attrs ?? {}) as Call['attrs'], read });
      return kernel.kernelFunc(call);
    };
    tf.registerKernel({ ...kernel, kernelFunc });
  }
}
