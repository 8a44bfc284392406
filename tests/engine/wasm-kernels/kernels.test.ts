import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import binaries from 'virtual:wasm-kernels';
import { installWasmKernels } from '../../../src/lib/engine/wasm-kernels/index.ts';
import { attention, causalMask } from '../../../src/lib/gpt2/attention.ts';
import { geluTanhScalar } from '../../../src/lib/gpt2/gelu-scalar.ts';
import { geluTanh } from '../../../src/lib/gpt2/gelu.ts';
import { layerNorm } from '../../../src/lib/gpt2/layer-norm.ts';
import { float16ToFloat32 } from '../../../src/lib/gpt2/half.ts';
import { linear } from '../../../src/lib/gpt2/linear.ts';
import { unembed } from '../../../src/lib/gpt2/logit-lens.ts';
import { lookAt } from '../../../src/lib/gpt2/look-at.ts';
import { fromPanels, toPanels } from '../../../src/lib/gpt2/panels.ts';
import { seededRandom } from '../../../src/lib/gpt2/random.ts';
import { widenFinite } from '../../../src/lib/gpt2/widen.ts';
import { numTensors, startBackend } from '../../gpt2/backends.ts';

/** float32 sums of up to 600 products in another order; values here are of size 1 to 20. */
const TOLERANCE = 2e-5;

/** Seeded values in [-1, 1) on the current backend. */
function seeded(seed: number, ...shape: number[]): tf.Tensor {
  const next = seededRandom(seed);
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => 2 * next() - 1),
    shape
  );
}

type Op = () => tf.Tensor[];

/** What an op gives on a backend, and how many tensors it leaves beside its results. */
async function run(backend: 'cpu' | 'wasm', op: Op): Promise<{ shapes: number[][]; values: Float32Array[] }> {
  await startBackend(backend);
  const results = tf.tidy(op);
  const values = results.map((tensor) => Float32Array.from(tensor.dataSync()));
  const shapes = results.map(({ shape }) => shape);
  tf.dispose(results);
  return { shapes, values };
}

/** Runs an op with our kernels and with the plain JavaScript backend, which has none. */
async function expectSame(op: Op): Promise<void> {
  const expected = await run('cpu', op);
  const before = numTensors();
  const actual = await run('wasm', op);
  expect(numTensors()).toBe(before);
  expect(actual.shapes).toEqual(expected.shapes);
  for (const [i, values] of expected.values.entries()) {
    const worst = values.reduce((most, value, at) => {
      const difference = Math.abs(value - actual.values[i][at]) / Math.max(1, Math.abs(value));
      return Number.isNaN(difference) ? Infinity : Math.max(most, difference);
    }, 0);
    expect(worst, `result ${i}`).toBeLessThan(TOLERANCE);
  }
}

beforeAll(async () => {
  await startBackend('wasm');
  const startHelper = () => expect.fail('one thread needs no helper');
  expect(installWasmKernels(binaries, { threads: 1, startHelper })).toMatch(/^(relaxed|plain)$/);
});

describe('installWasmKernels(binaries, options)', () => {
  it('gives the wasm backend the fused kernels, and no other backend', () => {
    expect(tf.getKernel('Gpt2Attention', 'wasm')).toBeDefined();
    expect(tf.getKernel('Gpt2Attention', 'cpu')).toBeUndefined();
  });

  it('can be called again', async () => {
    await startBackend('wasm');
    const startHelper = () => expect.fail('one thread needs no helper');
    expect(installWasmKernels(binaries, { threads: 1, startHelper })).not.toBeNull();
    await expectSame(() => [tf.matMul(seeded(1, 3, 4) as tf.Tensor2D, seeded(2, 4, 8) as tf.Tensor2D)]);
  });

  it('refuses another backend', async () => {
    await startBackend('cpu');
    expect(() => installWasmKernels(binaries, { threads: 1, startHelper: () => {} })).toThrow(
      'installWasmKernels: the backend must be wasm, got cpu.'
    );
  });
});

/** Rows around the tiles' six and four; columns around the panels' eight and the chunks' 32; inner sizes around 256. */
const ROWS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 32];
const PRODUCTS: [m: number, k: number, n: number][] = [
  ...ROWS.map((m): [number, number, number] => [m, 19, 24]),
  [8, 256, 8],
  [8, 257, 33],
  [7, 600, 40],
  [1, 600, 40],
  [1, 5, 260],
  [1, 7, 3],
  [6, 1, 1],
  [14, 64, 1027]
];

