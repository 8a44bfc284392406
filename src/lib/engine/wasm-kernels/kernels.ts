import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import {
  addJob,
  attentionJob,
  decodeJob,
  geluJob,
  headMapsJob,
  layerNormJob,
  layOutJob,
  MAP_ROWS,
  matmulJob,
  panelsJob,
  widenJob
} from './jobs.ts';
import { DeviceMemoryError, mustBe } from '../../gpt2/errors.ts';
import { mapNumbers } from '../../gpt2/numbers/attention-maps.ts';
import { HALVES_IN_A_WORD, HALVES_DTYPE } from '../../gpt2/ops/halves.ts';
import type { KernelPool } from './pool.ts';

type Inputs = Record<string, TensorInfo>;
type Attributes = Record<string, unknown>;
type Kernel = (call: Call, inputs: Inputs, attributes: Attributes) => TensorInfo | TensorInfo[];

/** What a kernel works with: where tensors lie, new ones, and who computes. */
class Call {
  readonly #backend: BackendWasm;
  readonly pool: KernelPool;

  constructor(backend: BackendWasm, pool: KernelPool) {
    this.#backend = backend;
    this.pool = pool;
  }

  /** Address of a tensor's first number. */
  at({ dataId }: TensorInfo): number {
    return this.#backend.dataIdMap.get(dataId).memoryOffset;
  }

  /** Throws: DeviceMemoryError if the memory has no room left; what stands at its beginning would be written over. */
  make(...shape: number[]): TensorInfo {
    return this.makeOf('float32', shape);
  }

  /** As `make`; numbers of either dtype have 4 bytes. */
  makeOf(dtype: 'float32' | typeof HALVES_DTYPE, shape: number[]): TensorInfo {
    const made = this.#backend.makeOutput(shape, dtype);
    if (this.at(made) !== 0 || sizeOf(made) === 0) return made;
    this.#backend.disposeData(made.dataId, true);
    const bytes = Float32Array.BYTES_PER_ELEMENT * sizeOf(made);
    const advice = 'Close other tabs, use a shorter prompt or a smaller model.';
    throw new DeviceMemoryError(mustBe('wasm kernels: room for a result', `${bytes} bytes`, 'none', advice), {
      code: 'deviceRoom',
      values: [bytes]
    });
  }

  /** Numbers to work in: `use` gets their address, and they are gone after it. Throws: as `make`. */
  work(use: (at: number) => void, ...shape: number[]): void {
    const made = this.make(...shape);
    use(this.at(made));
    this.#backend.disposeData(made.dataId, true);
  }
}

/** True for float16, two in each number of the tensor: see gpt2/ops/halves.ts. */
const isHalf = ({ dtype }: TensorInfo) => dtype === HALVES_DTYPE;

const sizeOf = ({ shape }: TensorInfo) => shape.reduce((product, length) => product * length, 1);

const layerNorm: Kernel = (call, { x, weight, bias }, { epsilon }) => {
  const [rows, width] = x.shape;
  const [scale, normalized] = [call.make(rows, 1), call.make(rows, width)];
  const [at, weightAt, biasAt] = [x, weight, bias].map((tensor) => call.at(tensor));
  const results = { scale: call.at(scale), out: call.at(normalized) };
  const sizes = { rows, width, epsilon: epsilon as number };
  call.pool.run(layerNormJob({ x: at, weight: weightAt, bias: biasAt, ...results, ...sizes }));
  return [scale, normalized];
};

const gelu: Kernel = (call, { x }) => {
  const out = call.make(...x.shape);
  call.pool.run(geluJob(call.at(x), call.at(out), sizeOf(x)));
  return out;
};

