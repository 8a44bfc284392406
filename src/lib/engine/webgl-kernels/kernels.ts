import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { getKernel, type KernelConfig, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import {
  attentionPattern,
  attentionScores,
  attentionValues,
  softmaxStatistics,
  type AttentionSizes
} from './programs/attention';
import { gatherRows } from './programs/gather-rows';
import { gelu } from './programs/gelu';
import { headMaps } from './programs/head-maps';
import { join } from './programs/join';
import { layerNormApply, layerNormScale } from './programs/layer-norm';
import type { Program } from './program';

type Inputs = Record<string, TensorInfo>;
type Run = (program: Program, ...inputs: TensorInfo[]) => TensorInfo;

/** What a kernel works with. */
interface Call {
  readonly backend: MathBackendWebGL;
  readonly run: Run;
  readonly free: (tensor: TensorInfo) => void;
}

type Kernel = (call: Call, inputs: Inputs, attributes: Record<string, number>) => TensorInfo | TensorInfo[];

const layerNorm: Kernel = ({ run }, { x, weight, bias }, { epsilon }) => {
  const [rows, width] = x.shape;
  const scale = run(layerNormScale(rows, width, epsilon), x);
  return [scale, run(layerNormApply(rows, width), x, scale, weight, bias)];
};

const attention: Kernel = ({ run, free }, { q, k, v }, { n_head, T, masked }) => {
  const [rows, n_embd] = q.shape;
  const sizes: AttentionSizes = { runs: rows / T, T, n_head, n_embd };
  const heads = sizes.runs * n_head;
  const scores = run(attentionScores(sizes, masked), q, k);
  const statistics = run(softmaxStatistics(heads, T), scores);
  const pattern = run(attentionPattern(heads, T), scores, statistics);
  free(statistics);
  return [scores, pattern, run(attentionValues(sizes), pattern, v)];
};

const maps: Kernel = ({ run, free }, { q, k }, { n_head, T, block }) => {
  const [padded, n_embd] = q.shape;
  const scores = run(attentionScores({ runs: 1, T: padded, n_head, n_embd }, 0), q, k);
  const statistics = run(softmaxStatistics(n_head, padded), scores);
  const made = run(headMaps(n_head, T, block), scores, statistics);
  free(scores);
  free(statistics);
  return made;
};

const joined: Kernel = ({ run }, inputs) => {
  const tensors = Object.values(inputs);
  return run(join(tensors.map(({ shape }) => shape)), ...tensors);
};

/** The backend's product with wte as it lies: stock operations would transpose both sides first, for the wasm backend. */
const unembed: Kernel = ({ backend }, { normalized, wte }) => {
  const attrs = { transposeA: false, transposeB: true };
  return getKernel('BatchMatMul', 'webgl').kernelFunc({ inputs: { a: normalized, b: wte }, attrs, backend });
};

/** The kernels that gpt2/ops/fused-kernels.ts names; products stay the backend's, which adds the bias in them. */
const OWN: Readonly<Record<string, Kernel>> = {
  Gpt2LayerNorm: layerNorm,
  Gpt2Gelu: ({ run }, { x }) => run(gelu(x.shape), x),
  Gpt2Attention: attention,
  Gpt2HeadMaps: maps,
  Gpt2Join: joined,
  Gpt2Unembed: unembed
};

/** The backend's gather, which hands rows of a matrix of floats to ours. */
function withOwnRows(stock: KernelConfig): KernelConfig {
  const kernelFunc: KernelFunc = (args) => {
    const { x, indices } = args.inputs as Inputs;
    const { axis, batchDims } = args.attrs as Record<string, number>;
    const isPlain = x.dtype === 'float32' && x.shape.length === 2 && indices.shape.length === 1;
    if (!isPlain || axis !== 0 || batchDims > 0 || indices.shape[0] === 0) return stock.kernelFunc(args);
    const backend = args.backend as MathBackendWebGL;
    return backend.compileAndRun(gatherRows(indices.shape[0], x.shape[1]), [x, indices], 'float32');
  };
  return { ...stock, kernelFunc };
}

/** The backend's kernels that ours stand in for where they can. */
const STAND_INS: Readonly<Record<string, typeof withOwnRows>> = { GatherV2: withOwnRows };

export const REPLACED = Object.keys(STAND_INS);

/** Every kernel to register, given the backend's own of the `REPLACED` ones. */
export function kernelConfigs(stock: readonly KernelConfig[]): KernelConfig[] {
  const own = Object.entries(OWN).map(([kernelName, kernel]): KernelConfig => {
    const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
      const webgl = backend as MathBackendWebGL;
      const run: Run = (program, ...tensors) => webgl.compileAndRun(program, tensors, 'float32');
      const free = (tensor: TensorInfo) => webgl.disposeIntermediateTensorInfo(tensor);
      return kernel({ backend: webgl, run, free }, inputs as Inputs, (attrs ?? {}) as Record<string, number>);
    };
    return { kernelName, backendName: 'webgl', kernelFunc };
  });
  return [...own, ...stock.map((config) => STAND_INS[config.kernelName](config))];
}
