import { beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyIds, tinyModel } from '../tiny-model.ts';
import { readEverything, type Readings } from '../read-everything.ts';

/** Largest difference between two readings of the same names; Infinity where a shape or an infinity differs. */
function farthest(one: Readings, other: Readings): number {
  expect([...one.keys()]).toEqual([...other.keys()]);
  let worst = 0;
  for (const [name, { shape, data }] of one) {
    const there = other.get(name)!;
    if (String(shape) !== String(there.shape) || data.length !== there.data.length) return Infinity;
    data.forEach((value, i) => {
      const difference = value === there.data[i] ? 0 : Math.abs(value - there.data[i]);
      worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
    });
  }
  return worst;
}

/** Different padded lengths sum in another order; the values are of size 1 to 20. */
const ROUNDING = 2e-5;

describe.each(NODE_BACKENDS)('runTrace(model, ids, options) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each([1, 5, 7])('gives the same values at T = %d padded to 8 as with no padding', async (T) => {
    const padded = tinyModel();
    const exact = tinyModel({ n_ctx: T }); // padding stops at n_ctx
    const one = await runTrace(padded, tinyIds(T));
    const other = await runTrace(exact, tinyIds(T));
    expect(farthest(await readEverything(one), await readEverything(other))).toBeLessThan(ROUNDING);
    [one, other, padded, exact].forEach((owner) => owner.dispose());
  });

  it('gives a prompt the same values, whatever follows it', async () => {
    const model = tinyModel();
    const short = await runTrace(model, tinyIds(8));
    const long = await runTrace(model, tinyIds(20));
    const [a, b] = [await short.logits('all'), await long.logits('all')];
    a.forEach((value, i) => expect(Math.abs(value - b[i])).toBeLessThan(ROUNDING));
    [short, long, model].forEach((owner) => owner.dispose());
  });

  it('runs n_ctx tokens', async () => {
    const model = tinyModel();
    const trace = await runTrace(model, tinyIds(32));
    expect((await trace.logits('all')).every(Number.isFinite)).toBe(true);
    [trace, model].forEach((owner) => owner.dispose());
  });

  it('rejects ids that cannot be run before it makes a tensor', async () => {
    const model = tinyModel();
    const before = numTensors();
    for (const ids of [[], tinyIds(33), [0, TINY_CONFIG.vocab_size]]) {
      await expect(runTrace(model, ids)).rejects.toThrow(InputError);
    }
    expect(numTensors()).toBe(before);
    model.dispose();
  });

  it('rejects with the reason of a signal aborted before, between the blocks or after the last', async () => {
    const model = tinyModel();
    const before = numTensors();
    await expect(runTrace(model, [1], { signal: AbortSignal.abort('before') })).rejects.toBe('before');
    const controller = new AbortController();
    const run = runTrace(model, [1, 2, 3], { signal: controller.signal });
    expect(numTensors()).toBeGreaterThan(before); // the first block has run
    controller.abort('between');
    await expect(run).rejects.toBe('between');
    expect(numTensors()).toBe(before);
    model.dispose();
  });

  it('hears an abort that another task makes while it runs', async () => {
    const model = tinyModel({ n_layer: 24 });
    const before = numTensors();
    const controller = new AbortController();
    setImmediate(() => controller.abort('from outside'));
    await expect(runTrace(model, [1], { signal: controller.signal })).rejects.toBe('from outside');
    expect(numTensors()).toBe(before);
    model.dispose();
  });
});
