import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import { lensRow } from '../../src/lib/gpt2/trace/lens-row.ts';
import { traceLoss } from '../../src/lib/gpt2/trace/loss.ts';
import { loadModel, type Gpt2Model } from '../../src/lib/gpt2/model/model.ts';
import type { Trace } from '../../src/lib/gpt2/trace/trace.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../gpt2/backends.ts';
import { makeFolder } from '../models/tiny-folder.ts';
import { excess, tolerance } from '../tolerance.ts';

/** What Hugging Face computes for a prompt of 1,024 tokens: scripts/fixtures/make_long_fixture.py. */
interface Expected {
  readonly config: Record<string, number>;
  readonly ids: number[];
  readonly positions: number[];
  readonly queries: number[];
  readonly loss: number;
  /** [positions][vocab_size] */
  readonly logits: number[][];
  /** [n_layer + 1][positions][n_embd]; ln_f applied to the last */
  readonly hidden_states: number[][][];
  /** [n_layer][n_head][queries][query + 1] */
  readonly patterns: number[][][][];
}

const FIXTURES = 'tests/fixtures/long';
const expected = JSON.parse(readFileSync(`${FIXTURES}/expected.json`, 'utf8')) as Expected;
const tokenizer = makeFolder();
const T = expected.ids.length;
const { n_layer, n_head, n_embd, vocab_size } = expected.config;
/** Bytes for blocks: one of three stands at a time, or all. */
const BUDGETS = [0, undefined] as const;

function load(): Promise<Gpt2Model> {
  return loadModel({
    read: async (file) =>
      file === 'config.json' ? new TextEncoder().encode(JSON.stringify(expected.config)) : tokenizer[file],
    open: async () => {
      const bytes = new Uint8Array(readFileSync(`${FIXTURES}/model.safetensors`));
      return {
        length: bytes.length,
        async *stream() {
          yield bytes;
        }
      };
    }
  });
}

describe.each(NODE_BACKENDS)('1,024 tokens on %s', (backend) => {
  let model: Gpt2Model;
  let before: number;

  const expectClose = (actual: ArrayLike<number>, wanted: readonly number[], name: string) => {
    expect(actual).toHaveLength(wanted.length);
    const worst = Math.max(...wanted.map((value, i) => excess(actual[i], value, tolerance(backend, name))));
    expect(worst, name).toBeLessThanOrEqual(0);
  };

  beforeAll(async () => {
    await startBackend(backend);
    before = numTensors();
    model = await load();
  });

  afterAll(() => {
    model.dispose();
    expect(numTensors()).toBe(before);
  });

  describe.each(BUDGETS)('with a budget of %s bytes for blocks', (byteBudget) => {
    let trace: Trace;

    beforeAll(async () => {
      trace = await runTrace(model, expected.ids, { byteBudget });
    });

    afterAll(() => trace.dispose());

    it('the logits are Hugging Face’s', async () => {
      for (const [i, position] of expected.positions.entries()) {
        expectClose(await trace.logits(position), expected.logits[i], 'logits');
      }
    });

    it('every hidden state is', async () => {
      const states = await trace.hiddenStates();
      expect(states).toHaveLength(n_layer + 1);
      for (const [depth, state] of states.entries()) {
        for (const [i, at] of expected.positions.entries()) {
          const row = state.subarray(at * n_embd, (at + 1) * n_embd);
          expectClose(row, expected.hidden_states[depth][i], 'blocks.0.hook_resid_pre');
        }
      }
    });

    it('every head’s pattern is, read by itself, and its small map holds the largest of each block', async () => {
      for (let layer = 0; layer < n_layer; layer++) {
        const maps = await trace.headMaps(layer);
        expect([maps.side, maps.block]).toEqual([94, 11]); // ⌈1024 / 96⌉ positions a cell
        for (let head = 0; head < n_head; head++) {
          const { data, shape } = await trace.read('pattern', layer, { head });
          expect(shape).toEqual([T, T]);
          for (const [i, query] of expected.queries.entries()) {
            const row = data.subarray(query * T, query * T + query + 1);
            expectClose(row, expected.patterns[layer][head][i], 'blocks.0.attn.hook_pattern');
          }
          const corner = maps.values.subarray(head * 94 * 94)[93 * 94 + 93]; // queries and keys 1023
          expect(corner).toBe(data[T * T - 1]);
        }
      }
    });
  });

  it('the loss is', async () => {
    const trace = await runTrace(model, expected.ids);
    const { mean, logProbabilities } = await traceLoss(trace, { top: 1 });
    expect(logProbabilities).toHaveLength(T - 1);
    expect(mean).toBeCloseTo(expected.loss, 5);
    trace.dispose();
  });

  it('a chunk of the lens is the same rows of the whole row', async () => {
    const trace = await runTrace(model, expected.ids);
    const whole = await lensRow(trace, 1, { top: 2, track: 7 });
    for (const start of [0, 512, 960]) {
      const chunk = await lensRow(trace, 1, { top: 2, track: 7, start });
      expect(chunk.entropy).toEqual(whole.entropy.slice(start, start + 64));
      expect(chunk.topIds).toEqual(whole.topIds.slice(2 * start, 2 * (start + 64)));
      expect(chunk.rank).toEqual(whole.rank!.slice(start, start + 64));
    }
    await expect(lensRow(trace, 1, { top: 2, track: 7, start: 10 })).rejects.toThrow(
      'lensRow: start must be a multiple of 64, got 10.'
    );
    trace.dispose();
  });

  it('the norms of what blocks add are the same whether a block was kept or not', async () => {
    const [kept, bare] = [
      await runTrace(model, expected.ids),
      await runTrace(model, expected.ids, { byteBudget: 0 })
    ];
    for (let layer = 0; layer < n_layer; layer++) {
      expect(await bare.addedNorms(layer)).toEqual(await kept.addedNorms(layer));
    }
    [kept, bare].forEach((trace) => trace.dispose());
  });

  it('fits what the fixture says', () => {
    expect([T, expected.logits[0].length]).toEqual([1024, vocab_size]);
  });
});
