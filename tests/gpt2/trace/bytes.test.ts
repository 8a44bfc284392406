import { beforeAll, describe, expect, it } from 'vitest';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { blockBytes, traceBytes } from '../../../src/lib/gpt2/trace/bytes.ts';
import { startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyIds, tinyModel } from '../tiny-model.ts';

const GPT2_SMALL = { ...TINY_CONFIG, n_layer: 12, n_head: 12, n_embd: 768, n_ctx: 1024, n_inner: 3072 };
const MB = 1e6;

describe('blockBytes(config, T), traceBytes(config, T, blockBudget)', () => {
  beforeAll(() => startBackend('cpu'));

  it.each([1, 8, 9, 20, 32])('are what a trace of %d tokens holds', async (T) => {
    const model = tinyModel({ n_layer: 4 });
    const { config } = model;
    const block = blockBytes(config, T);
    const [whole, bare] = [
      await runTrace(model, tinyIds(T)),
      await runTrace(model, tinyIds(T), { byteBudget: 0 })
    ];
    expect(whole.bytes).toBe(traceBytes(config, T, Infinity));
    expect(whole.bytes - bare.bytes).toBe(4 * block);
    await bare.read('q', 2); // one block at a time, whatever the budget
    expect(bare.bytes).toBe(traceBytes(config, T, 0));
    [whole, bare, model].forEach((owner) => owner.dispose());
  });

  it('GPT-2 small takes 157 MB a block at 1,024 tokens, and 202 MB with one of them', () => {
    expect(blockBytes(GPT2_SMALL, 1024) / MB).toBeCloseTo(157.3, 1);
    expect(traceBytes(GPT2_SMALL, 1024, 192 * 2 ** 20) / MB).toBeCloseTo(202.4, 1);
    expect(blockBytes(GPT2_SMALL, 900)).toBe(blockBytes(GPT2_SMALL, 1024)); // filled up to 1,024
  });
});
