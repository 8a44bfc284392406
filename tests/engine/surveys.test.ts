import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SURVEYS, type SurveyHost } from '$lib/engine/surveys';
import {
  listParameters,
  runTrace,
  type HeadReport,
  type NeuronReport,
  type Token,
  type Trace
} from '$lib/gpt2';
import { numTensors, startBackend } from '../gpt2/backends.ts';
import { tinyIds, tinyModel } from '../gpt2/tiny-model.ts';

/** A token a letter: `a` is 0. */
const encode = (text: string) =>
  Promise.resolve([...text].map((letter) => ({ id: letter.charCodeAt(0) - 97, text: letter }) as Token));

describe('SURVEYS', () => {
  let host: SurveyHost;
  let trace: Trace;
  let standing: number;
  let progress: string[];
  let partial: (HeadReport | NeuronReport | undefined)[];
  const stop = new AbortController();

  beforeAll(async () => {
    await startBackend('wasm');
    const model = tinyModel();
    trace = await runTrace(model, tinyIds(6));
    await trace.read('pattern', 0);
    await trace.read('pattern', 1);
    standing = numTensors();
    progress = [];
    partial = [];
    const onprogress = ({ done, total }: { done: number; total: number }, given?: unknown) => {
      progress.push(`${done}/${total}`);
      partial.push(given as HeadReport | NeuronReport | undefined);
    };
    host = {
      model: { ...model, tokenizer: { encode } },
      trace: () => trace,
      signal: stop.signal,
      onprogress
    };
  });

  afterAll(() => {
    expect(numTensors()).toBe(standing); // nothing that a survey made is left
    trace.dispose();
  });

  it('a text row by row, with progress; a last row of one token is left out', async () => {
    const { rows, statistics, scores } = await SURVEYS.headsOnText(host, {
      text: 'abcabcabca',
      rows: 9,
      length: 3
    });
    expect(rows).toEqual([[0, 1, 2], [0, 1, 2], [0, 1, 2]]); // prettier-ignore
    expect(progress).toEqual(['1/3', '2/3', '3/3']);
    expect([statistics?.queries, scores.self[1].length]).toEqual([9, 2]);
    expect(partial[0]?.rows).toEqual([[0, 1, 2]]);
    expect((partial[0] as HeadReport).statistics?.queries).toBe(3);
    await expect(SURVEYS.headsOnText(host, { text: 'a', rows: 9, length: 3 })).rejects.toThrow(
      'text must have at least 2 tokens'
    );
  });

  it('the neurons of a block over a text, with what is known after the first row', async () => {
    const asked = { text: 'abcdefgh', rows: 9, length: 4, layer: 1 };
    partial.length = 0;
    const { rows, statistics } = await SURVEYS.neuronsOnText(host, asked);
    expect(rows).toEqual([[0, 1, 2, 3], [4, 5, 6, 7]]); // prettier-ignore
    expect([statistics.layer, statistics.count]).toEqual([1, 8]);
    expect(partial[0]?.rows).toHaveLength(1);
    expect(partial[0]?.statistics).toMatchObject({ count: 4 });
  });

  it("a head's effect: its direct part, and the logit of a run without it less the logit", async () => {
    const asked = { trace: 1, layer: 0, head: 1, token: 5, position: 3 };
    const { logit, contribution, effect } = await SURVEYS.headEffect(host, asked);
    expect(logit).toBe((await trace.logits(3))[5]);
    const without = await runTrace(host.model as never, trace.ids, {
      edits: [{ kind: 'zero', name: 'z', layer: 0, head: 1 }]
    });
    expect(effect).toBeCloseTo((await without.logits(3))[5] - logit, 5);
    without.dispose();
    expect(Number.isFinite(contribution)).toBe(true);
  });

  it("one position's stream at every depth, and the norm of what each head adds", async () => {
    const { vectors, results } = await SURVEYS.streamVectors(host, { trace: 1, position: 4 });
    expect([...vectors.subarray(16, 24)]).toEqual([...(await trace.row('resid_post', 1, 4))]);
    const { data } = await trace.read('result', 1); // [T, n_head, n_embd]
    const own = data.subarray((4 * 2 + 1) * 8, (4 * 2 + 2) * 8);
    expect(results[3]).toBeCloseTo(Math.hypot(...own), 5);
  });

  it('weights alone', async () => {
    const { pairs, baseline } = await SURVEYS.composition(host, {});
    expect([pairs.length, baseline.samples]).toEqual([4, 8]);
    const { ov, qk } = await SURVEYS.headTokens(host, { layer: 1, head: 0, token: 3, count: 4 });
    expect([ov.top.length, qk.bottom.length]).toEqual([4, 4]);
    const [{ name, count }] = listParameters(host.model.config);
    expect((await SURVEYS.parameterStatistics(host, { name })).count).toBe(count);
    expect((await SURVEYS.headsOnRepeats(host, { length: 5, seed: 2 })).rows[0]).toHaveLength(10);
    expect((await SURVEYS.headsOnPrompt(host, { trace: 1 })).statistics?.queries).toBe(6);
  });
});
