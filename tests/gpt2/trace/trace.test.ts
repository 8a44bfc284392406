import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ACTIVATIONS,
  everyActivation,
  exportName,
  type ActivationName
} from '../../../src/lib/gpt2/trace/activations.ts';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { tensorOfTable } from '../../../src/lib/gpt2/ops/table.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';
import { readEverything } from '../read-everything.ts';
import { TINY_CONFIG, tinyIds, tinyModel } from '../tiny-model.ts';

const { n_layer, n_head, n_embd, vocab_size } = TINY_CONFIG;
const T = 5;
/** One row and many sum in another order. */
const ROUNDING = 2e-5;

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThan(ROUNDING);
}

describe.each(NODE_BACKENDS)('Trace on %s', (backend) => {
  let model: Gpt2Model;
  let trace: Trace;

  beforeAll(async () => {
    await startBackend(backend);
    model = tinyModel();
    trace = await runTrace(model, tinyIds(T));
  });

  afterAll(() => {
    trace.dispose();
    model.dispose();
  });

  it('read() gives every activation its full name and the shape of ACTIVATIONS, and finite numbers', async () => {
    for (const { name, layer } of everyActivation(TINY_CONFIG)) {
      const { fullName, shape, data } = await trace.read(name, layer);
      expect(fullName).toBe(exportName(name, layer));
      expect(shape).toEqual(ACTIVATIONS[name].shape(TINY_CONFIG, T));
      expect(data).toHaveLength(shape.reduce((product, size) => product * size, 1));
      if (name !== 'attn_scores') expect(data.every(Number.isFinite), fullName).toBe(true);
    }
  });

  it('read() gives arrays that are the reader’s own', async () => {
    for (const { name, layer } of everyActivation(TINY_CONFIG)) {
      const first = await trace.read(name, layer);
      const kept = first.data.slice();
      first.data.fill(NaN);
      expect((await trace.read(name, layer)).data, first.fullName).toEqual(kept);
    }
  });

  it('attn_scores hold -Infinity above the diagonal and nowhere else; pattern 0 there, and rows that sum to 1', async () => {
    for (let layer = 0; layer < n_layer; layer++) {
      const scores = (await trace.read('attn_scores', layer)).data;
      const pattern = (await trace.read('pattern', layer)).data;
      for (let row = 0; row < n_head * T; row++) {
        const query = row % T;
        let sum = 0;
        for (let key = 0; key < T; key++) {
          const at = row * T + key;
          expect(scores[at] === -Infinity).toBe(key > query);
          if (key > query) expect(pattern[at]).toBe(0);
          sum += pattern[at];
        }
        expect(sum).toBeCloseTo(1, 5);
      }
    }
  });

  it('resid_pre of a block is resid_post of the one before, and of block 0 embed + pos_embed', async () => {
    const [embed, pos_embed] = [(await trace.read('embed')).data, (await trace.read('pos_embed')).data];
    expectClose(
      (await trace.read('resid_pre', 0)).data,
      embed.map((value, i) => value + pos_embed[i])
    );
    expect((await trace.read('resid_pre', 1)).data).toEqual((await trace.read('resid_post', 0)).data);
  });

  it('result of all heads and c_proj’s bias sum to attn_out', async () => {
    const result = (await trace.read('result', 1)).data; // [T, n_head, n_embd]
    const bias = await model.weights.h[1].attn.c_proj.bias.data();
    const sums = Array.from({ length: T * n_embd }, (_, i) => {
      const [t, e] = [Math.floor(i / n_embd), i % n_embd];
      let sum = bias[e];
      for (let head = 0; head < n_head; head++) sum += result[(t * n_head + head) * n_embd + e];
      return sum;
    });
    expectClose((await trace.read('attn_out', 1)).data, sums);
  });

  it.each(['attn_scores', 'pattern'] as const)(
    'read(%s, layer, {head}) is that head’s [T, T]',
    async (name) => {
      const whole = (await trace.read(name, 1)).data;
      for (let head = 0; head < n_head; head++) {
        const one = await trace.read(name, 1, { head });
        expect(one.shape).toEqual([T, T]);
        expect(one.data).toEqual(whole.slice(head * T * T, (head + 1) * T * T));
      }
    }
  );

  it.each(['q', 'k', 'v', 'z', 'result'] as const)(
    'read(%s, layer, {head}) is that head’s [T, width]',
    async (name) => {
      const whole = (await trace.read(name, 0)).data;
      const width = name === 'result' ? n_embd : n_embd / n_head;
      for (let head = 0; head < n_head; head++) {
        const { shape, data } = await trace.read(name, 0, { head });
        expect(shape).toEqual([T, width]);
        data.forEach((value, i) => {
          const t = Math.floor(i / width);
          expect(value).toBe(whole[(t * n_head + head) * width + (i % width)]);
        });
      }
    }
  );

  it('read(…, {head}) of one position and of n_head = T positions still cuts the head axis', async () => {
    for (const length of [1, n_head]) {
      const other = await runTrace(model, tinyIds(length));
      const { data } = await other.read('q', 0);
      const { shape, data: one } = await other.read('q', 0, { head: 1 });
      expect(shape).toEqual([length, 4]);
      expect([...one.slice(0, 4)]).toEqual([...data.slice(4, 8)]);
      other.dispose();
    }
  });

  it('hiddenStates() are n_layer + 1, ln_f applied to the last one only', async () => {
    const states = await trace.hiddenStates();
    expect(states).toHaveLength(n_layer + 1);
    expect(states[0]).toEqual((await trace.read('resid_pre', 0)).data);
    expect(states[1]).toEqual((await trace.read('resid_post', 0)).data);
    expect(states[2]).toEqual((await trace.read('ln_final.normalized')).data);
    expect(states[2]).not.toEqual((await trace.read('resid_post', 1)).data);
  });

  it('logits(position) and logits(last) are rows of logits(all), which read(logits) gives', async () => {
    const all = await trace.logits('all');
    expect((await trace.read('logits')).data).toEqual(all);
    for (let position = 0; position < T; position++) {
      const row = all.subarray(position * vocab_size, (position + 1) * vocab_size);
      expectClose(await trace.logits(position), row);
      if (position === T - 1) expectClose(await trace.logits('last'), row);
    }
  });

  it('logits are ln_final.normalized · wteᵀ', async () => {
    const normalized = (await trace.read('ln_final.normalized')).data;
    const wte = await tensorOfTable(model.weights.wte).data();
    const expected = Array.from({ length: T * vocab_size }, (_, i) => {
      const [t, id] = [Math.floor(i / vocab_size), i % vocab_size];
      let sum = 0;
      for (let e = 0; e < n_embd; e++) sum += normalized[t * n_embd + e] * wte[id * n_embd + e];
      return sum;
    });
    expectClose(await trace.logits('all'), expected);
  });

  it('lensLogits(n_layer) are the logits, and at every depth one row is a row of all', async () => {
    expect(await trace.lensLogits(n_layer, 'all')).toEqual(await trace.logits('all'));
    for (let depth = 0; depth <= n_layer; depth++) {
      const all = await trace.lensLogits(depth, 'all');
      expect(all).toHaveLength(T * vocab_size);
      expectClose(await trace.lensLogits(depth, 2), all.subarray(2 * vocab_size, 3 * vocab_size));
    }
  });

  it('lensChunks(depth) walk over more positions than fit in one chunk', async () => {
    const longer = tinyModel({ n_ctx: 150 });
    const long = await runTrace(longer, tinyIds(150));
    const counts: number[] = [];
    const rows: number[] = [];
    for await (const { start, count, logits } of long.lensChunks(1)) {
      expect(start).toBe(counts.reduce((sum, n) => sum + n, 0));
      expect(logits).toHaveLength(count * vocab_size);
      counts.push(count);
      rows.push(...logits);
    }
    expect(counts).toEqual([64, 64, 22]);
    expectClose(await long.lensLogits(1, 149), rows.slice(-vocab_size));
    expect([...(await long.lensLogits(1, 'all'))]).toEqual(rows);
    [long, longer].forEach((owner) => owner.dispose());
  });
});

