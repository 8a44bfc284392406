import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError, NeedsWeightsError } from '../../../src/lib/gpt2/errors.ts';
import { contributions } from '../../../src/lib/gpt2/explain/contributions.ts';
import { followBack } from '../../../src/lib/gpt2/explain/contribution-graph.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import { promptStatistics } from '../../../src/lib/gpt2/explain/heads.ts';
import { lensColumn } from '../../../src/lib/gpt2/explain/lens-column.ts';
import { resultNorms } from '../../../src/lib/gpt2/explain/result-norms.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { summariseLogits } from '../../../src/lib/gpt2/numbers/distribution.ts';
import { asFloat32 } from '../../../src/lib/gpt2/recording/read.ts';
import { followRecorded } from '../../../src/lib/gpt2/recording/follow-recorded.ts';
import { RecordedTrace } from '../../../src/lib/gpt2/recording/recorded-trace.ts';
import { everyActivation, exportName, type ActivationName } from '../../../src/lib/gpt2/trace/activations.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { NOT_READ } from '../../../src/lib/gpt2/trace/lens-chunk.ts';
import { lensRow } from '../../../src/lib/gpt2/trace/lens-row.ts';
import { traceLoss } from '../../../src/lib/gpt2/trace/loss.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyIds, tinyModel } from '../tiny-model.ts';
import { TINY_PIECES, tinyRecording } from './tiny-recording.ts';

const T = 6;
const { n_layer, n_head } = TINY_CONFIG;
const FLOAT16_STEP = 2 ** -11; // of the value: 11 bits of fraction, rounded to the nearest

