import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { causalTrace } from '../../../src/lib/gpt2/explain/causal-trace.ts';
import { contributions } from '../../../src/lib/gpt2/explain/contributions.ts';
import { contributionGraph } from '../../../src/lib/gpt2/explain/contribution-graph.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { softmax } from '../../../src/lib/gpt2/numbers/softmax.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { tensorOfTable } from '../../../src/lib/gpt2/ops/table.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { tinyIds, tinyModel } from '../tiny-model.ts';

const T = 5;

describe.each(NODE_BACKENDS)('causal tracing and contributions on %s', (backend) => {
  let model: Gpt2Model;
  let trace: Trace;
  let standing: number;
  beforeAll(async () => {
    await startBackend(backend);
    model = tinyModel();
    trace = await runTrace(model, tinyIds(T));
    standing = numTensors();
  });
  afterAll(() => {
    expect(numTensors()).toBe(standing);
    trace.dispose();
    model.dispose();
  });

  it('restores all of the probability where the last row of the stream is put back, and none before the subject', async () => {
    const token = 11;
    const cells: string[] = [];
    const run = causalTrace(trace, { token, subject: [2, 3], samples: 2, seed: 5, noise: 2 });
    let step = await run.next();
    for (; !step.done; step = await run.next()) cells.push(`${step.value.layer} ${step.value.position}`);
    const { clean, corrupted, noise, effects } = step.value;
    expect(cells).toHaveLength(2 * T);
    expect(noise).toBe(2);
    expect(clean).toBeCloseTo(softmax(await trace.logits('last'))[token], 6);
    expect(Math.abs(corrupted - clean)).toBeGreaterThan(1e-4);
    expect(effects[1][T - 1]).toBeCloseTo(clean - corrupted, 5);
    for (const layer of [0, 1]) for (const at of [0, 1]) expect(effects[layer][at]).toBeCloseTo(0, 6);
    expect(effects[1][3]).toBeCloseTo(0, 6); // after the last block nothing reads another row
    expect(Math.abs(effects[0][3])).toBeGreaterThan(1e-5);
  });

  it('takes a noise of three standard deviations unless told, the same for the same seed', async () => {
    const options = { token: 3, subject: [1], samples: 1, what: 'mlp_out', window: 3 } as const;
    const [one, again] = [
      await finished(causalTrace(trace, options)),
      await finished(causalTrace(trace, options))
    ];
    expect(again).toEqual(one);
    const wte = await tensorOfTable(model.weights.wte).data();
    const row = [...wte].slice(tinyIds(T)[1] * 8, tinyIds(T)[1] * 8 + 8);
    const mean = row.reduce((sum, value) => sum + value, 0) / 8;
    expect(one.noise).toBeCloseTo(
      3 * Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8),
      5
    );
    const over = await finished(causalTrace(trace, { ...options, noiseOver: [tinyIds(T)[1]] }));
    expect(over).toEqual(one);
    const ofTwo = await finished(causalTrace(trace, { ...options, noiseOver: [4, 9] }));
    const rows = [...wte].filter((_, i) => [4, 9].includes(Math.floor(i / 8)));
    const middle = rows.reduce((sum, value) => sum + value, 0) / 16;
    expect(ofTwo.noise).toBeCloseTo(
      3 * Math.sqrt(rows.reduce((sum, value) => sum + (value - middle) ** 2, 0) / 16),
      5
    );
    const none = await finished(causalTrace(trace, { ...options, noise: 0 }));
    expect(none.corrupted).toBeCloseTo(none.clean, 6);
    for (const effect of none.effects.flat()) expect(effect).toBeCloseTo(0, 6);
  });

  it('puts back the positions that are named alone, with the same numbers', async () => {
    const options = { token: 11, subject: [2], samples: 1, seed: 5, noise: 2 } as const;
    const all = await finished(causalTrace(trace, options));
    const some = await finished(causalTrace(trace, { ...options, positions: [4, 2] }));
    for (const layer of [0, 1]) {
      expect(some.effects[layer].map(Number.isNaN)).toEqual([true, true, false, true, false]);
      for (const at of [2, 4]) expect(some.effects[layer][at]).toBe(all.effects[layer][at]);
    }
    const wrong = finished(causalTrace(trace, { ...options, positions: [T] }));
    await expect(wrong).rejects.toThrow('positions must be positions from 0 to 4, got 5');
  });

  it('refuses a subject that is not there, and stops when told', async () => {
    const wrong = (subject: number[]) => finished(causalTrace(trace, { token: 3, subject }));
    await expect(wrong([5])).rejects.toThrow('subject must be positions from 0 to 4, got 5');
    await expect(wrong([])).rejects.toThrow('subject must be positions from 0 to 4, got none');
    const over = (noiseOver: number[]) => finished(causalTrace(trace, { token: 3, subject: [1], noiseOver }));
    await expect(over([30])).rejects.toThrow('noiseOver must be tokens from 0 to 29, got 30');
    await expect(over([])).rejects.toThrow('noiseOver must be tokens from 0 to 29, got none');
    const stop = new AbortController();
    await expect(async () => {
      for await (const { done } of causalTrace(trace, { token: 3, subject: [1], signal: stop.signal }))
        if (done === 3) stop.abort(new Error('enough'));
    }).rejects.toThrow('enough');
  });

  it('follows contributions back: a depth weighs 1, edges and own streams make up each step', async () => {
    const graph = await finished(contributionGraph(trace, { position: 3, threshold: 0 }));
    expect(graph.hidden).toBe(0);
    for (const depth of graph.weights)
      expect(depth.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    const { own, shares } = await contributions(trace, 3);
    const last = graph.edges.filter(({ layer }) => layer === 1);
    expect(last.map(({ source, target }) => [source, target])).toEqual(
      [0, 1, 2, 3].map((source) => [source, 3])
    );
    last.forEach(({ weight }, source) => expect(weight).toBeCloseTo(shares[4 + source], 6));
    expect(graph.weights[1][3]).toBeCloseTo(own[1] + shares[4 + 3], 6);
    const heaviest = await finished(contributionGraph(trace, { position: 3, threshold: 0, rows: 1 }));
    heaviest.weights.forEach((depth, at) =>
      expect(depth.reduce((sum, weight) => sum + weight, heaviest.rest[at])).toBeCloseTo(1, 5)
    );
    expect(heaviest.rest[0]).toBeGreaterThan(0);
    await expect(finished(contributionGraph(trace, { rows: 0 }))).rejects.toThrow('rows must be 1 or more');
    const cut = await finished(contributionGraph(trace, { position: 3, threshold: 0.1 }));
    const shown = cut.edges.reduce((sum, { weight }) => sum + weight, 0);
    expect(cut.edges.every(({ weight }) => weight >= 0.1)).toBe(true);
    expect(shown + cut.hidden).toBeCloseTo(
      graph.edges.reduce((sum, { weight }) => sum + weight, 0),
      6
    );
  });
});
