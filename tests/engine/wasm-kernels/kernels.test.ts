import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import binaries from 'virtual:wasm-kernels';
import { installWasmKernels } from '../../../src/lib/engine/wasm-kernels/index.ts';
import { geluTanhScalar } from '../../../src/lib/gpt2/ops/gelu-scalar.ts';
import { geluTanh } from '../../../src/lib/gpt2/ops/gelu.ts';
import { layerNorm } from '../../../src/lib/gpt2/ops/layer-norm.ts';
import { linear } from '../../../src/lib/gpt2/ops/linear.ts';
import { unembed } from '../../../src/lib/gpt2/ops/logit-lens.ts';
import { numTensors, startBackend } from '../../gpt2/backends.ts';
import { attended, KERNEL_CASES } from '../kernel-cases.ts';
import { expectSame, run, seeded, startWithKernels, type Op } from './beside-cpu.ts';

beforeAll(startWithKernels);

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

describe('a memory without room', () => {
  it('is said before anything is written, and what is there stays', async () => {
    await startBackend('wasm');
    const x = tf.tensor1d([1, 2, 3, 4]);
    const before = numTensors();
    const { wasm } = tf.backend() as unknown as { wasm: { _malloc(bytes: number): number } };
    const malloc = vi.spyOn(wasm, '_malloc').mockReturnValue(0);
    expect(() => geluTanh(x)).toThrow('room for a result must be 16 bytes, got none.');
    malloc.mockRestore();
    expect(numTensors()).toBe(before);
    const y = geluTanh(x);
    expect(y.dataSync()[3]).toBeCloseTo(geluTanhScalar(4), 5);
    tf.dispose([x, y]);
  });
});

describe('our kernels', () => {
  it.each(KERNEL_CASES)('$name, as the plain backend computes it', ({ op }) => expectSame(op));
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

describe('unembed(normalized, wte) with our kernel', () => {
  it.each(PRODUCTS)('[%d, %d] · [%d]ᵀ, as the plain backend computes it', (m, k, n) =>
    expectSame(() => [unembed(seeded(1, m, k) as tf.Tensor2D, seeded(2, n, k) as tf.Tensor2D)])
  );
});

describe('layerNorm(x, weights) with our kernel', () => {
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
});

describe('attention(x, weights, n_head, mask) with our kernel', () => {
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
        .runKernel<tf.Tensor[]>(
          'Gpt2Attention',
          { q: q(), k: k(), v: v() },
          { n_head: 2, T, masked: -1e9 }
        )[1]
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
