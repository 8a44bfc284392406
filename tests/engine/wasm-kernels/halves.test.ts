/** Weights that stay float16 on the wasm backend: the same numbers as widened ones, in half the room. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '../../../scripts/command/model-folder.ts';
import { float16ToFloat32 } from '../../../src/lib/gpt2/checkpoint/half.ts';
import { narrow } from '../../../src/lib/gpt2/checkpoint/narrow.ts';
import { ParameterFeeds } from '../../../src/lib/gpt2/checkpoint/parameter-feeds.ts';
import { CheckpointReader } from '../../../src/lib/gpt2/checkpoint/reader.ts';
import { parameterCount } from '../../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { gradientsAt } from '../../../src/lib/gpt2/explain/gradients.ts';
import { loadModel, type Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { listParameters, parameterTensor } from '../../../src/lib/gpt2/model/parameters.ts';
import { disposeWeights, WeightsBuilder } from '../../../src/lib/gpt2/model/weights.ts';
import { isHalved, widened } from '../../../src/lib/gpt2/ops/halves.ts';
import { linear } from '../../../src/lib/gpt2/ops/linear.ts';
import { unembed } from '../../../src/lib/gpt2/ops/logit-lens.ts';
import { fromPanels, toPanels } from '../../../src/lib/gpt2/ops/panels.ts';
import { lookAtTableRow, tableRows, wholeTable, type HalfTable } from '../../../src/lib/gpt2/ops/table.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { numTensors } from '../../gpt2/backends.ts';
import {
  makeSafetensors,
  TINY,
  TINY_SHAPES,
  tinyTensors,
  tinyValues,
  type TestDtype,
  type TestTensor
} from '../../gpt2/make-safetensors.ts';
import { seeded, startWithKernels } from './beside-cpu.ts';

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

/** Bit for bit, the sign of zero too. */
function expectEqualBits(actual: tf.Tensor, expected: tf.Tensor | Float32Array): void {
  const wanted = expected instanceof Float32Array ? expected : (expected.dataSync() as Float32Array);
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array) =>
    Buffer.from(buffer, byteOffset, byteLength);
  expect(bytes(actual.dataSync() as Float32Array).equals(bytes(wanted))).toBe(true);
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

interface Embedding {
  readonly dtype: TestDtype;
  /** Its second half is 0. */
  readonly changed?: boolean;
}

/** The numbers of TINY's embedding, changed or as it is. */
function embeddingNumbers({ dtype, changed }: Embedding) {
  const tensor = tinyTensors(dtype).get('wte.weight')!;
  const numbers = tinyValues([...TINY_SHAPES.keys()].indexOf('wte.weight'), 20);
  if (changed) tensor.bytes.fill(0, tensor.bytes.length / 2);
  return { tensor, numbers: numbers.map((value, i) => (changed && i >= 10 ? 0 : value)) };
}

/** Builds TINY, its blocks in F16, and looks at what stands for the embedding. */
function build(embeddings: [name: string, embedding: Embedding][]) {
  const before = numTensors();
  const others = [...tinyTensors('F16')].filter(([name]) => name !== 'wte.weight');
  const own = embeddings.map(([name, one]): [string, TestTensor] => [name, embeddingNumbers(one).tensor]);
  const file = makeSafetensors([...own, ...others]);
  const builder = new WeightsBuilder(TINY);
  const feeds = new ParameterFeeds(TINY, builder.sink);
  const reader = new CheckpointReader(feeds, file.length);
  for (let at = 0; at < file.length; at += 777) reader.push(file.subarray(at, at + 777));
  reader.end();
  feeds.finish();
  const weights = builder.finish();
  const [wte, lm_head] = [weights.wte, weights.lm_head].map((table) => ({
    isHalf: 'halves' in table,
    numbers: tf.tidy(() => [...wholeTable(table).dataSync()])
  }));
  const isTied = weights.wte === weights.lm_head;
  const { c_fc } = weights.h[1].mlp;
  const blocksAreHalf = 'panels' in c_fc && isHalved(c_fc.panels);
  disposeWeights(weights);
  expect(numTensors()).toBe(before);
  return { wte, lm_head, isTied, blocksAreHalf };
}

