import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import { NeuronCounter, neuronsOnText, NO_PLACE } from '../../../src/lib/gpt2/explain/neurons-on-text.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { numTensors, startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyModel } from '../tiny-model.ts';

const { n_inner, vocab_size } = TINY_CONFIG;

describe('NeuronCounter', () => {
  it('counts by hand: two neurons, two rows', () => {
    const counter = new NeuronCounter(3, 2);
    counter.add(0, Float32Array.of(1, -1, 4, 0)); // position 0: 1, -1; position 1: 4, 0
    counter.add(1, Float32Array.of(4, 0.5));
    const { layer, most, rows, positions, values, mean, positive, count } = counter.result();
    expect([layer, count]).toEqual([3, 3]);
    // of the two 4s the one that came first
    expect([...rows.slice(0, 4)]).toEqual([0, 1, 0, NO_PLACE]);
    expect([...positions.slice(0, 4)]).toEqual([1, 0, 0, NO_PLACE]);
    expect([...values.slice(0, 4)]).toEqual([4, 4, 1, NaN]);
    expect([...values.slice(most, most + 3)]).toEqual([0.5, 0, -1]);
    expect([...mean]).toEqual([3, -0.5 / 3]);
    expect([...positive]).toEqual([1, 1 / 3]);
  });

  it('keeps as many places as it shows, and none where the model gave NaN', () => {
    const counter = new NeuronCounter(0, 1);
    for (let row = 0; row < 50; row++) counter.add(row, Float32Array.of(row, NaN));
    const { most, rows, positions } = counter.result();
    expect([...rows]).toEqual(Array.from({ length: most }, (_, i) => 49 - i));
    expect(new Set(positions)).toEqual(new Set([0]));
  });

  it('refuses the activations of another block', () => {
    expect(() => new NeuronCounter(0, 4).add(0, new Float32Array(6))).toThrow(
      'post must be [T, 4], got 6 values'
    );
  });
});

describe('neuronsOnText(model, rows, layer)', () => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend('wasm');
    model = tinyModel();
  });
  afterAll(() => model.dispose());

  it('finds the largest mlp.post of every neuron over all rows, tells how far it is, leaves nothing', async () => {
    const before = numTensors();
    const rows = Array.from({ length: 3 }, (_, row) =>
      Array.from({ length: 5 + row }, (_, i) => (row * 7 + i * i) % vocab_size)
    );
    const found = await finished(neuronsOnText(model, rows, 1, rows.length));
    expect(found.count).toBe(5 + 6 + 7);
    const largest = new Float32Array(n_inner).fill(-Infinity);
    for (const ids of rows) {
      const trace = await runTrace(model, ids);
      const { data } = await trace.read('mlp.post', 1);
      data.forEach((value, i) => (largest[i % n_inner] = Math.max(largest[i % n_inner], value)));
      trace.dispose();
    }
    largest.forEach((value, neuron) => expect(found.values[neuron * found.most]).toBe(value));
    const steps = [];
    for await (const { done, total, statistics } of neuronsOnText(model, rows, 1, 3))
      steps.push([done, total, statistics().count]);
    expect(steps).toEqual([
      [1, 3, 5],
      [2, 3, 11],
      [3, 3, 18]
    ]);
    const stop = new AbortController();
    await expect(async () => {
      for await (const _ of neuronsOnText(model, rows, 0, 3, { signal: stop.signal }))
        stop.abort(new Error('enough'));
    }).rejects.toThrow('enough');
    expect(numTensors()).toBe(before);
  });
});
