import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { logitLens } from '../../../src/lib/gpt2/ops/logit-lens.ts';
import { lensRow } from '../../../src/lib/gpt2/trace/lens-row.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { tensorOfTable } from '../../../src/lib/gpt2/ops/table.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyIds, tinyModel } from '../tiny-model.ts';

const { n_layer, n_embd, vocab_size } = TINY_CONFIG;
const TOP = 3;
const TRACKED = 11;

/** Probabilities by the definition, in float64. */
function probabilitiesOf(logits: Float32Array): number[] {
  const weights = Array.from(logits, Math.exp);
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

const sumOf = (values: number[]) => values.reduce((a, b) => a + b, 0);

describe.each(NODE_BACKENDS)('lensRow(trace, depth, {top, track, signal}) on %s', (backend) => {
  let model: Gpt2Model;
  const traces: Trace[] = [];

  beforeAll(async () => {
    await startBackend(backend);
    model = tinyModel({ n_ctx: 100 });
    traces.push(await runTrace(model, tinyIds(5)), await runTrace(model, tinyIds(70))); // one chunk, and two
  });

  afterAll(() => [...traces, model].forEach((owner) => owner.dispose()));

  it.each([0, 1])('is what lensLogits say, at every depth and position (prompt %d)', async (which) => {
    const trace = traces[which];
    const final = await trace.logits('all');
    for (let depth = 0; depth <= n_layer; depth++) {
      const row = await lensRow(trace, depth, { top: TOP, track: TRACKED });
      const logits = await trace.lensLogits(depth, 'all');
      for (let position = 0; position < trace.ids.length; position++) {
        const here = logits.subarray(position * vocab_size, (position + 1) * vocab_size);
        const p = probabilitiesOf(here);
        const q = probabilitiesOf(final.subarray(position * vocab_size, (position + 1) * vocab_size));
        const order = Array.from(here.keys()).sort((a, b) => here[b] - here[a] || a - b);
        const listed = [...row.topIds.subarray(position * TOP, (position + 1) * TOP)];
        expect(listed).toEqual(order.slice(0, TOP));
        listed.forEach((id, place) => {
          expect(row.topProbabilities[position * TOP + place]).toBeCloseTo(p[id], 6);
          expect(row.topLogits[position * TOP + place]).toBe(here[id]);
        });
        expect(row.probability![position]).toBeCloseTo(p[TRACKED], 6);
        expect(row.rank![position]).toBe(order.indexOf(TRACKED) + 1);
        expect(row.entropy[position]).toBeCloseTo(sumOf(p.map((value) => -value * Math.log(value))), 5);
        expect(row.kl[position]).toBeCloseTo(sumOf(q.map((value, id) => value * Math.log(value / p[id]))), 5);
        const next = trace.ids.at(position + 1);
        expect(row.nextRank[position]).toBe(next === undefined ? -1 : order.indexOf(next) + 1);
        if (next === undefined) expect(row.crossEntropy[position]).toBeNaN();
        else expect(row.crossEntropy[position]).toBeCloseTo(-Math.log(p[next]), 5);
      }
    }
  });

  it('reads resid_mid of block d at depth d + ½, and any depth as it is without ln_f', async () => {
    const [, trace] = traces;
    const wte = await tensorOfTable(model.weights.wte).data();
    for (const [depth, name, layer] of [
      [1, 'resid_pre', 1],
      [1.5, 'resid_mid', 1],
      [n_layer, 'resid_post', n_layer - 1]
    ] as const) {
      const { data } = await trace.read(name, layer);
      const bare = await lensRow(trace, depth, { top: 1, track: null, ln_f: false });
      for (const position of [0, 66]) {
        const at = data.subarray(position * n_embd, (position + 1) * n_embd);
        const logits = Array.from({ length: vocab_size }, (_, id) =>
          sumOf(Array.from(at, (value, i) => value * wte[id * n_embd + i]))
        );
        const best = logits.indexOf(Math.max(...logits));
        expect(bare.topIds[position]).toBe(best);
        expect(bare.topLogits[position]).toBeCloseTo(logits[best], 4);
      }
    }
    const { data: mid } = await trace.read('resid_mid', 0);
    const resid = tf.tensor2d(mid, [trace.ids.length, n_embd]);
    const expected = await logitLens(resid, model.weights.ln_f, model.weights.wte).data();
    const inside = await trace.lensLogits(0.5, 'all');
    inside.forEach((logit, i) => expect(logit).toBeCloseTo(expected[i], 4));
    const third = await trace.lensLogits(0.5, 3);
    third.forEach((logit, id) => expect(logit).toBeCloseTo(inside[3 * vocab_size + id], 5));
  });

  it('compares with the model’s own last row, whichever way a row is read', async () => {
    const { kl } = await lensRow(traces[0], n_layer, { top: 1, track: null, ln_f: false });
    expect(Math.max(...kl)).toBeGreaterThan(0.001);
  });

  it('is 0 away from itself at the last depth', async () => {
    for (const trace of traces) {
      const { kl } = await lensRow(trace, n_layer, { top: 1, track: null });
      kl.forEach((value) => expect(value).toBeCloseTo(0, 6));
    }
  });

  it('has no rank and no probability where nothing is tracked', async () => {
    const row = await lensRow(traces[0], 0, { top: TOP, track: null });
    expect(row).toMatchObject({ top: TOP, rank: null, probability: null });
  });

  it('refuses a depth or a tracked id that does not exist', async () => {
    await expect(lensRow(traces[0], 1, { top: 1, track: vocab_size })).rejects.toThrow(InputError);
    for (const depth of [-1, 0.25, n_layer + 0.5]) {
      await expect(lensRow(traces[0], depth, { top: 1, track: null })).rejects.toThrow(InputError);
    }
  });

  it('rejects with the reason of an aborted signal', async () => {
    const signal = AbortSignal.abort('enough');
    await expect(lensRow(traces[0], 0, { top: 1, track: null, signal })).rejects.toBe('enough');
  });
});