describe.each(NODE_BACKENDS)('Trace: memory on %s', (backend) => {
  beforeAll(() => startBackend(backend));
  const LAYERS = 6;

  it('with byteBudget 0 gives the values of a trace that keeps everything, one block at a time', async () => {
    const model = tinyModel({ n_layer: LAYERS });
    const whole = await runTrace(model, tinyIds(T));
    const bare = await runTrace(model, tinyIds(T), { byteBudget: 0 });
    const atStart = bare.bytes;
    const block = (whole.bytes - atStart) / LAYERS; // what the inside of one block takes
    expect(block).toBeGreaterThan(0);
    const expected = await readEverything(whole, LAYERS);
    for (const { name, layer } of everyActivation({ ...TINY_CONFIG, n_layer: LAYERS })) {
      const { data, fullName } = await bare.read(name, layer);
      expect(data, fullName).toEqual(expected.get(fullName)!.data);
      expect(bare.bytes).toBeLessThanOrEqual(atStart + block);
    }
    [whole, bare, model].forEach((owner) => owner.dispose());
  });

  it('keeps the blocks read last within the budget', async () => {
    const model = tinyModel({ n_layer: LAYERS });
    const whole = await runTrace(model, tinyIds(T));
    const bare = await runTrace(model, tinyIds(T), { byteBudget: 0 });
    const block = (whole.bytes - bare.bytes) / LAYERS;
    const some = await runTrace(model, tinyIds(T), { byteBudget: 2.5 * block });
    expect(some.bytes).toBe(bare.bytes + block); // the first block; the ones after it had to have room
    await some.read('q', 1);
    for (const layer of [5, 0, 3, 5, 1, 0]) {
      await some.read('q', layer);
      expect(some.bytes).toBe(bare.bytes + 2 * block);
    }
    [whole, bare, some, model].forEach((owner) => owner.dispose());
  });

  it('shrink() frees the blocks, and they are rebuilt with the same values', async () => {
    const model = tinyModel();
    const trace = await runTrace(model, tinyIds(T));
    const before = await readEverything(trace);
    const full = trace.bytes;
    trace.shrink();
    expect(trace.bytes).toBeLessThan(full);
    expect(await readEverything(trace)).toEqual(before);
    expect(trace.bytes).toBe(full);
    [trace, model].forEach((owner) => owner.dispose());
  });

  it('reads that overlap do not disturb each other', async () => {
    const model = tinyModel({ n_layer: LAYERS });
    const whole = await runTrace(model, tinyIds(T));
    const bare = await runTrace(model, tinyIds(T), { byteBudget: 0 });
    const layers = Array.from({ length: LAYERS }, (_, layer) => layer);
    const together = await Promise.all(layers.map((layer) => bare.read('pattern', layer)));
    for (const layer of layers) expect(together[layer]).toEqual(await whole.read('pattern', layer));
    [whole, bare, model].forEach((owner) => owner.dispose());
  });
});

