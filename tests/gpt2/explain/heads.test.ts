import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeadCounter } from '../../../src/lib/gpt2/explain/head-counter.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import { promptStatistics, repeatScores, textStatistics } from '../../../src/lib/gpt2/explain/heads.ts';
import { textRows } from '../../../src/lib/gpt2/explain/text-rows.ts';
import {
  nearestTokens,
  neuronTokens,
  ovTokens,
  qkTokens
} from '../../../src/lib/gpt2/explain/weight-tokens.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { readParameter } from '../../../src/lib/gpt2/model/parameters.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { tinyModel } from '../tiny-model.ts';

describe('HeadCounter', () => {
  it('counts by hand: tokens 5 7 5, one head', () => {
    const counter = new HeadCounter(1, 1, 4);
    // rows: [1], [1/4, 3/4], [1/2, 1/3, 1/6]; position 2 repeats position 0, after which comes position 1
    const pattern = Float32Array.of(1, 0, 0, 0.25, 0.75, 0, 1 / 2, 1 / 3, 1 / 6);
    counter.add(counter.startRow(0, [5, 7, 5]), 0, pattern);
    const { scores, entropy, distances, pairs, rows, queries, repeated } = counter.result();
    const one = (grid: number[][]) => grid[0][0];
    expect(one(scores.previous)).toBeCloseTo((0.25 + 1 / 3) / 2, 6);
    expect(one(scores.duplicate)).toBeCloseTo(1 / 2, 6);
    expect(one(scores.induction)).toBeCloseTo(1 / 3, 6);
    expect(one(scores.first)).toBeCloseTo((1 + 0.25 + 0.5) / 3, 6);
    expect(one(scores.self)).toBeCloseTo((1 + 0.75 + 1 / 6) / 3, 6);
    const H = (...p: number[]) => -p.reduce((sum, x) => sum + x * Math.log(x), 0);
    expect(one(entropy)).toBeCloseTo((H(1) + H(0.25, 0.75) + H(1 / 2, 1 / 3, 1 / 6)) / 3, 6);
    [(1 + 0.75 + 1 / 6) / 3, (0.25 + 1 / 3) / 2, 0.5, 0].forEach((value, i) =>
      expect(distances[0][0][i]).toBeCloseTo(value, 6)
    );
    expect(pairs[0][0].map(({ query, key }) => [query, key])).toEqual([[7, 7], [5, 7]]); // prettier-ignore
    expect(rows[0][0][0]).toMatchObject({ row: 0, query: 1, key: 1, weight: 0.75 });
    expect([queries, repeated]).toEqual([3, 1]);
  });

  it('keeps no more than it shows, however many pairs come', () => {
    const counter = new HeadCounter(1, 1, 3);
    for (let row = 0; row < 2_000; row++)
      counter.add(
        counter.startRow(row, [row, row + 1, 4_000 + row]),
        0,
        Float32Array.of(1, 0, 0, 0, 1, 0, 0, 1, 0)
      );
    const { pairs, rows } = counter.result();
    expect([pairs[0][0].length, rows[0][0].length]).toEqual([12, 8]);
  });

  it('refuses a row that is longer than it was made for', () => {
    expect(() => new HeadCounter(1, 1, 2).startRow(0, [1, 2, 3])).toThrow(
      'row must be at most 2 tokens, got 3'
    );
  });
});

