import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elementCount, weightSpec } from '../../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { ablationEffects } from '../../../src/lib/gpt2/explain/ablation-effects.ts';
import { attribution, headSources } from '../../../src/lib/gpt2/explain/attribution.ts';
import { contributionGraph } from '../../../src/lib/gpt2/explain/contribution-graph.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import { patchGrid } from '../../../src/lib/gpt2/explain/patch-grid.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { disposeWeights, uploadWeights } from '../../../src/lib/gpt2/model/weights.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { startBackend } from '../backends.ts';
import { TINY_CONFIG } from '../tiny-model.ts';

/**
 * Two blocks, one head, n_embd 2, so small that it is worked out on paper. u = [1, −1]; token 0 is u, token 1 is −u, and
 * positions, MLPs, q and k are 0, so every row is a number times u and attention is even. LayerNorm makes of x u the sign
 * of x. W_V is the identity and W_O half of it: a head adds half of the mean sign up to its row.
 *
 * Of [0, 0, 1] the last row is −1, then −1 + 1/6 = −5/6, then −5/6 + 1/6 = −4/6 (the signs stay + + −).
 * ln_f's scale there is 4/6, so its output is −u and the logits are −2 (token 0) and 2 (token 1).
 */
const CONFIG = {
  ...TINY_CONFIG,
  n_layer: 2,
  n_head: 1,
  n_embd: 2,
  n_inner: 4,
  n_ctx: 4,
  vocab_size: 2,
  layer_norm_epsilon: 1e-12
};

function handModel(): Gpt2Model {
  const raw = new Map(
    [...weightSpec(CONFIG)].map(([name, shape]) => {
      const values = new Float32Array(elementCount(shape));
      if (name === 'wte.weight') values.set([1, -1, -1, 1]);
      if (/ln_\w\.weight$/.test(name)) values.fill(1);
      if (name.endsWith('attn.c_attn.weight')) values[4] = 1;
      if (name.endsWith('attn.c_attn.weight')) values[6 + 5] = 1; // [2, 6]: v is columns 4 and 5
      if (name.endsWith('attn.c_proj.weight')) values.set([0.5, 0, 0, 0.5]);
      return [name, { shape, values }] as const;
    })
  );
  const weights = uploadWeights(CONFIG, raw);
  const files = { configFile: { ...CONFIG }, generationConfig: null, leftOut: [], tokenizer: null as never };
  return { ...files, config: CONFIG, weights, dispose: () => disposeWeights(weights) };
}

describe('a model of two blocks worked out on paper', () => {
  let model: Gpt2Model;
  let trace: Trace;
  beforeAll(async () => {
    await startBackend('cpu');
    model = handModel();
    trace = await runTrace(model, [0, 0, 1]);
  });
  afterAll(() => {
    trace.dispose();
    model.dispose();
  });

  const close = (actual: ArrayLike<number>, expected: readonly number[]) => {
    expect(actual).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5));
  };

  it('has the stream and the logits of the paper', async () => {
    close(await trace.row('resid_mid', 0, 2), [-5 / 6, 5 / 6]);
    close(await trace.row('resid_post', 1, 2), [-4 / 6, 4 / 6]);
    close(await trace.logits('last'), [-2, 2]);
  });

  it('attribution: 2 = 3 of the embedding, −1/2 of each head', async () => {
    const { logit, sum, parts } = await finished(attribution(trace, { token: 1 }));
    close([logit, sum], [2, 2]);
    const values = Object.fromEntries(parts.map(({ part, value }) => [part, value]));
    close(
      [values.embed, values['0.0'], values['1.0'], values['mlp 1'], values['ln_f.bias']],
      [3, -0.5, -0.5, 0, 0]
    );
    close(await headSources(trace, 0, 0, { token: 1 }), [-0.5, -0.5, 0.5]);
    const difference = await finished(attribution(trace, { token: 1, minus: 0 }));
    close([difference.logit, difference.sum], [4, 4]);
  });

  it('ablation: taking out a head changes nothing, since LayerNorm keeps the sign alone', async () => {
    for await (const { metric, effect } of ablationEffects(trace, { metric: { token: 1 }, parts: 'heads' }))
      close([metric, effect], [2, 0]);
  });

  it('patching: the last row of the stream carries all of the answer, the others none', async () => {
    const corrupt = await runTrace(model, [0, 0, 0]);
    const {
      clean,
      corrupt: other,
      grid
    } = await finished(patchGrid([{ clean: trace, corrupt }], { what: 'resid_pre', metric: { token: 1 } }));
    close([clean, other], [2, -2]);
    for (const row of grid) close(row, [0, 0, 1]);
    corrupt.dispose();
  });

  it('contributions: 1/5 and 1/4 of the last row are its own sign, written by attention', async () => {
    // block 0: y = −5/6, own −1: gain 5/3 − 1/3 = 4/3; source 2 writes −1/6: gain 5/3 − 4/3 = 1/3; sources 0 and 1: none
    // block 1: y = −4/6, own −5/6: gain 4/3 − 1/3 = 1; source 2: 4/3 − 1 = 1/3
    const { edges, weights, hidden, mlp } = await finished(contributionGraph(trace));
    expect(edges.map(({ layer, source, target }) => [layer, source, target])).toEqual([
      [1, 2, 2],
      [0, 2, 2]
    ]);
    close(
      edges.map(({ weight }) => weight),
      [0.25, 0.2]
    );
    for (const depth of weights) close(depth, [0, 0, 1]);
    close([hidden, ...mlp.flatMap((row) => [...row])], [0, 0, 0, 0, 0, 0, 0]);
  });
});
