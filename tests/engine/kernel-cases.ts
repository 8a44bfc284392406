/** What our kernels compute in the tests of every backend that has them, on seeded tensors. The plain backend is right. */
import * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../../src/lib/gpt2/numbers/random.ts';
import { attention, causalMask } from '../../src/lib/gpt2/ops/attention.ts';
import { geluTanh } from '../../src/lib/gpt2/ops/gelu.ts';
import { layerNorm } from '../../src/lib/gpt2/ops/layer-norm.ts';
import { unembed } from '../../src/lib/gpt2/ops/logit-lens.ts';

export type Op = () => tf.Tensor[];

export interface KernelCase {
  readonly name: string;
  readonly op: Op;
}

/** Seeded values in [-1, 1) on the current backend. */
export function seeded(seed: number, ...shape: number[]): tf.Tensor {
  const next = seededRandom(seed);
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => 2 * next() - 1),
    shape
  );
}

/** Scores, pattern, z and attn_out of seeded weights. */
export function attended(T: number, n_head: number, d_head: number, mask: tf.Tensor3D): tf.Tensor[] {
  const n_embd = n_head * d_head;
  const part = (seed: number) => ({
    weight: tf.mul(seeded(seed, n_embd, n_embd), 0.5) as tf.Tensor2D,
    bias: seeded(seed + 1, n_embd) as tf.Tensor1D
  });
  const attn = { c_proj: part(40), score_factor: 1 };
  const weights = { c_attn: { q: part(10), k: part(20), v: part(30) }, attn };
  const x = seeded(1, T, n_embd) as tf.Tensor2D;
  const { attn_scores, pattern, z, attn_out } = attention(x, weights, n_head, mask);
  // where a key is masked only "so low that the softmax gives 0" is promised
  return [tf.maximum(attn_scores, -1e6), pattern, z, attn_out];
}

const NORMS = [
  [1, 1],
  [1, 8],
  [5, 7],
  [9, 64],
  [33, 30]
];
/** Tokens, heads, and numbers of a head: even and odd, around the 48 queries that wasm takes at a time. */
const ATTENTIONS = [
  [1, 2, 4],
  [2, 1, 8],
  [5, 2, 4],
  [8, 3, 16],
  [12, 2, 5],
  [50, 2, 10],
  [97, 2, 8]
];
const RUNS = [
  [3, 5, 2, 4],
  [2, 50, 3, 8]
];

export const KERNEL_CASES: readonly KernelCase[] = [
  ...NORMS.map(([rows, width]) => ({
    name: `layerNorm of [${rows}, ${width}]`,
    op: () => {
      const weights = { weight: seeded(2, width) as tf.Tensor1D, bias: seeded(3, width) as tf.Tensor1D };
      const x = seeded(1, rows, width) as tf.Tensor2D;
      const { scale, normalized } = layerNorm(x, { ...weights, epsilon: 1e-5 });
      return [scale, normalized];
    }
  })),
  ...[1, 3, 4097, 8191].map((count) => ({
    name: `geluTanh of ${count} numbers`,
    op: () => [geluTanh(tf.mul(seeded(1, count), 6))]
  })),
  {
    name: 'geluTanh far from 0',
    op: () => [geluTanh(tf.tensor1d([-1e4, -100, -20, -1e-4, 0, 1e-4, 20, 100, 1e4]))]
  },
  ...ATTENTIONS.map(([T, n_head, d_head]) => ({
    name: `attention of ${T} tokens and ${n_head} heads of ${d_head}`,
    op: () => attended(T, n_head, d_head, causalMask(T))
  })),
  ...RUNS.map(([runs, T, n_head, d_head]) => ({
    name: `attention of ${runs} runs of ${T} tokens below one another, each by itself`,
    op: () => attended(runs * T, n_head, d_head, causalMask(T))
  })),
  ...[
    [1, 19, 24],
    [13, 600, 41]
  ].map(([m, k, n]) => ({
    name: `unembed of [${m}, ${k}] with [${n}, ${k}]`,
    op: () => [unembed(seeded(1, m, k) as tf.Tensor2D, seeded(2, n, k) as tf.Tensor2D)]
  })),
  {
    name: 'gather of rows, some of them twice, and of an odd number of columns',
    op: () => [
      tf.gather(seeded(1, 9, 6), tf.tensor1d([8, 0, 3, 3, 7], 'int32')),
      tf.gather(seeded(1, 4, 5), tf.tensor1d([3, 0], 'int32')),
      tf.gather(seeded(1, 4, 5), tf.tensor1d([4, 0], 'int32'), 1)
    ]
  }
];