describe('Trace: errors', () => {
  let model: Gpt2Model;
  let trace: Trace;

  beforeAll(async () => {
    await startBackend('cpu');
    model = tinyModel();
    trace = await runTrace(model, tinyIds(T));
  });

  it.each<[string, number | undefined, number | undefined, string]>([
    ['patern', 0, undefined, 'read: name must be an activation, got "patern".'],
    ['pattern', undefined, undefined, 'read: layer of pattern must be a layer from 0 to 1, got undefined.'],
    ['pattern', 2, undefined, 'read: layer of pattern must be a layer from 0 to 1, got 2.'],
    ['logits', 0, undefined, 'read: layer of logits must be left out, got 0.'],
    ['pattern', 0, 2, 'read: head of pattern must be from 0 to 1, got 2.'],
    ['q', 0, -1, 'read: head of q must be from 0 to 1, got -1.'],
    ['resid_pre', 0, 0, 'read: head of resid_pre must be left out, got 0.'],
    ['embed', undefined, 1, 'read: head of embed must be left out, got 1.']
  ])('read(%s, %s, head %s) names what is wrong', async (name, layer, head, message) => {
    const read = trace.read(name as ActivationName, layer, { head });
    await expect(read).rejects.toThrow(InputError);
    await expect(read).rejects.toThrow(message);
  });

  it.each([-1, T, 0.5, NaN])('logits(%d) names the positions there are', async (position) => {
    await expect(trace.logits(position)).rejects.toThrow(InputError);
    await expect(trace.logits(position)).rejects.toThrow(
      `logits: position must be from 0 to 4, got ${position}.`
    );
  });

  it.each([-1, 3, 2.5, 1.25])('lensLogits(%d, …) names the depths there are', async (depth) => {
    const message = `lensLogits: depth must be from 0 to 2 in steps of 0.5, got ${depth}.`;
    await expect(trace.lensLogits(depth, 'all')).rejects.toThrow(message);
    await expect(trace.lensLogits(depth, 'last')).rejects.toThrow(InputError);
  });

  it('after dispose() every read says so, and disposing again does nothing', async () => {
    const ended = await runTrace(model, tinyIds(T));
    ended.dispose();
    ended.dispose();
    const message = 'trace must be alive, got a disposed one. Run the prompt again.';
    for (const read of [
      () => ended.read('q', 0),
      () => ended.logits('last'),
      () => ended.lensLogits(0, 'all'),
      () => ended.hiddenStates(),
      () => ended.lensChunk(0, 0)
    ]) {
      await expect(read()).rejects.toThrow(message);
    }
  });
});