describe('readRecording(writeRecording(trace))', () => {
  let model: Gpt2Model;
  let trace: Trace;
  let recorded: RecordedTrace;

  beforeAll(async () => {
    await startBackend('cpu');
    model = tinyModel();
    trace = await runTrace(model, tinyIds(T));
    recorded = new RecordedTrace(await tinyRecording(trace));
  });
  afterAll(() => [trace, model].forEach((owner) => owner.dispose()));

  it('says what was run, by what and when', async () => {
    const { about, config, pieces } = await tinyRecording(trace);
    expect(config).toEqual(TINY_CONFIG);
    expect(pieces).toEqual(TINY_PIECES);
    expect(about.tokens.map(({ id }) => id)).toEqual(tinyIds(T));
    expect(about.tokens[0]).toEqual({ id: 3, bytes: ['d'.charCodeAt(0)] });
    expect(about.made).toEqual({ date: '2026-01-02T03:04:05.000Z', tool: 'a test', version: '1.0.0' });
  });

  it('gives back every activation, number by number', async () => {
    for (const { name, layer } of everyActivation(TINY_CONFIG))
      expect(await recorded.read(name, layer), name).toEqual(await trace.read(name, layer));
    const head = { head: 1 };
    for (const name of ['attn_scores', 'pattern', 'q', 'z', 'result'] as const)
      expect(await recorded.read(name, 1, head), name).toEqual(await trace.read(name, 1, head));
    expect(await recorded.row('mlp.post', 0, 2)).toEqual(await trace.row('mlp.post', 0, 2));
    expect(await recorded.logits(T - 1)).toEqual(await trace.logits('last'));
  });

  it('gives the lens, also of some positions and fewer tokens; a tracked token where it is known', async () => {
    for (let depth = 0; depth <= n_layer; depth++) {
      const options = { top: 4, track: null, start: 0 };
      const { nextRank, crossEntropy, ...live } = await lensRow(trace, depth, options);
      const { nextRank: ranks, crossEntropy: nats, ...known } = await recorded.lens(depth, options);
      expect(known).toEqual(live);
      nextRank.forEach((rank, i) => {
        const isKnown = rank !== NOT_READ && (depth === n_layer || rank <= options.top);
        expect(ranks[i]).toBe(isKnown ? rank : NOT_READ);
        if (isKnown) expect(nats[i]).toBeCloseTo(crossEntropy[i], 5);
        else expect(nats[i]).toBeNaN();
      });
    }
    await expect(recorded.lens(0.5, { top: 4, track: null })).rejects.toThrow('the lens inside blocks');
    await expect(recorded.lens(1, { top: 4, track: null, ln_f: false })).rejects.toThrow('without ln_f');
    const tracked = await lensRow(trace, n_layer, { top: 4, track: 7 });
    expect(await recorded.lens(n_layer, { top: 4, track: 7 })).toEqual(tracked);
    const ranks: number[] = [];
    for (let track = 0; track < TINY_CONFIG.vocab_size; track++) {
      const live = await lensRow(trace, 1, { top: 10, track });
      const known = await recorded.lens(1, { top: 10, track });
      live.rank!.forEach((rank, i) => {
        expect(known.rank![i]).toBe(rank <= 10 ? rank : NOT_READ);
        if (rank <= 10) expect(known.probability![i]).toBe(live.probability![i]);
        ranks.push(rank);
      });
    }
    expect([Math.min(...ranks), Math.max(...ranks)]).toEqual([1, TINY_CONFIG.vocab_size]);
  });

  it('gives flow, norms, maps, statistics of heads and the loss as the trace does', async () => {
    for (let position = 0; position < T; position++) {
      const logits = await trace.logits(position);
      const [token] = summariseLogits(logits, 1, logits.length, { top: 1 }).topIds;
      expect(await recorded.contributions(position)).toEqual(await contributions(trace, position, { token }));
      expect(recorded.lensColumn(position).ids).toEqual((await lensColumn(trace, position)).ids);
    }
    const options = { position: 3, threshold: 0.05 };
    const [known, live] = [
      await finished(followRecorded(recorded, options)),
      await finished(followBack(trace, options))
    ];
    const names = ({ edges }: typeof live) =>
      edges.map(({ layer, source, target, head }) => [layer, source, target, head]);
    expect(names(known)).toEqual(names(live));
    known.weights.forEach((depth, at) =>
      depth.forEach((weight, row) => expect(weight).toBeCloseTo(live.weights[at][row], 6))
    );
    for (let layer = 0; layer < n_layer; layer++) {
      expect(await recorded.headMaps(layer)).toEqual(await trace.headMaps(layer));
      expect(recorded.resultNorms(layer, 3)).toEqual(await resultNorms(trace, layer, 3));
      const added = await recorded.addedNorms(layer);
      const expected = await trace.addedNorms(layer);
      for (const name of ['attn_out', 'mlp_out'] as const)
        added[name].forEach((norm, i) => expect(norm).toBeCloseTo(expected[name][i], 5));
      for (let head = 0; head < n_head; head++)
        expect(await recorded.valueNorms(layer, head)).toEqual(await trace.valueNorms(layer, head));
    }
    expect(await promptStatistics(recorded)).toEqual(await promptStatistics(trace));
    expect(await traceLoss(recorded, { top: 3 })).toEqual(await traceLoss(trace, { top: 3 }));
    expect(recorded.layerNorm('ln_2', 1).bias).toEqual(await model.weights.h[1].ln_2.bias.data());
    expect(recorded.layerNorm('ln_f', 0).weight).toEqual(await model.weights.ln_f.weight.data());
  });

  it('stores float16 within half a step, infinities kept', async () => {
    const recording = await tinyRecording(trace, { dtype: 'F16' });
    const half = new RecordedTrace(recording);
    for (const { name, layer } of everyActivation(TINY_CONFIG)) {
      expect(recording.arrays.get(exportName(name, layer))?.dtype, name).toBe('float16');
      const { data } = await trace.read(name, layer);
      (await half.read(name, layer)).data.forEach((value, i) => {
        if (Math.abs(data[i]) === Infinity) expect(value).toBe(data[i]);
        else
          expect(Math.abs(value - data[i])).toBeLessThanOrEqual(FLOAT16_STEP * Math.abs(data[i]) + 2 ** -25);
      });
    }
  });

  it('stores float32 where float16 cannot hold one of the numbers', async () => {
    const largest: Partial<Record<ActivationName, number>> = {
      'mlp.pre': 65_520,
      'mlp.post': 65_519,
      z: NaN
    };
    const read = async (name: ActivationName, layer?: number) => {
      const { data } = await trace.read(name, layer);
      return data.with(0, largest[name] ?? data[0]);
    };
    const parts = ['mlp.pre', 'mlp.post', 'z'] as const;
    const { arrays } = await tinyRecording(trace, { dtype: 'F16', parts, read });
    const stored = parts.map((name) => arrays.get(exportName(name, 1))!);
    expect(stored.map(({ dtype }) => dtype)).toEqual(['float32', 'float16', 'float32']);
    expect(stored.map((array) => asFloat32(array)[0])).toEqual([65_520, 65_504, NaN]); // float16 ends at 65,504
  });

  it('names what is not in the file, and what no run has', async () => {
    const some = new RecordedTrace(await tinyRecording(trace, { parts: ['pattern'] }));
    const listed = new RecordedTrace(await tinyRecording(trace, { parts: ['lens'] }));
    const row = await listed.lens(n_layer, { top: 10, track: 7 });
    expect(row.topIds).toEqual((await recorded.lens(n_layer, { top: 10, track: 7 })).topIds);
    expect((await some.read('pattern', 1)).shape).toEqual([n_head, T, T]);
    await expect(some.read('z', 1)).rejects.toThrow(NeedsWeightsError);
    await expect(some.contributions(0)).rejects.toThrow('one that holds flow.own, got one without');
    await expect(recorded.lookAtLens(0, 0, () => 0)).rejects.toThrow(NeedsWeightsError);
    await expect(recorded.read('pattern', n_layer)).rejects.toThrow(InputError);
    await expect(recorded.row('z', 0, T)).rejects.toThrow(InputError);
    await expect(recorded.read('attn_out', 0, { head: 1 })).rejects.toThrow('attn_out is not split by head');
  });
});
