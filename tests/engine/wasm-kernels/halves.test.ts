/** Products, rows and layouts of float16 on the wasm backend: the numbers of widened ones, bit for bit. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { float16ToFloat32 } from '../../../src/lib/gpt2/checkpoint/half.ts';
import { narrow } from '../../../src/lib/gpt2/checkpoint/narrow.ts';
import { isHalved, widened } from '../../../src/lib/gpt2/ops/halves.ts';
import { linear } from '../../../src/lib/gpt2/ops/linear.ts';
import { unembed } from '../../../src/lib/gpt2/ops/logit-lens.ts';
import { fromPanels, toPanels } from '../../../src/lib/gpt2/ops/panels.ts';
import { lookAtTableRow, tableRows, wholeTable, type HalfTable } from '../../../src/lib/gpt2/ops/table.ts';
import { numTensors } from '../../gpt2/backends.ts';
import { expectEqualBits, seeded, startWithKernels } from './beside-cpu.ts';

beforeAll(startWithKernels);

/** Every finite float16, both zeros and all subnormals too: 248 x 256 of them. */
const FINITE = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits).filter(
  (bits) => (bits & 0x7c00) !== 0x7c00
);
const [ROWS, COLUMNS] = [248, 256];

/** Float16 as the backend keeps it. */
const halvesOf = (bits: Uint16Array, rows: number): tf.Tensor2D =>
  tf.tensor2d(new Int32Array(bits.slice().buffer), [rows, bits.length / rows / 2]);
const wholeOf = (bits: Uint16Array, rows: number): tf.Tensor2D =>
  tf.tensor2d(float16ToFloat32(bits), [rows, bits.length / rows]);
const tableOf = (bits: Uint16Array, rows: number): HalfTable => ({
  halves: halvesOf(bits, rows),
  shape: [rows, bits.length / rows]
});

/** Numbers of the size of weights, a subnormal, the largest and both zeros among them. */
function someBits(count: number): Uint16Array {
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin(i * i) * [1, 3e-5, 0.02][i % 3]);
  const bits = new Uint16Array(count);
  narrow('F16', values, bits);
  bits.set([0x0000, 0x8000, 0x0001, 0x83ff, 0x7bff, 0xfbff].slice(0, count));
  return bits;
}

/** Runs a test that leaves no tensor behind. */
const tidied = (name: string, test: () => void) =>
  it(name, () => {
    const before = numTensors();
    tf.tidy(test);
    expect(numTensors()).toBe(before);
  });

describe('every finite float16, by our kernels', () => {
  tidied('is widened exactly', () => {
    expect(FINITE).toHaveLength(ROWS * COLUMNS);
    expectEqualBits(widened(halvesOf(FINITE, ROWS)), float16ToFloat32(FINITE));
  });

  tidied('comes out of panels as it went in', () => {
    const panels = toPanels(halvesOf(FINITE, ROWS), [ROWS, COLUMNS])!;
    expect([panels.shape, isHalved(panels)]).toEqual([[COLUMNS / 8, ROWS, 4], true]);
    expectEqualBits(fromPanels(panels), float16ToFloat32(FINITE));
  });

  tidied('comes out of a product with 1, one row at a time and all at once', () => {
    const panels = toPanels(halvesOf(FINITE, ROWS), [ROWS, COLUMNS])!;
    const bias = tf.zeros([COLUMNS]) as tf.Tensor1D;
    const [one, whole] = [tf.eye(ROWS), wholeOf(FINITE, ROWS)];
    const same = (product: tf.Tensor, expected: tf.Tensor) =>
      expect(tf.max(tf.abs(tf.sub(product, expected))).dataSync()[0]).toBe(0);
    same(linear(one, { panels, bias }), whole);
    for (let row = 0; row < ROWS; row += 13)
      same(
        linear(tf.slice(one, [row, 0], [1, ROWS]), { panels, bias }),
        tf.slice(whole, [row, 0], [1, COLUMNS])
      );
    const table = tableOf(FINITE, ROWS);
    const columns = tf.eye(COLUMNS);
    same(unembed(columns, table), tf.transpose(whole));
    same(
      unembed(tf.slice(columns, [77, 0], [8, COLUMNS]), table),
      tf.slice(tf.transpose(whole), [77, 0], [8, ROWS])
    );
  });
});

describe('a product with halves is that with the same numbers in float32, bit for bit', () => {
  const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 32];

  it.each(rows)('in panels, %d rows', (T) => {
    tf.tidy(() => {
      for (const [inputs, outputs] of [
        [19, 24],
        [128, 8],
        [301, 40]
      ]) {
        // prettier-ignore
        const bits = someBits(inputs * outputs);
        const bias = seeded(3, outputs) as tf.Tensor1D;
        const x = seeded(1, T, inputs) as tf.Tensor2D;
        const half = { panels: toPanels(halvesOf(bits, inputs), [inputs, outputs])!, bias };
        const whole = { panels: toPanels(wholeOf(bits, inputs), [inputs, outputs])!, bias };
        expectEqualBits(linear(x, half), linear(x, whole));
      }
    });
  });

  it.each(rows)('with a table, %d rows', (T) => {
    tf.tidy(() => {
      for (const [vocab_size, n_embd] of [
        [29, 18],
        [41, 64],
        [67, 262]
      ]) {
        // prettier-ignore
        const bits = someBits(vocab_size * n_embd);
        const x = seeded(1, T, n_embd) as tf.Tensor2D;
        expectEqualBits(unembed(x, tableOf(bits, vocab_size)), unembed(x, wholeOf(bits, vocab_size)));
      }
    });
  });

  tidied('where some columns of a longer weight were laid out', () => {
    const panels = toPanels(halvesOf(someBits(60), 1), [2, 24], 8, 16)!;
    const expected = tf.slice(
      tf.reshape(tf.slice(wholeOf(someBits(60), 1), [0, 0], [1, 48]), [2, 24]),
      [0, 8]
    );
    expectEqualBits(fromPanels(panels), expected);
  });
});

describe('a table in halves', () => {
  it('gives rows and the whole in float32', async () => {
    const before = numTensors();
    const bits = someBits(7 * 6);
    const table = tableOf(bits, 7);
    const [all, some] = [wholeTable(table), tableRows(table, [6, 0, 6])];
    const expected = float16ToFloat32(bits);
    const row = (at: number) => expected.subarray(6 * at, 6 * at + 6);
    expectEqualBits(all, expected);
    expectEqualBits(some, Float32Array.from([...row(6), ...row(0), ...row(6)]));
    expect(await lookAtTableRow(table, 4, (values) => [...values])).toEqual([...row(4)]);
    tf.dispose([all, some, table.halves]);
    expect(numTensors()).toBe(before);
  });
});
