import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { loss, traceLoss } from '../../../src/lib/gpt2/trace/loss.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { logSoftmax } from '../../../src/lib/gpt2/numbers/softmax.ts';
import { rankOf } from '../../../src/lib/gpt2/numbers/ranks.ts';
import { excess, tolerance } from '../../tolerance.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';
import { fixture, loadNano } from '../decode/fixture.ts';
import { TINY_CONFIG, tinyIds, tinyModel } from '../tiny-model.ts';

describe('loss(model, ids) beside Hugging Face', () => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend('wasm');
    model = await loadNano();
  });
  afterAll(() => model.dispose());

  it('gives its mean loss, perplexity, log-probabilities and ranks, over several chunks of positions', async () => {
    const expected = fixture.loss;
    const found = await loss(model, expected.ids);
    expect(expected.ids.length).toBeGreaterThan(128); // three chunks of 64
    expect(found.mean).toBeCloseTo(expected.loss_float64, 5);
    expect(found.mean).toBeCloseTo(expected.loss, 4); // Hugging Face sums 50,257 terms in float32
    expect(found.perplexity).toBeCloseTo(expected.perplexity, 3);
    expect(found.logProbabilities).toHaveLength(expected.ids.length - 1);
    const close = tolerance('wasm', 'logits');
    expected.log_probabilities.forEach((value, i) =>
      expect(excess(found.logProbabilities[i], value, close)).toBeLessThanOrEqual(0)
    );
    expected.rank_bounds.forEach(([best, worst], i) => {
      expect(found.ranks[i]).toBeGreaterThanOrEqual(best);
      expect(found.ranks[i]).toBeLessThanOrEqual(worst);
    });
    const exact = expected.rank_bounds.filter(([best, worst]) => best === worst);
    expect(exact.length).toBeGreaterThan(0.9 * expected.rank_bounds.length);
  });
});

describe.each(NODE_BACKENDS)('loss of a tiny model on %s', (backend) => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend(backend);
    model = tinyModel();
  });
  afterAll(() => model.dispose());

  it('is about the next token at each position', async () => {
    const ids = tinyIds(20);
    const trace = await runTrace(model, ids);
    const found = await traceLoss(trace, { top: 3 });
    const { vocab_size } = TINY_CONFIG;
    const logits = await trace.logits('all');
    for (let i = 0; i < ids.length - 1; i++) {
      const row = logits.subarray(i * vocab_size, (i + 1) * vocab_size);
      expect(found.logProbabilities[i]).toBeCloseTo(logSoftmax(row)[ids[i + 1]], 5);
      expect(found.ranks[i]).toBe(rankOf(row, ids[i + 1]));
      expect(row[found.topIds[3 * i]]).toBe(Math.max(...row));
    }
    const mean = -found.logProbabilities.reduce((sum, x) => sum + x) / 19;
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.perplexity).toBeCloseTo(Math.exp(mean), 9);
    expect(await loss(model, ids, { top: 3 })).toEqual(found);
    trace.dispose();
  });

  it('refuses fewer than two tokens and an empty list of best ones', async () => {
    await expect(loss(model, [1])).rejects.toThrow('loss: ids must be at least 2 tokens, got 1.');
    await expect(loss(model, [1, 2], { top: 0 })).rejects.toThrow(InputError);
    await expect(loss(model, [1, 2], { top: 31 })).rejects.toThrow(InputError);
  });

  it('stops when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(loss(model, [1, 2], { signal })).rejects.toThrow('enough');
  });
});
