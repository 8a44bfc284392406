import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contributions, contributionsOf } from '../../../src/lib/gpt2/explain/contributions.ts';
import { lensColumn } from '../../../src/lib/gpt2/explain/lens-column.ts';
import { logitDirection } from '../../../src/lib/gpt2/explain/logit-direction.ts';
import type { Edit } from '../../../src/lib/gpt2/edit/types.ts';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { tensorOfTable } from '../../../src/lib/gpt2/ops/table.ts';
import { loadNano } from '../decode/fixture.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';
import { tinyIds, tinyModel } from '../tiny-model.ts';

const T = 6;
/** Sums of a few hundred float32 products in two orders. */
const ROUNDING = 1e-4;

describe.each(NODE_BACKENDS)('contributions(trace, position) on %s', (backend) => {
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

  it('splits attn_out: the parts of a row and its own stream sum to resid_mid', async () => {
    for (const layer of [0, 1]) {
      for (const position of [0, 3, T - 1]) {
        const { written, bias } = await trace.sourceParts(layer, position);
        const own = await trace.row('resid_pre', layer, position);
        const sum = Float64Array.from(own, (value, i) => value + bias[i]);
        written.forEach((value, i) => (sum[i % sum.length] += value));
        const expected = await trace.row('resid_mid', layer, position);
        expected.forEach((value, i) => expect(Math.abs(sum[i] - value)).toBeLessThan(ROUNDING));
      }
    }
  });

  it.each([
    ['z set to 0', [{ kind: 'zero', name: 'z', layer: 1, head: 1 }], 0],
    ['z halved', [{ kind: 'scale', name: 'z', layer: 1, head: 1, by: 0.5 }], 0.5],
    ['result set to 0', [{ kind: 'zero', name: 'result', layer: 1, head: 1 }], 0]
  ] as const)('follows an edit of a head, %s: its parts change with it', async (_, edits, factor) => {
    const edited = await runTrace(model, tinyIds(T), { edits: edits as unknown as Edit[] });
    const [plain, found] = [await trace.sourceParts(1, 3), await edited.sourceParts(1, 3)];
    const { n_head } = model.config;
    found.sizes.forEach((size, at) => {
      const expected = plain.sizes[at] * (at % n_head === 1 ? factor : 1);
      expect(Math.abs(size - expected)).toBeLessThan(ROUNDING);
    });
    const own = await edited.row('resid_pre', 1, 3);
    const sum = Float64Array.from(own, (value, i) => value + found.bias[i]);
    found.written.forEach((value, i) => (sum[i % sum.length] += value));
    const expected = await edited.row('resid_mid', 1, 3);
    expected.forEach((value, i) => expect(Math.abs(sum[i] - value)).toBeLessThan(ROUNDING));
    edited.dispose();
  });

  it('has no parts where nothing of attn_out is left', async () => {
    const edits: Edit[] = [{ kind: 'zero', name: 'attn_out', layer: 1 }];
    const edited = await runTrace(model, tinyIds(T), { edits });
    const own = await edited.row('resid_pre', 1, 3);
    const { written, bias } = await edited.sourceParts(1, 3);
    for (const value of [...written, ...bias]) expect(Math.abs(value)).toBeLessThan(ROUNDING);
    expect((await contributions(edited, 3)).own[1]).toBe(1);
    expect(await edited.row('resid_mid', 1, 3)).toEqual(own);
    edited.dispose();
  });

  it('gives shares that sum to 1, and parts of heads that sum to 1', async () => {
    const found = await contributions(trace, 3);
    for (const layer of [0, 1]) {
      const shares = found.shares.subarray(layer * 4, (layer + 1) * 4);
      expect(shares.reduce((sum, share) => sum + share, found.own[layer])).toBeCloseTo(1, 5);
    }
    for (let link = 0; link < 8; link++)
      expect(found.heads[2 * link] + found.heads[2 * link + 1]).toBeCloseTo(1, 5);
  });

  it('tells what each source adds to a logit: over both blocks at most what the whole stream does', async () => {
    const token = 5;
    const found = await contributions(trace, 3, { token });
    const direction = await logitDirection(trace, 3, token);
    for (const layer of [0, 1]) {
      const attn_out = await trace.row('attn_out', layer, 3);
      const { bias } = await trace.sourceParts(layer, 3);
      const whole = attn_out.reduce((sum, value, i) => sum + (value - bias[i]) * direction[i], 0);
      const sources = found.logits
        .subarray(layer * 4, (layer + 1) * 4)
        .reduce((sum, value) => sum + value, 0);
      expect(sources).toBeCloseTo(whole, 4);
    }
  });

  it('projects the whole stream to the logit, but for ln_f’s bias', async () => {
    const token = 7;
    const direction = await logitDirection(trace, T - 1, token);
    const last = await trace.row('resid_post', 1, T - 1);
    const bias = await model.weights.ln_f.bias.data();
    const wte = Float32Array.from(await tensorOfTable(model.weights.wte).data()).slice(
      token * 8,
      (token + 1) * 8
    );
    const biasRow = wte.reduce((sum, value, i) => sum + value * bias[i], 0);
    const projected = last.reduce((sum, value, i) => sum + value * direction[i], 0);
    expect(projected + biasRow).toBeCloseTo((await trace.logits('last'))[token], 3);
  });

  it('reads the lens down one position as the lens reads it across', async () => {
    const column = await lensColumn(trace, 2);
    for (const depth of [0, 1, 2]) {
      const logits = await trace.lensLogits(depth, 2);
      expect(column.ids[depth]).toBe(logits.indexOf(Math.max(...logits)));
    }
  });

  it('gives several rows at once as each alone, also after an edit', async () => {
    const edits: Edit[] = [{ kind: 'scale', name: 'z', layer: 1, head: 1, by: 0.5 }];
    const edited = await runTrace(model, tinyIds(T), { edits });
    for (const run of [trace, edited]) {
      const together = await contributionsOf(run, [5, 0, 3], { tokens: [1, 2, 3] });
      for (const [at, position] of [5, 0, 3].entries()) {
        const alone = await contributions(run, position, { token: at + 1 });
        for (const name of ['own', 'shares', 'heads', 'pattern', 'logits'] as const)
          alone[name].forEach((value, i) => expect(together[at][name][i]).toBeCloseTo(value, 5));
      }
    }
    edited.dispose();
  });

  it('names a position that is not in the prompt, and stops when it is told to', async () => {
    await expect(contributions(trace, T)).rejects.toThrow(InputError);
    await expect(contributions(trace, 0, { token: 99 })).rejects.toThrow(InputError);
    await expect(contributions(trace, 0, { signal: AbortSignal.abort() })).rejects.toThrow();
  });

  it('leaves no tensor on the device', async () => {
    await contributions(trace, 1, { token: 2 });
    await lensColumn(trace, 1);
    const before = tf.memory().numTensors;
    await contributions(trace, T - 1, { token: 2 });
    await lensColumn(trace, T - 1);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('contributions of a block that one can compute on paper', () => {
  /**
   * One head, n_embd 2; the value of each source is written as it is (W_V = W_O = 1), and every position reads all
   * earlier ones alike (W_Q = 0). ln_1 makes [1, 3] to [-1, 1] and [4, 2] to [1, -1].
   * Row 1 after attention: [4, 2] + ([-1, 1] + [1, -1]) / 2 = [4, 2]. Size 6. Without its own stream: 0, a gain of 6.
   * Without source 0, [-0.5, 0.5]: [4.5, 1.5], size 6, a gain of 0. Without source 1, [0.5, -0.5]: [3.5, 2.5], size 6, a gain of 0.
   * So the own stream has all of it, though each source wrote a vector of size 1: what two sources write cancels.
   */
  it('gives what cancels no share', async () => {
    await startBackend('cpu');
    const config = { n_layer: 1, n_head: 1, n_embd: 2, n_inner: 2, vocab_size: 3, n_ctx: 4 };
    const model = tinyModel(config);
    const set = (tensor: tf.Tensor, values: number[]) => tensor.dataSync().set(values);
    const { wte, wpe, h } = model.weights;
    set(tensorOfTable(wte), [1, 3, 4, 2, 0, 0]);
    set(wpe, [0, 0, 0, 0, 0, 0, 0, 0]);
    for (const linear of [h[0].c_attn.q, h[0].c_attn.k, h[0].c_attn.v, h[0].attn.c_proj])
      for (const part of Object.values(linear) as tf.Tensor[])
        set(part, new Array<number>(part.size).fill(0));
    for (const linear of [h[0].c_attn.v, h[0].attn.c_proj])
      set((linear as { weight: tf.Tensor }).weight, [1, 0, 0, 1]);
    set(h[0].ln_1.weight, [1, 1]);
    set(h[0].ln_1.bias, [0, 0]);
    const trace = await runTrace(model, [0, 1]);
    const { own, shares, pattern } = await contributions(trace, 1);
    expect([...pattern]).toEqual([0.5, 0.5]);
    expect(own[0]).toBeCloseTo(1, 4);
    expect(shares[0]).toBeCloseTo(0, 4);
    expect(shares[1]).toBeCloseTo(0, 4);
    trace.dispose();
    model.dispose();
  });
});

describe('contributions of gpt2-nano', () => {
  it('match a NumPy computation at every block and position', async () => {
    const fixture = JSON.parse(readFileSync('tests/fixtures/contributions.json', 'utf8')) as {
      ids: number[];
      rows: { position: number; own: number[]; shares: number[][] }[];
    };
    await startBackend('wasm');
    const model = await loadNano();
    const trace = await runTrace(model, fixture.ids);
    for (const { position, own, shares } of fixture.rows) {
      const found = await contributions(trace, position);
      own.forEach((share, layer) => expect(Math.abs(found.own[layer] - share)).toBeLessThan(ROUNDING));
      shares.flat().forEach((share, i) => expect(Math.abs(found.shares[i] - share)).toBeLessThan(ROUNDING));
    }
    trace.dispose();
    model.dispose();
  });
});
