import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { causalMask } from '../../../src/lib/gpt2/ops/attention.ts';
import { blockPattern, bytesOf, runBlock } from '../../../src/lib/gpt2/model/block.ts';
import type { PlannedEdits } from '../../../src/lib/gpt2/model/pass.ts';
import { ShapeError } from '../../../src/lib/gpt2/errors.ts';
import { geluTanhScalar } from '../../../src/lib/gpt2/ops/gelu-scalar.ts';
import { layerNorm } from '../../../src/lib/gpt2/ops/layer-norm.ts';
import { linear } from '../../../src/lib/gpt2/ops/linear.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';
import { tinyModel } from '../tiny-model.ts';

const T = 5;
const resid = () =>
  tf.tensor2d(
    Float32Array.from({ length: T * 8 }, (_, i) => 3 * Math.sin(i)),
    [T, 8]
  );
const values = async (tensor: tf.Tensor) => [...(await tensor.data())];

async function expectClose(actual: tf.Tensor, expected: readonly number[]): Promise<void> {
  const found = await values(actual);
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-5));
}

describe.each(NODE_BACKENDS)('runBlock(pass, layer, resid_pre) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('adds attention to the stream, then the MLP: resid_mid and resid_post are sums', async () => {
    const model = tinyModel();
    const pre = await values(resid());
    const block = runBlock({ model, mask: causalMask(T) }, 0, resid());
    const attn_out = await values(block.attn_out);
    const mid = pre.map((value, i) => value + attn_out[i]);
    await expectClose(block.resid_mid, mid);
    const mlp_out = await values(block.mlp_out);
    await expectClose(
      block.resid_post,
      mid.map((value, i) => value + mlp_out[i])
    );
  });

  it('reads ln_1 of resid_pre in attention and ln_2 of resid_mid in the MLP', async () => {
    const model = tinyModel();
    const { weights } = model;
    const { ln_1, ln_2, c_attn, mlp } = weights.h[1];
    const block = runBlock({ model, mask: causalMask(T) }, 1, resid());
    const ln1 = layerNorm(resid(), ln_1);
    await expectClose(block['ln1.scale'], await values(ln1.scale));
    await expectClose(block['ln1.normalized'], await values(ln1.normalized));
    await expectClose(block.q, await values(linear(ln1.normalized, c_attn.q)));
    const ln2 = layerNorm(block.resid_mid, ln_2);
    await expectClose(block['ln2.scale'], await values(ln2.scale));
    await expectClose(block['mlp.pre'], await values(linear(ln2.normalized, mlp.c_fc)));
    await expectClose(block['mlp.post'], (await values(block['mlp.pre'])).map(geluTanhScalar));
    await expectClose(block.mlp_out, await values(linear(block['mlp.post'], mlp.c_proj)));
  });

  it.each([
    ['as it is', null],
    ['with an edited query', 'q'],
    ['with an edited pattern', 'pattern'],
    ['with an edited value, which it does not depend on', 'v']
  ])('has the pattern that blockPattern makes without values: %s', async (_, name) => {
    const model = tinyModel();
    const edits: PlannedEdits | null =
      name === null
        ? null
        : {
            key: name,
            firstLayer: 1,
            touches: (...[touched, layer]) => touched === name && layer === 1,
            apply: (_name, _layer, value) => tf.mul(value, 0.5)
          };
    const pass = { model, mask: causalMask(T), edits };
    const whole = await values(runBlock(pass, 1, resid()).pattern);
    await expectClose(blockPattern(pass, 1, resid()), whole);
    const plain = await values(runBlock({ ...pass, edits: null }, 1, resid()).pattern);
    const isOther = whole.some((value, i) => Math.abs(value - plain[i]) > 1e-3);
    expect(isOther).toBe(name === 'q' || name === 'pattern');
  });

  it('lets no position see a later one', async () => {
    const model = tinyModel();
    const changed = await resid().data();
    changed.fill(9, 4 * 8); // another vector at position 4
    const one = runBlock({ model, mask: causalMask(T) }, 0, resid());
    const other = runBlock({ model, mask: causalMask(T) }, 0, tf.tensor2d(changed, [T, 8]));
    const upToPosition3 = (tensor: tf.Tensor) => values(tf.slice(tensor, [0, 0], [4, 8]));
    expect(await upToPosition3(other.resid_post)).toEqual(await upToPosition3(one.resid_post));
    expect(await values(other.resid_post)).not.toEqual(await values(one.resid_post));
  });

  it('names both shapes when resid_pre is not n_embd wide', () => {
    const model = tinyModel();
    const call = () => runBlock({ model, mask: causalMask(T) }, 0, tf.zeros([T, 6]));
    expect(call).toThrow(ShapeError);
    expect(call).toThrow('layerNorm: x must be [any, 8], got [5, 6].');
  });
});

describe('bytesOf(tensors)', () => {
  it('counts four bytes a value', async () => {
    await startBackend('cpu');
    expect(bytesOf([tf.zeros([3, 2]), tf.zeros([5])])).toBe(44);
    expect(bytesOf([])).toBe(0);
  });
});
