import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { CachedLayer } from '../../../src/lib/gpt2/decode/cache.ts';
import type {
  AttendedColumns,
  ColumnAttention,
  NewColumnsPlace
} from '../../../src/lib/gpt2/decode/column-attention.ts';
import { HeadsAttention } from '../../../src/lib/gpt2/decode/heads-attention.ts';
import { RowsAttention } from '../../../src/lib/gpt2/decode/rows-attention.ts';
import { seededRandom } from '../../../src/lib/gpt2/numbers/random.ts';
import { numTensors, startBackend } from '../../gpt2/backends.ts';

/** float32 sums of up to 64 products in another order, of values of size 1. */
const TOLERANCE = 1e-5;
const CAPACITY = 40;
const PROMPT = 5;
const STEPS = 30;

interface Case {
  readonly n_head: number;
  readonly d_head: number;
  readonly padding: readonly number[];
}

function seeded(seed: number, rows: number, width: number): tf.Tensor2D {
  const next = seededRandom(seed);
  return tf.tensor2d(
    Float32Array.from({ length: rows * width }, () => 2 * next() - 1),
    [rows, width]
  );
}

/** What a prompt and then single columns attend to: z of each, and the pattern of the single ones. */
function attendAll(
  { n_head, d_head, padding }: Case,
  attentionOf: (columns: NewColumnsPlace) => ColumnAttention
): Float32Array[] {
  const found: Float32Array[] = [];
  const passes = [{ length: 0, count: PROMPT }];
  for (let step = 0; step < STEPS; step++) passes.push({ length: PROMPT + step, count: 1 });
  let past = null as CachedLayer | null;
  for (const { length, count } of passes) {
    const attention = attentionOf({ padding, length, count, real: count, capacity: CAPACITY });
    const [q, k, v] = [1, 2, 3].map((part) =>
      seeded(10 * length + part, padding.length * count, n_head * d_head)
    );
    const before: CachedLayer | null = past;
    const attended: AttendedColumns = tf.tidy(() => attention.attend(q, k, v, n_head, before));
    found.push(Float32Array.from(attended.z.dataSync()));
    if (before) found.push(Float32Array.from(attended.pattern.dataSync()));
    if (before && before.keys !== attended.keys) tf.dispose([before.keys, before.values]);
    past = { keys: attended.keys, values: attended.values };
    tf.dispose([q, k, v, attended.z, attended.pattern]);
    attention.dispose();
  }
  tf.dispose([past!.keys, past!.values]);
  return found;
}

const worst = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), a.length === b.length ? 0 : Infinity);

describe('Gpt2DecodeAttention', () => {
  const cases: [string, Case][] = [
    ['one row', { n_head: 2, d_head: 64, padding: [0] }],
    ['heads that fill no vector', { n_head: 3, d_head: 7, padding: [0] }],
    ['heads of some vectors and a rest', { n_head: 2, d_head: 22, padding: [0] }],
    ['rows with filler in front', { n_head: 2, d_head: 16, padding: [0, 3, 1] }],
    ['a row of one token', { n_head: 1, d_head: 16, padding: [PROMPT - 1, 0] }]
  ];

  it.each(cases)('attends as stock operations do: %s', async (_, shape) => {
    await startBackend('cpu');
    const expected = attendAll(shape, (columns) => new HeadsAttention(columns));
    await startBackend('wasm');
    const before = numTensors();
    const actual = attendAll(shape, (columns) => new RowsAttention(columns));
    expect(numTensors()).toBe(before);
    expect(actual.length).toBe(expected.length);
    const prompt = shape.padding.every((filler) => filler === 0) ? 0 : 1; // z of filler means nothing
    for (let i = prompt; i < expected.length; i++) {
      expect(worst(expected[i], actual[i]), `result ${i}`).toBeLessThan(TOLERANCE);
    }
  });

  it('writes the new key and value into the cache, and nothing else', async () => {
    await startBackend('wasm');
    const columns = { padding: [0], length: 2, count: 1, real: 1, capacity: 4 };
    const attention = new RowsAttention(columns);
    const [q, k, v] = [1, 2, 3].map((seed) => seeded(seed, 1, 8));
    const past = { keys: tf.ones([1, 4, 8]), values: tf.fill([1, 4, 8], 2) };
    const { keys, values, pattern, z } = tf.tidy(() => attention.attend(q, k, v, 2, past));
    expect([keys, values]).toEqual([past.keys, past.values]);
    const row = (tensor: tf.Tensor) => [...tensor.dataSync()];
    const filled = (value: number) => new Array<number>(8).fill(value);
    expect(row(keys)).toEqual([...filled(1), ...filled(1), ...row(k), ...filled(1)]);
    expect(row(values)).toEqual([...filled(2), ...filled(2), ...row(v), ...filled(2)]);
    tf.dispose([q, k, v, keys, values, pattern, z]);
    attention.dispose();
  });
});