const attention: Kernel = (call, { q, k, v }, attributes) => {
  const [rows, n_embd] = q.shape;
  const { n_head, T, masked } = attributes as { n_head: number; T: number; masked: number };
  const runs = rows / T;
  const squares = [runs * n_head, T, T];
  const [scores, pattern, z] = [call.make(...squares), call.make(...squares), call.make(rows, n_embd)];
  const sizes = { runs, T, n_head, n_embd, masked };
  call.pool.run(
    attentionJob({
      q: call.at(q),
      k: call.at(k),
      v: call.at(v),
      scores: call.at(scores),
      pattern: call.at(pattern),
      z: call.at(z),
      ...sizes
    })
  );
  return [scores, pattern, z];
};

const headMaps: Kernel = (call, { q, k }, attributes) => {
  const [padded, n_embd] = q.shape;
  const { n_head, T, block } = attributes as Record<string, number>;
  const size = mapNumbers(T, block);
  const maps = call.make(n_head, size);
  const sizes = { T, padded, block, n_head, n_embd, size };
  const addresses = { q: call.at(q), k: call.at(k), maps: call.at(maps) };
  call.work((rows) => call.pool.run(headMapsJob({ ...addresses, rows, ...sizes })), n_head, MAP_ROWS, padded);
  return maps;
};

const decodeAttention: Kernel = (call, { q, k, v, keys, values, first }, attributes) => {
  const [batch, n_embd] = q.shape;
  const { n_head, position } = attributes as { n_head: number; position: number };
  const capacity = keys.shape[1];
  const [pattern, z] = [call.make(batch, n_head, 1, capacity), call.make(batch, n_embd)];
  const inputs = {
    q: call.at(q),
    k: call.at(k),
    v: call.at(v),
    keys: call.at(keys),
    values: call.at(values)
  };
  const results = { pattern: call.at(pattern), z: call.at(z) };
  const sizes = { batch, T: position + 1, capacity, n_head, n_embd };
  call.pool.run(decodeJob({ ...inputs, ...results, first: call.at(first), ...sizes }));
  return [pattern, z];
};

function product(
  call: Call,
  a: TensorInfo,
  b: TensorInfo,
  bias: TensorInfo | undefined,
  transposed: boolean
): TensorInfo {
  const [m, k] = a.shape.slice(-2);
  const n = b.shape.at(transposed ? -2 : -1)!;
  const out = call.make(...a.shape.slice(0, -1), n);
  const addresses = { a: call.at(a), b: call.at(b), bias: bias ? call.at(bias) : 0, c: call.at(out) };
  call.pool.run(matmulJob({ ...addresses, m, n, k, transposed, half: isHalf(b) }, call.pool.threads));
  return out;
}

const unembed: Kernel = (call, { normalized, wte }) => product(call, normalized, wte, undefined, true);

const linear: Kernel = (call, { x, panels, bias }) => {
  const [m, k] = x.shape;
  const [count] = panels.shape;
  const out = call.make(m, ...bias.shape);
  const addresses = { a: call.at(x), panels: call.at(panels), bias: call.at(bias), c: call.at(out) };
  call.pool.run(panelsJob({ ...addresses, m, count, k, half: isHalf(panels) }));
  return out;
};

const layOut: Kernel = (call, { weight }, attributes) => {
  const { inputs: k, stride, first, outputs, columns } = attributes as Record<string, number>;
  const count = outputs / columns;
  const half = isHalf(weight);
  const out = half
    ? call.makeOf(HALVES_DTYPE, [count, k, columns / HALVES_IN_A_WORD])
    : call.make(count, k, columns);
  const bytes = half ? Uint16Array.BYTES_PER_ELEMENT : Float32Array.BYTES_PER_ELEMENT;
  call.pool.run(layOutJob({ b: call.at(weight) + first * bytes, out: call.at(out), k, stride, count, half }));
  return out;
};

const widen: Kernel = (call, { halves }) => {
  const out = call.make(...halves.shape.slice(0, -1), halves.shape.at(-1)! * HALVES_IN_A_WORD);
  call.pool.run(widenJob(call.at(halves), call.at(out), sizeOf(out)));
  return out;
};

