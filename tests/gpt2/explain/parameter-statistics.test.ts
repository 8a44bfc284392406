import { describe, expect, it } from 'vitest';
import { embeddingMap } from '../../../src/lib/gpt2/explain/embedding-map.ts';
import {
  matrixMap,
  parameterMap,
  parameterStatistics,
  statistics
} from '../../../src/lib/gpt2/explain/parameter-statistics.ts';
import { textStatistics } from '../../../src/lib/gpt2/explain/heads.ts';
import { textRows } from '../../../src/lib/gpt2/explain/text-rows.ts';
import { listParameters, readParameter } from '../../../src/lib/gpt2/model/parameters.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyModel } from '../tiny-model.ts';

describe('statistics(values, bins)', () => {
  it('by hand: 1 2 3 6 in five parts', () => {
    const { bins, ...rest } = statistics([1, 2, 3, 6], 5);
    expect(rest).toEqual({ count: 4, mean: 3, std: Math.sqrt(3.5), min: 1, max: 6, odd: 0 });
    expect([...bins]).toEqual([1, 1, 1, 0, 1]);
  });

  it('puts equal values into the first part, and counts apart what is no number', () => {
    const { bins, count, odd, std } = statistics([2, NaN, 2, Infinity], 3);
    expect([[...bins], count, odd, std]).toEqual([[2, 0, 0], 2, 2, 0]);
    expect(() => statistics([NaN], 3)).toThrow('values must be finite somewhere, got 1 others');
    expect(() => statistics([1], 0)).toThrow('bins must be a whole number from 1, got 0');
  });
});

describe('matrixMap(values, shape, { window, most, cell })', () => {
  const values = [1, -5, 2, 3, 4, 0, -1, 6, 7, 8, -9, 2]; // [3, 4]
  it('gives every value where it has room, and parts of a matrix', () => {
    const whole = matrixMap(values, [3, 4], { most: 10, cell: 'extreme' });
    expect([whole.rows, whole.columns, [...whole.values]]).toEqual([3, 4, values]);
    const window = { top: 1, bottom: 3, left: 2, right: 4 };
    expect([...matrixMap(values, [3, 4], { window, most: 10, cell: 'mean' }).values]).toEqual([-1, 6, -9, 2]);
  });

  it('else the value farthest from 0 or the mean: rows 0 | 1 2, columns 0 1 | 2 3', () => {
    const by = (cell: 'extreme' | 'mean') => [...matrixMap(values, [3, 4], { most: 2, cell }).values];
    expect(by('extreme')).toEqual([-5, 3, 8, -9]);
    expect(by('mean')).toEqual([-2, 2.5, 4.75, -0.5]);
  });

  it('keeps NaN in sight and refuses a window outside', () => {
    expect([...matrixMap([1, NaN, 9, 2], [1, 4], { most: 2, cell: 'extreme' }).values]).toEqual([NaN, 9]);
    const window = { top: 0, bottom: 4, left: 0, right: 4 };
    expect(() => matrixMap(values, [3, 4], { window, most: 2, cell: 'mean' })).toThrow(
      'window must be a part of [3, 4]'
    );
  });
});

describe.each(NODE_BACKENDS)('parameters of a model on %s', (backend) => {
  it('have statistics and a map, each of them; nothing stays on the device', async () => {
    await startBackend(backend);
    const model = tinyModel();
    const before = numTensors();
    for (const { name, shape, count } of listParameters(model.config)) {
      const values = await readParameter(model.weights, name);
      expect(await parameterStatistics(model.weights, name)).toEqual(statistics(values));
      const map = await parameterMap(model.weights, name, { most: 100, cell: 'extreme' });
      expect([map.rows, map.columns]).toEqual(shape.length === 2 ? shape : [1, count]);
      expect(map.values).toEqual(values);
    }
    await expect(async () => parameterStatistics(model.weights, 'wte')).rejects.toThrow(
      'a parameter of this'
    );
    const { x, y, shares } = await embeddingMap(model, 'wpe');
    expect([x.length, y.length]).toEqual([32, 32]);
    const sum = (axis: Float32Array) => axis.reduce((total, value) => total + value, 0);
    expect(Math.abs(sum(x)) + Math.abs(sum(y))).toBeLessThan(1e-4);
    const squares = (axis: Float32Array) => axis.reduce((total, value) => total + value * value, 0);
    expect(squares(x) / shares[0]).toBeCloseTo(squares(y) / shares[1], 3); // both are of the whole variance
    expect(numTensors()).toBe(before);
    model.dispose();
  });
});

describe('textStatistics over 200,000 tokens', () => {
  it('holds as much at the end as at the start, and nothing once it is cancelled half way', async () => {
    await startBackend('wasm');
    const model = tinyModel({ n_layer: 1, n_ctx: 128 });
    const before = numTensors();
    const ids = Array.from({ length: 200_000 }, (_, i) => (i * i + (i >> 7)) % TINY_CONFIG.vocab_size);
    const rows = textRows(ids, Infinity, 128);
    const total = Math.ceil(ids.length / 128);
    const stop = new AbortController();
    const tensors = new Set<number>();
    const heap: number[] = [];
    await expect(async () => {
      for await (const { done } of textStatistics(model, rows, 128, total, { signal: stop.signal })) {
        tensors.add(numTensors());
        if (done % 100 === 0) heap.push(process.memoryUsage().heapUsed);
        if (done === Math.floor(total / 2)) stop.abort(new Error('cancelled half way'));
      }
    }).rejects.toThrow('cancelled half way');
    expect([...tensors]).toEqual([before]);
    expect(numTensors()).toBe(before);
    expect(heap.at(-1)! - heap[0]).toBeLessThan(64 * 2 ** 20); // the garbage of some rows, not the patterns of 780: 51 MB a head
    model.dispose();
  }, 60_000);
});
