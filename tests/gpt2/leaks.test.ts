import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { everyActivation } from '../../src/lib/gpt2/trace/activations.ts';
import { attention, causalMask, headResults } from '../../src/lib/gpt2/ops/attention.ts';
import { runBlock } from '../../src/lib/gpt2/model/block.ts';
import { positionEmbedding, tokenEmbedding } from '../../src/lib/gpt2/ops/embedding.ts';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import { geluTanh } from '../../src/lib/gpt2/ops/gelu.ts';
import { layerNorm } from '../../src/lib/gpt2/ops/layer-norm.ts';
import { lensRow } from '../../src/lib/gpt2/trace/lens-row.ts';
import { linear } from '../../src/lib/gpt2/ops/linear.ts';
import { logitLens, unembed } from '../../src/lib/gpt2/ops/logit-lens.ts';
import type { Gpt2Model } from '../../src/lib/gpt2/model/model.ts';
import type { Trace } from '../../src/lib/gpt2/trace/trace.ts';
import { NODE_BACKENDS, numTensors, startBackend } from './backends.ts';
import { readEverything } from './read-everything.ts';
import { TINY_CONFIG, tinyIds, tinyModel } from './tiny-model.ts';

const T = 5;

/** Each exported op, and how many tensors it gives. Inputs stand before. */
const OPS: [
  name: string,
  results: number,
  call: (x: tf.Tensor2D, mask: tf.Tensor3D, model: Gpt2Model) => unknown
][] = [
  ['causalMask', 1, () => causalMask(T)],
  ['tokenEmbedding', 1, (_x, _mask, { weights }) => tokenEmbedding(tinyIds(T), weights)],
  ['positionEmbedding', 1, (_x, _mask, { weights }) => positionEmbedding(T, weights)],
  ['layerNorm', 2, (x, _mask, { weights }) => layerNorm(x, weights.ln_f)],
  ['linear', 1, (x, _mask, { weights }) => linear(x, weights.h[0].mlp.c_fc)],
  ['geluTanh', 1, (x) => geluTanh(x)],
  ['attention', 7, (x, mask, { weights }) => attention(x, weights.h[0], 2, mask)],
  ['headResults', 1, (x, _mask, { weights }) => headResults(x, weights.h[0].attn.c_proj, 2)],
  ['runBlock', 16, (x, mask, model) => runBlock({ model, mask }, 0, x)],
  ['unembed', 1, (x, _mask, { weights }) => unembed(x, weights.wte)],
  ['logitLens', 1, (x, _mask, { weights }) => logitLens(x, weights.ln_f, weights.wte)]
];

/** Everything a page asks of a trace. */
async function readAll(trace: Trace): Promise<void> {
  await readEverything(trace);
  await trace.hiddenStates();
  await trace.logits('last');
  await trace.read('pattern', 1, { head: 1 });
  for (let depth = 0; depth <= TINY_CONFIG.n_layer; depth++)
    await lensRow(trace, depth, { top: 3, track: 7 });
}

describe.each(NODE_BACKENDS)('memory on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each(OPS)('%s leaves no tensor behind but its %d results', (_name, results, call) => {
    const model = tinyModel();
    const [x, mask] = [tf.ones([T, 8]) as tf.Tensor2D, causalMask(T)];
    const before = numTensors();
    const given = call(x, mask, model);
    expect(numTensors() - before).toBe(results);
    tf.dispose(given as tf.Tensor[]);
    expect(numTensors()).toBe(before);
    [x, mask, model].forEach((owner) => owner.dispose());
  });

  it('an op that throws leaves nothing behind', () => {
    const model = tinyModel();
    const [x, mask] = [tf.ones([T, 6]) as tf.Tensor2D, causalMask(T)];
    const before = numTensors();
    for (const [name, , call] of OPS) {
      if (['causalMask', 'tokenEmbedding', 'positionEmbedding', 'geluTanh'].includes(name)) continue;
      expect(() => call(x, mask, model), name).toThrow('got [5, 6]');
    }
    expect(numTensors()).toBe(before);
    [x, mask, model].forEach((owner) => owner.dispose());
  });

  it.each([undefined, 0])(
    'a run, every read and dispose return to the start (byteBudget %s)',
    async (byteBudget) => {
      const start = numTensors();
      const model = tinyModel();
      const before = numTensors();
      const trace = await runTrace(model, tinyIds(T), { byteBudget });
      await readAll(trace);
      const held = numTensors();
      await readAll(trace);
      expect(numTensors()).toBe(held); // reading again adds nothing
      trace.dispose();
      expect(numTensors()).toBe(before);
      model.dispose();
      expect(numTensors()).toBe(start);
    }
  );

  it('one read leaves nothing but, at most, a rebuilt block', async () => {
    const model = tinyModel();
    const trace = await runTrace(model, tinyIds(T)); // all blocks stand
    const before = numTensors();
    for (const { name, layer } of everyActivation(TINY_CONFIG)) {
      await trace.read(name, layer);
      expect(numTensors(), name).toBe(before);
    }
    [trace, model].forEach((owner) => owner.dispose());
  });

  it('a run aborted after any block leaves nothing, whatever it may keep', async () => {
    const n_layer = 4;
    const model = tinyModel({ n_layer });
    const before = numTensors();
    for (const byteBudget of [0, 20_000, undefined]) {
      for (let blocks = 1; blocks <= n_layer; blocks++) {
        const signal = abortedAtCheck(blocks);
        await expect(runTrace(model, tinyIds(T), { signal, byteBudget })).rejects.toThrow('enough');
        expect(numTensors()).toBe(before);
      }
    }
    model.dispose();
  });

  it('50 runs of different lengths with reads leave the count flat, and disposing the model returns to the start', async () => {
    const start = numTensors();
    const model = tinyModel();
    const before = numTensors();
    for (let run = 0; run < 50; run++) {
      const length = 1 + ((run * 13) % TINY_CONFIG.n_ctx); // 1 to n_ctx, out of order, some twice
      const trace = await runTrace(model, tinyIds(length), { byteBudget: run % 3 === 0 ? 0 : undefined });
      await readAll(trace);
      trace.dispose();
      expect(numTensors(), `after run ${run} of length ${length}`).toBe(before);
    }
    model.dispose();
    expect(numTensors()).toBe(start);
  });
});

/** A signal that stops the run at its check after so many blocks; the first check is before the first block. */
function abortedAtCheck(blocks: number): AbortSignal {
  let checks = 0;
  const throwIfAborted = () => {
    if (checks++ === blocks) throw new Error('enough');
  };
  return { throwIfAborted } as AbortSignal;
}
