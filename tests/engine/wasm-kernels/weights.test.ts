/** Weights as they arrive on the wasm backend: widened where they lie, and laid out in panels. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { float16ToFloat32 } from '../../../src/lib/gpt2/checkpoint/half.ts';
import { linear, weightOf } from '../../../src/lib/gpt2/ops/linear.ts';
import { lookAt } from '../../../src/lib/gpt2/ops/look-at.ts';
import { fromPanels, toPanels } from '../../../src/lib/gpt2/ops/panels.ts';
import { elementCount, weightSpec } from '../../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { disposeWeights, WeightsBuilder } from '../../../src/lib/gpt2/model/weights.ts';
import { widenFinite } from '../../../src/lib/gpt2/checkpoint/widen.ts';
import { numTensors, startBackend } from '../../gpt2/backends.ts';
import { TINY_CONFIG } from '../../gpt2/tiny-model.ts';
import { expectSame, run, seeded, startWithKernels, type Op } from './beside-cpu.ts';

beforeAll(startWithKernels);

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

describe('WeightsBuilder(config, layout) on wasm', () => {
  const config = { ...TINY_CONFIG, n_layer: 1, n_head: 2, n_embd: 8, n_inner: 32 };
  const values = (length: number) => Float32Array.from({ length }, (_, i) => i);

  it.each(['panels', 'rows'] as const)('lays linear layers out in %s', async (layout) => {
    await startBackend('wasm');
    const before = numTensors();
    const builder = new WeightsBuilder(config, layout);
    for (const [name, shape] of weightSpec(config)) {
      const target = builder.sink(name, shape);
      target.values().set(values(elementCount(shape)));
      target.done();
    }
    const weights = builder.finish();
    const { c_attn, mlp } = weights.h[0];
    expect('panels' in mlp.c_fc && 'panels' in c_attn.k).toBe(layout === 'panels');
    const [c_fc, k] = [weightOf(mlp.c_fc), weightOf(c_attn.k)];
    expect(c_fc.shape).toEqual([8, 32]);
    expect(c_fc.dataSync()).toEqual(values(8 * 32));
    // c_attn.weight is [8, 24], of which k has columns 8 to 15
    expect([...k.dataSync()].slice(0, 10)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 32, 33]);
    tf.dispose([c_fc, k]);
    disposeWeights(weights);
    expect(numTensors()).toBe(before);
  });

  /** Names in an order of arrival, with wte at a place of its own. */
  const order = (names: string[], at: number) => {
    const others = names.filter((name) => name !== 'wte.weight');
    return [...others.slice(0, at), 'wte.weight', ...others.slice(at)];
  };

  it.each([
    ['first', 0, 1],
    ['between', 5, 1],
    ['last, as in the hub’s files', Infinity, 0]
  ])('makes the same tensors where wte comes %s', async (_, at, rooms) => {
    await startBackend('wasm');
    const wide = { ...config, vocab_size: 33 }; // wte has room for the longest weight, 8 x 32
    const spec = weightSpec(wide);
    const before = numTensors();
    const builder = new WeightsBuilder(wide);
    const named = (name: string) =>
      values(elementCount(spec.get(name)!)).map((value) => value + name.length / 100);
    for (const name of order([...spec.keys()], at)) {
      const target = builder.sink(name, spec.get(name)!);
      target.values().set(named(name));
      target.done();
    }
    expect(numTensors() - before).toBe(spec.size + 4 + rooms); // c_attn's weight and bias are three each
    const weights = builder.finish();
    expect(numTensors() - before).toBe(spec.size + 4);
    const c_fc = weightOf(weights.h[0].mlp.c_fc);
    expect(c_fc.dataSync()).toEqual(named('h.0.mlp.c_fc.weight'));
    expect((weights.wte as tf.Tensor2D).dataSync()).toEqual(named('wte.weight'));
    expect(weights.wte.shape).toEqual([33, 8]);
    c_fc.dispose();
    disposeWeights(weights);
    expect(numTensors()).toBe(before);
  });

  it('frees all of a checkpoint that breaks off before wte', async () => {
    await startBackend('wasm');
    const before = numTensors();
    const builder = new WeightsBuilder({ ...config, vocab_size: 33 });
    const target = builder.sink('h.0.mlp.c_fc.weight', [8, 32]);
    target.values().fill(1);
    target.done();
    builder.dispose();
    expect(numTensors()).toBe(before);
  });
});