/** The kernels that gpt2/ops/fused-kernels.ts names. */
const OWN: Readonly<Record<string, Kernel>> = {
  Gpt2LayerNorm: layerNorm,
  Gpt2Gelu: gelu,
  Gpt2Attention: attention,
  Gpt2HeadMaps: headMaps,
  Gpt2DecodeAttention: decodeAttention,
  Gpt2Unembed: unembed,
  Gpt2Linear: linear,
  Gpt2Panels: layOut,
  Gpt2Widen: widen
};

const isOne = (sizes: readonly number[]) => sizes.every((size) => size === 1);

/** True for x · weight + bias, or x · weight: batch 1, float32, nothing transposed, nothing applied to the result. */
function isPlainProduct({ a, b, bias, preluActivationWeights }: Inputs, attributes: Attributes): boolean {
  const { transposeA, transposeB, activation } = attributes;
  const applied = preluActivationWeights || (activation && activation !== 'linear');
  const plain = !transposeA && !transposeB && !applied;
  const floats = [a, b, bias].every((tensor) => !tensor || tensor.dtype === 'float32');
  const single =
    isOne(a.shape.slice(0, -2)) && isOne(b.shape.slice(0, -2)) && a.shape.length === b.shape.length;
  return plain && floats && single && sizeOf(a) > 0 && (!bias || sizeOf(bias) === b.shape.at(-1));
}

type PoolOf = (backend: BackendWasm) => KernelPool | undefined;

/** A matmul kernel of the backend that hands plain products to ours. */
function withOwnProduct(stock: KernelConfig, poolOf: PoolOf): KernelConfig {
  const kernelFunc: KernelFunc = (args) => {
    const backend = args.backend as BackendWasm;
    const inputs = args.inputs as Inputs;
    const pool = poolOf(backend);
    if (!pool || !isPlainProduct(inputs, args.attrs as Attributes)) return stock.kernelFunc(args);
    return product(new Call(backend, pool), inputs.a, inputs.b, inputs.bias, false);
  };
  return { ...stock, kernelFunc };
}

/** The backend's addition, which hands sums of two tensors of one shape to ours. */
function withOwnSum(stock: KernelConfig, poolOf: PoolOf): KernelConfig {
  const kernelFunc: KernelFunc = (args) => {
    const backend = args.backend as BackendWasm;
    const { a, b } = args.inputs as Inputs;
    const pool = poolOf(backend);
    const isPlain = a.dtype === 'float32' && b.dtype === 'float32' && `${a.shape}` === `${b.shape}`;
    if (!pool || !isPlain || sizeOf(a) === 0) return stock.kernelFunc(args);
    const call = new Call(backend, pool);
    const out = call.make(...a.shape);
    pool.run(addJob(call.at(a), call.at(b), call.at(out), sizeOf(a)));
    return out;
  };
  return { ...stock, kernelFunc };
}

/** The backend's kernels that ours stand in for where they can. */
const STAND_INS: Readonly<Record<string, typeof withOwnProduct>> = {
  _FusedMatMul: withOwnProduct,
  BatchMatMul: withOwnProduct,
  Add: withOwnSum
};

export const REPLACED = Object.keys(STAND_INS);

/** Every kernel to register, given the backend's own of the `REPLACED` ones. */
export function kernelConfigs(stock: readonly KernelConfig[], poolOf: PoolOf): KernelConfig[] {
  const own = Object.entries(OWN).map(([kernelName, kernel]): KernelConfig => {
    const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
      const pool = poolOf(backend as BackendWasm);
      if (!pool)
        throw new Error(
          `${kernelName}: kernels must be installed in this backend, got none. Start it again.`
        );
      return kernel(new Call(backend as BackendWasm, pool), inputs as Inputs, attrs as Attributes);
    };
    return { kernelName, backendName: 'wasm', kernelFunc };
  });
  return [...own, ...stock.map((config) => STAND_INS[config.kernelName](config, poolOf))];
}