describe('tf.add(a, b) with our sum', () => {
  it.each([[[1]], [[3]], [[2, 5]], [[3, 8, 7]], [[70, 193]]])('of two tensors %j', async (shape) => {
    await expectSame(() => [tf.add(seeded(1, ...shape), seeded(2, ...shape))]);
  });

  it('leaves other shapes and whole numbers to the backend', async () => {
    await expectSame(() => [
      tf.add(seeded(1, 3, 8), seeded(2, 8)),
      tf.add(seeded(1, 3, 1), seeded(2, 3, 4)),
      tf.add(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([4, 5, 6], 'int32')),
      tf.add(tf.zeros([0, 4]), tf.zeros([0, 4]))
    ]);
  });
});

describe('linear(x, weights) with our product', () => {
  it.each(PRODUCTS)('[%d, %d] · [%d] + bias, as the plain backend computes it', async (m, k, n) => {
    await expectSame(() => {
      const weights = { weight: seeded(2, k, n) as tf.Tensor2D, bias: seeded(3, n) as tf.Tensor1D };
      return [linear(seeded(1, m, k) as tf.Tensor2D, weights)];
    });
  });

  it('adds the bias once, whatever the inner size: the stock kernel adds it more often beside a transpose', async () => {
    await startBackend('wasm');
    for (const k of [47, 48, 49, 96, 768]) {
      const zeros = tf.zeros([4, k]) as tf.Tensor2D;
      const weights = { weight: tf.zeros([k, 8]) as tf.Tensor2D, bias: tf.ones([8]) as tf.Tensor1D };
      const y = linear(zeros, weights);
      expect([...y.dataSync()], `inner size ${k}`).toEqual(new Array(32).fill(1));
      tf.dispose([zeros, weights.weight, weights.bias, y]);
    }
  });
});

/** [T, inputs] · [inputs, outputs]: rows around the tiles' six, four and two; inner sizes odd and around the block's 128. */
const LAID_OUT: [T: number, inputs: number, outputs: number][] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 32].map((T): [number, number, number] => [T, 19, 24]),
  [8, 128, 8],
  [8, 129, 40],
  [1, 600, 16],
  [1, 601, 16],
  [1, 601, 40],
  [3, 1, 8],
  [7, 300, 264]
];

describe('linear(x, weights) with the weight in panels', () => {
  it.each(LAID_OUT)('[%d, %d] · [%d] + bias, as the plain backend computes it', (T, inputs, outputs) =>
    expectSame(() => {
      const weight = seeded(2, inputs, outputs) as tf.Tensor2D;
      const bias = seeded(3, outputs) as tf.Tensor1D;
      const panels = toPanels(weight, [inputs, outputs]);
      expect(panels === null).toBe(tf.getBackend() === 'cpu'); // which reads rows
      return [linear(seeded(1, T, inputs) as tf.Tensor2D, panels ? { panels, bias } : { weight, bias })];
    })
  );

  it('lays out two panels of [2, 16] by hand, and puts them back in rows', async () => {
    const rows = Array.from({ length: 32 }, (_, i) => i);
    const op: Op = () => {
      const panels = toPanels(tf.tensor2d(rows, [2, 16]), [2, 16])!;
      return [panels, fromPanels(panels)];
    };
    const { shapes, values } = await run('wasm', op);
    expect(shapes).toEqual([
      [2, 2, 8],
      [2, 16]
    ]);
    const row = (first: number) => rows.slice(first, first + 8);
    expect([...values[0]]).toEqual([...row(0), ...row(16), ...row(8), ...row(24)]);
    expect([...values[1]]).toEqual(rows);
  });

  it('lays out some columns of a weight that lies in a longer tensor', async () => {
    const numbers = Array.from({ length: 60 }, (_, i) => i);
    const { values } = await run('wasm', () => [toPanels(tf.tensor1d(numbers), [2, 24], 8, 16)!]);
    const row = (first: number) => numbers.slice(first, first + 8);
    expect([...values[0]]).toEqual([...row(8), ...row(32), ...row(16), ...row(40)]);
  });

  it('lays out more panels than one chunk has', async () => {
    const { values } = await run('wasm', () => [fromPanels(toPanels(seeded(1, 9, 136), [9, 136])!)]);
    expect(values[0]).toEqual((await run('cpu', () => [seeded(1, 9, 136)])).values[0]);
  });

  it('leaves a weight in rows whose columns do not fill panels', async () => {
    await startBackend('wasm');
    const weight = tf.ones([4, 12]);
    expect(toPanels(weight, [4, 12])).toBeNull();
    weight.dispose();
  });

  it('computes the same where the backend reads no panels', async () => {
    await startBackend('cpu');
    const { product, expected } = tf.tidy(() => {
      const [x, weight] = [seeded(1, 3, 5) as tf.Tensor2D, seeded(2, 5, 16) as tf.Tensor2D];
      const bias = seeded(3, 16) as tf.Tensor1D;
      const panels = tf.transpose(tf.reshape(weight, [5, 2, 8]), [1, 0, 2]) as tf.Tensor3D;
      const [product, expected] = [linear(x, { panels, bias }), linear(x, { weight, bias })];
      return { product: product.arraySync(), expected: expected.arraySync() };
    });
    expect(product).toEqual(expected);
  });
});

