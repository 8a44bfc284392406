/** Weights of a checkpoint in F16 that stay float16 on the wasm backend: the same numbers, in half the room. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '../../../scripts/command/model-folder.ts';
import { ParameterFeeds } from '../../../src/lib/gpt2/checkpoint/parameter-feeds.ts';
import { CheckpointReader } from '../../../src/lib/gpt2/checkpoint/reader.ts';
import { parameterCount } from '../../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { gradientsAt } from '../../../src/lib/gpt2/explain/gradients.ts';
import { loadModel, type Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { listParameters, parameterTensor } from '../../../src/lib/gpt2/model/parameters.ts';
import { disposeWeights, WeightsBuilder } from '../../../src/lib/gpt2/model/weights.ts';
import { isHalved } from '../../../src/lib/gpt2/ops/halves.ts';
import { wholeTable } from '../../../src/lib/gpt2/ops/table.ts';
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
import { expectEqualBits, startWithKernels } from './beside-cpu.ts';

beforeAll(startWithKernels);

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