describe('WeightsBuilder(config) on wasm, of a checkpoint in F16', () => {
  const [WTE, LM_HEAD] = ['wte.weight', 'lm_head.weight'];

  it('keeps linear layers and the embedding in halves', () => {
    const { wte, isTied, blocksAreHalf } = build([[WTE, { dtype: 'F16' }]]);
    expect([wte.isHalf, isTied, blocksAreHalf]).toEqual([true, true, true]);
    expect(wte.numbers).toEqual(embeddingNumbers({ dtype: 'F16' }).numbers);
  });

  it.each(['F32', 'BF16'] as const)('keeps an embedding in %s in float32', (dtype) => {
    const { wte, blocksAreHalf } = build([[WTE, { dtype }]]);
    expect([wte.isHalf, blocksAreHalf]).toEqual([false, true]);
    expect(wte.numbers).toEqual(embeddingNumbers({ dtype }).numbers);
  });

  const DTYPES = ['F16', 'F32'] as const;
  const PAIRS = DTYPES.flatMap((first) =>
    DTYPES.flatMap((second) => [WTE, LM_HEAD].map((name) => ({ first, second, name })))
  );

  it.each(PAIRS)('$name in $first first, the other one in $second', ({ first, second, name }) => {
    const other = name === WTE ? LM_HEAD : WTE;
    const same = build([
      [name, { dtype: first }],
      [other, { dtype: second }]
    ]);
    expect(same.isTied).toBe(true);
    expect(same.wte.numbers).toEqual(embeddingNumbers({ dtype: 'F16' }).numbers);
    const changed = { dtype: second, changed: true };
    const different = build([
      [name, { dtype: first }],
      [other, changed]
    ]);
    expect(different.isTied).toBe(false);
    const [mine, others] = name === WTE ? (['wte', 'lm_head'] as const) : (['lm_head', 'wte'] as const);
    expect(different[mine].numbers).toEqual(embeddingNumbers({ dtype: first }).numbers);
    expect(different[others].numbers).toEqual(embeddingNumbers(changed).numbers);
    expect(different[mine].isHalf).toBe(first === 'F16');
  });

  it('names an infinite value by its place', () => {
    const tensors = tinyTensors('F16');
    tensors.get('h.0.mlp.c_fc.weight')!.bytes.set([0x00, 0x7c], 2 * 18);
    const builder = new WeightsBuilder(TINY);
    const file = makeSafetensors(tensors);
    const reader = new CheckpointReader(new ParameterFeeds(TINY, builder.sink), file.length);
    expect(() => reader.push(file)).toThrow(
      'h.0.mlp.c_fc.weight[1, 2] must be a finite number, got Infinity'
    );
    builder.dispose();
  });
});

describe('gpt2-nano, whose file is F16', () => {
  let before: number;
  let model: Gpt2Model;
  let bytes: number;
  let inRows: Gpt2Model;

  beforeAll(async () => {
    const files = folderFiles('test', 'static/models/gpt2-nano');
    before = tf.memory().numBytes;
    model = await loadModel(files);
    bytes = tf.memory().numBytes - before;
    inRows = await loadModel(files, { layout: 'rows' });
  });

  afterAll(() => {
    model.dispose();
    inRows.dispose();
    expect(tf.memory().numBytes).toBe(before);
  });

  it('takes half the bytes that it takes in float32, and every parameter is the same', () => {
    const whole = tf.memory().numBytes - before - bytes;
    expect(whole).toBe(4 * parameterCount(model.config));
    expect(bytes / whole).toBeGreaterThan(0.5);
    expect(bytes / whole).toBeLessThan(0.51);
    for (const { name } of listParameters(model.config)) {
      tf.tidy(() =>
        expectEqualBits(parameterTensor(model.weights, name), parameterTensor(inRows.weights, name))
      );
    }
  });

  it.each(['logit', 'log_probability'] as const)('has the gradients of its %s', async (kind) => {
    const [half, whole] = await Promise.all(
      [model, inRows].map(async (one) => {
        const trace = await runTrace(one, [464, 3290, 373]);
        const metric = { position: 2, token: 257, kind };
        const found = await gradientsAt(trace, [{ name: 'z', layer: 11 }], metric);
        trace.dispose();
        return { metric: found.metric, values: found.at[0] };
      })
    );
    expect(half.metric).toBeCloseTo(whole.metric, 4);
    const largest = whole.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeGreaterThan(0);
    const apart = half.values.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - whole.values[i])),
      0
    );
    expect(apart).toBeLessThan(1e-4 * largest);
  });
});