describe('tf.matMul with our product', () => {
  it('of batch 1 keeps its rank', () =>
    expectSame(() => [tf.matMul(seeded(1, 1, 5, 6) as tf.Tensor3D, seeded(2, 1, 6, 9) as tf.Tensor3D)]));

  it.each([
    [true, false],
    [false, true],
    [true, true]
  ])('leaves transposes (%s, %s) to the stock kernel', (transposeA, transposeB) =>
    expectSame(() => {
      const a = transposeA ? seeded(1, 6, 5) : seeded(1, 5, 6);
      const b = transposeB ? seeded(2, 9, 6) : seeded(2, 6, 9);
      return [tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transposeA, transposeB)];
    })
  );

  it('leaves batches to the stock kernel, one of them spread over the other', () =>
    expectSame(() => [
      tf.matMul(seeded(1, 3, 5, 6) as tf.Tensor3D, seeded(2, 3, 6, 9) as tf.Tensor3D),
      tf.matMul(seeded(1, 1, 5, 6) as tf.Tensor3D, seeded(2, 3, 6, 9) as tf.Tensor3D)
    ]));

  it('leaves an activation to the stock kernel', () =>
    expectSame(() => [
      tf.fused.matMul({
        a: seeded(1, 5, 6) as tf.Tensor2D,
        b: seeded(2, 6, 9) as tf.Tensor2D,
        bias: seeded(3, 9),
        activation: 'relu'
      })
    ]));
});

describe("widenFinite('F16', bytes, out) with our kernel", () => {
  /** Widens bits to a tensor's own memory. */
  async function widened(bits: Uint16Array): Promise<{ values: Float32Array; finite: boolean }> {
    await startBackend('wasm');
    const room = tf.zeros([bits.length]);
    const bytes = new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength);
    const result = await lookAt(room, (out) => {
      const finite = widenFinite('F16', bytes, out);
      return { values: Float32Array.from(out), finite };
    });
    room.dispose();
    return result;
  }
  const isFinite = (bits: number) => (bits & 0x7c00) !== 0x7c00;
  const patterns = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);

  it('widens every finite pattern exactly, subnormals and both zeros too', async () => {
    const bits = patterns.filter(isFinite);
    const { values, finite } = await widened(bits);
    expect(finite).toBe(true);
    const expected = float16ToFloat32(bits);
    expect(values.findIndex((value, i) => !Object.is(value, expected[i]))).toBe(-1);
  });

  it.each([1, 2, 3, 5, 7])('of %d numbers', async (count) => {
    const bits = Uint16Array.from({ length: count }, (_, i) => 0x3c00 + i);
    expect((await widened(bits)).values).toEqual(float16ToFloat32(bits));
  });

  it.each([0x7c00, 0xfc00, 0x7e00, 0xfc01])('finds 0x%x, wherever it stands', async (wrong) => {
    for (let at = 0; at < 6; at++) {
      const bits = new Uint16Array(6).fill(0xfbff);
      bits[at] = wrong;
      expect((await widened(bits)).finite, `at ${at}`).toBe(false);
    }
  });
});

describe('unembed(normalized, wte) with our kernel', () => {
  it.each(PRODUCTS)('[%d, %d] · [%d]ᵀ, as the plain backend computes it', (m, k, n) =>
    expectSame(() => [unembed(seeded(1, m, k) as tf.Tensor2D, seeded(2, n, k) as tf.Tensor2D)])
  );
});