describe.each(NODE_BACKENDS)('scores of heads on %s', (backend) => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend(backend);
    model = tinyModel();
  });
  afterAll(() => model.dispose());

  it('repeatScores: means along the diagonals of a run of random tokens twice, without the end token', async () => {
    const before = numTensors();
    const L = 6;
    const { scores, ids } = await repeatScores(model, { length: L, seed: 3 });
    expect(ids.slice(0, L)).toEqual(ids.slice(L));
    expect(ids).not.toContain(29);
    expect((await repeatScores(model, { length: L, seed: 3 })).ids).toEqual(ids);
    expect((await repeatScores(model, { length: L, seed: 4 })).ids).not.toEqual(ids);
    const trace = await runTrace(model, ids);
    const { data } = await trace.read('pattern', 1, { head: 1 });
    const mean = (count: number, query: (i: number) => number, key: (i: number) => number) =>
      Array.from({ length: count }, (_, i) => data[query(i) * 2 * L + key(i)]).reduce(
        (sum, x) => sum + x,
        0
      ) / count;
    expect(scores.previous[1][1]).toBeCloseTo(mean(2 * L - 1, (i) => i + 1, (i) => i), 6); // prettier-ignore
    expect(scores.duplicate[1][1]).toBeCloseTo(mean(L, (i) => i + L, (i) => i), 6); // prettier-ignore
    expect(scores.induction[1][1]).toBeCloseTo(mean(L, (i) => i + L, (i) => i + 1), 6); // prettier-ignore
    expect(scores.first[1][1]).toBeCloseTo(mean(2 * L, (i) => i, () => 0), 6); // prettier-ignore
    expect(scores.self[1][1]).toBeCloseTo(mean(2 * L, (i) => i, (i) => i), 6); // prettier-ignore
    trace.dispose();
    expect(numTensors()).toBe(before);
    await expect(repeatScores(model, { length: 17 })).rejects.toThrow(
      'length must be a whole number from 2 to 16'
    );
  });

  it('textStatistics: of one row what promptStatistics says, of many their means; stops and leaves nothing', async () => {
    const before = numTensors();
    const ids = Array.from({ length: 70 }, (_, i) => (i * i + 3) % 29);
    const rows = [...textRows(ids, 64, 16)];
    expect(rows.map((row) => row.length)).toEqual([16, 16, 16, 16, 6]);
    const trace = await runTrace(model, rows[0]);
    const prompt = await promptStatistics(trace);
    trace.dispose();
    expect(await finished(textStatistics(model, [rows[0]], 16, 1))).toEqual(prompt);
    const whole = await finished(textStatistics(model, rows, 16, rows.length));
    expect(whole.queries).toBe(70);
    const singles = [];
    for (const row of rows) singles.push(await finished(textStatistics(model, [row], 16, 1)));
    const self = singles.reduce((sum, one) => sum + one.scores.self[1][0] * one.queries, 0) / 70;
    expect(whole.scores.self[1][0]).toBeCloseTo(self, 6);
    const stop = new AbortController();
    await expect(async () => {
      for await (const { done } of textStatistics(model, rows, 16, 5, { signal: stop.signal }))
        if (done === 2) stop.abort(new Error('enough'));
    }).rejects.toThrow('enough');
    expect(numTensors()).toBe(before);
  });

  it('weights alone: what a head and a neuron read and write, worked out from the parameters', async () => {
    const before = numTensors();
    const [wte, fc] = [await readParameter(model.weights, 'wte.weight'), await readParameter(model.weights, 'h.1.mlp.c_fc.weight')]; // prettier-ignore
    const row = (id: number) => [...wte.subarray(id * 8, (id + 1) * 8)];
    const cosine = (a: number[], b: number[]) => {
      const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i], 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    const { top } = await nearestTokens(model, 4, 3);
    expect(top[0].id).toBe(4);
    for (const { id, score } of top) expect(score).toBeCloseTo(cosine(row(4), row(id)), 5);
    const normal = async (id: number, layer: number, ln: 'ln_1' | 'ln_2') => {
      const x = row(id);
      const mean = x.reduce((sum, value) => sum + value, 0) / 8;
      const scale = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8 + 1e-5);
      const [weight, bias] = [await readParameter(model.weights, `h.${layer}.${ln}.weight`), await readParameter(model.weights, `h.${layer}.${ln}.bias`)]; // prettier-ignore
      return x.map((value, i) => ((value - mean) / scale) * weight[i] + bias[i]);
    };
    const { reads, writes } = await neuronTokens(model, 1, 5, 2);
    for (const { id, score } of [...reads.top, ...reads.bottom]) {
      const x = await normal(id, 1, 'ln_2');
      expect(score).toBeCloseTo(
        x.reduce((sum, value, i) => sum + value * fc[i * 32 + 5], 0),
        4
      );
    }
    expect(writes.top[0].score).toBeGreaterThanOrEqual(writes.top[1].score);
    const ov = await ovTokens(model, 1, 1, 7, 30);
    expect(ov.top.map(({ id }) => id)).toEqual(ov.bottom.map(({ id }) => id).toReversed());
    // a query's scores are those of a run without positions
    const qk = await qkTokens(model, 0, 1, 7, 30);
    const c_attn = await readParameter(model.weights, 'h.0.attn.c_attn.weight');
    const bias = await readParameter(model.weights, 'h.0.attn.c_attn.bias');
    const part = async (id: number, third: number) => {
      const x = await normal(id, 0, 'ln_1');
      return [4, 5, 6, 7].map((column) => {
        const at = third * 8 + column;
        return x.reduce((sum, value, i) => sum + value * c_attn[i * 24 + at], bias[at]);
      });
    };
    const query = await part(7, 0);
    for (const { id, score } of qk.top.slice(0, 4)) {
      const key = await part(id, 1);
      expect(score).toBeCloseTo(query.reduce((sum, value, i) => sum + value * key[i], 0) / 2, 4);
    }
    await expect(ovTokens(model, 2, 0, 7)).rejects.toThrow('layer must be from 0 to 1, got 2');
    expect(numTensors()).toBe(before);
  });
});