describe('layerNorm(x, weights) with our kernel', () => {
  it.each([
    [1, 1],
    [1, 8],
    [5, 7],
    [9, 64],
    [33, 30]
  ])('of [%d, %d], as the plain backend computes it', (rows, width) =>
    expectSame(() => {
      const weights = { weight: seeded(2, width) as tf.Tensor1D, bias: seeded(3, width) as tf.Tensor1D };
      const { scale, normalized } = layerNorm(seeded(1, rows, width) as tf.Tensor2D, {
        ...weights,
        epsilon: 1e-5
      });
      return [scale, normalized];
    })
  );

  it('of [1, 3, 5, 7] by hand: mean 4, variance 5', async () => {
    const op: Op = () => {
      const weights = { weight: tf.tensor1d([1, 1, 1, 2]), bias: tf.tensor1d([0, 0, 0, 1]), epsilon: 0 };
      const { scale, normalized } = layerNorm(tf.tensor2d([[1, 3, 5, 7]]), weights);
      return [scale, normalized];
    };
    const { values } = await run('wasm', op);
    const [s] = values[0];
    expect(s).toBeCloseTo(Math.sqrt(5), 6);
    [-3 / s, -1 / s, 1 / s, 6 / s + 1].forEach((value, i) => expect(values[1][i]).toBeCloseTo(value, 6));
  });

  it('keeps NaN visible', async () => {
    const op: Op = () => {
      const weights = {
        weight: tf.ones([4]) as tf.Tensor1D,
        bias: tf.zeros([4]) as tf.Tensor1D,
        epsilon: 1e-5
      };
      return [layerNorm(tf.tensor2d([[1, NaN, 2, 3]]), weights).normalized];
    };
    expect((await run('wasm', op)).values[0].every(Number.isNaN)).toBe(true);
  });
});

describe('geluTanh(x) with our kernel', () => {
  it('is the function itself, to 1e-6, from -20 to 20 and beyond', async () => {
    const xs = [...Array.from({ length: 4001 }, (_, i) => (i - 2000) / 100), -1e4, -100, 100, 1e4];
    const { values } = await run('wasm', () => [geluTanh(tf.tensor1d(xs))]);
    xs.forEach((x, i) => {
      const expected = geluTanhScalar(x);
      expect(Math.abs(values[0][i] - expected), `gelu(${x})`).toBeLessThan(1e-6 * Math.max(1, Math.abs(x)));
    });
  });

  it.each([1, 3, 4097, 8191])('of %d numbers, as the plain backend computes it', (count) =>
    expectSame(() => [geluTanh(tf.mul(seeded(1, count), 6))])
  );
});

/** Scores, pattern, z and attn_out of seeded weights. */
function attended(T: number, n_head: number, d_head: number, mask: tf.Tensor3D): tf.Tensor[] {
  const n_embd = n_head * d_head;
  const part = (seed: number) => ({
    weight: tf.mul(seeded(seed, n_embd, n_embd), 0.5) as tf.Tensor2D,
    bias: seeded(seed + 1, n_embd) as tf.Tensor1D
  });
  const weights = { c_attn: { q: part(10), k: part(20), v: part(30) }, attn: { c_proj: part(40) } };
  const x = seeded(1, T, n_embd) as tf.Tensor2D;
  const { attn_scores, pattern, z, attn_out } = attention(x, weights, n_head, mask);
  // where a key is masked only "so low that the softmax gives 0" is promised
  return [tf.maximum(attn_scores, -1e6), pattern, z, attn_out];
}

describe('attention(x, weights, n_head, mask) with our kernel', () => {
  it.each([
    [1, 2, 4],
    [2, 1, 8],
    [5, 2, 4],
    [8, 3, 16],
    [50, 2, 10],
    [97, 2, 8]
  ])('of %d tokens and %d heads of %d, as the plain backend computes it', (T, n_head, d_head) =>
    expectSame(() => attended(T, n_head, d_head, causalMask(T)))
  );

  /** Causal, and key 0 is padding for query 2. */
  const padded = () => tf.tensor3d([0, -1e9, -1e9, 0, 0, -1e9, -1e9, 0, 0], [1, 3, 3]);

  it('computes any other mask without the kernel, which would not look at it', () =>
    expectSame(() => attended(3, 2, 4, padded())));

  it('gives exactly 0 to a key that another mask hides', async () => {
    const [pattern] = (await run('wasm', () => [attended(3, 2, 4, padded())[1]])).values;
    expect([pattern[6], pattern[15]]).toEqual([0, 0]); // query 2, key 0 of both heads
  });

  it('gives exactly 0 to keys after the query, and each row sums to 1', async () => {
    const T = 13;
    const [q, k, v] = [1, 2, 3].map((seed) => () => tf.mul(seeded(seed, T, 8), 30));
    const op: Op = () => [
      tf
        .engine()
        .runKernel<tf.Tensor[]>('Gpt2Attention', { q: q(), k: k(), v: v() }, { n_head: 2, masked: -1e9 })[1]
    ];
    const [pattern] = (await run('wasm', op)).values;
    for (let row = 0; row < 2 * T; row++) {
      const weights = pattern.subarray(row * T, (row + 1) * T);
      const after = weights.subarray((row % T) + 1);
      expect([...after]).toEqual(new Array(after.length).fill(0));
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    }
  });
});
