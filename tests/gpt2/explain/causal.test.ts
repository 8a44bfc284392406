import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEdits } from '../../../src/lib/gpt2/edit/format.ts';
import { ablationEffects } from '../../../src/lib/gpt2/explain/ablation-effects.ts';
import { attributionPatching } from '../../../src/lib/gpt2/explain/attribution-patching.ts';
import {
  attribution,
  headSources,
  neuronParts,
  type AttributionPart
} from '../../../src/lib/gpt2/explain/attribution.ts';
import { compositionScores, copyingScores } from '../../../src/lib/gpt2/explain/circuits.ts';
import { planEdits } from '../../../src/lib/gpt2/edit/plan.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import { patchGrid, type PatchPlace } from '../../../src/lib/gpt2/explain/patch-grid.ts';
import { pathPatch, type PathMethod } from '../../../src/lib/gpt2/explain/path-patch.ts';
import { rerunLogits } from '../../../src/lib/gpt2/explain/rerun.ts';
import { saliency } from '../../../src/lib/gpt2/explain/saliency.ts';
import { inOrder } from '../../../src/lib/gpt2/in-order.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { excess, tolerance } from '../../tolerance.ts';
import { numTensors, startBackend } from '../backends.ts';
import { CAUSAL_CASES, CAUSAL_MODELS, readCausal } from '../causal-models.ts';

/** What TransformerLens, PyTorch's autograd and NumPy compute: scripts/fixtures/make_causal_fixture.py. */
interface Expected {
  readonly clean: number[];
  readonly corrupt: number[];
  readonly token: number;
  readonly minus: number;
  readonly kept: number[];
  readonly metric: { clean: number; corrupt: number };
  readonly edits: { edit: string; logits: number[] }[];
  readonly grids: Record<string, number[][]>;
  readonly ablations: { heads: number[][]; mlps: number[] };
  readonly attribution: { logits: number[]; parts: Record<string, [number, number]> };
  readonly direct_paths?: Record<'q' | 'k' | 'v', number[][]>;
  readonly frozen_paths?: Record<'q' | 'k' | 'v', number[][]>;
  readonly paper_paths?: number[][];
  readonly gradients: {
    input_x_gradient: number[];
    integrated_gradients: { steps: number; values: number[]; difference: number };
    attribution_patching: Record<string, number[][]>;
  };
  readonly circuits: {
    copying: number[][];
    composition: { from: [number, number]; to: [number, number]; q: number; k: number; v: number }[];
  };
}

const fixture = readCausal<Expected>('expected.json');

describe.each(CAUSAL_CASES)('causal measures of %s on %s', (name, backend) => {
  const expected = fixture[name];
  const metric = { token: expected.token, minus: expected.minus };
  const close = tolerance(backend, 'logits');
  let model: Gpt2Model;
  let clean: Trace;
  let corrupt: Trace;
  let standing: number;

  beforeAll(async () => {
    await startBackend(backend);
    model = await CAUSAL_MODELS[name]();
    clean = await runTrace(model, expected.clean);
    corrupt = await runTrace(model, expected.corrupt);
    standing = numTensors();
  });

  afterAll(() => {
    expect(numTensors()).toBe(standing); // nothing that a measure made is left
    clean.dispose();
    corrupt.dispose();
    model.dispose();
  });

  const expectClose = (actual: number, wanted: number, what: string) =>
    expect(excess(actual, wanted, close), `${what}: ${actual} and ${wanted}`).toBeLessThanOrEqual(0);
  /** The metric that a value of a grid stands for. */
  const metricOfValue = (value: number) =>
    expected.metric.corrupt + value * (expected.metric.clean - expected.metric.corrupt);

  it(`gives TransformerLens's logits for edits of every kind and place`, async () => {
    expect(expected.edits.length).toBeGreaterThan(70);
    for (const { edit, logits } of expected.edits) {
      const trace = await runTrace(model, expected.clean, {
        edits: parseEdits(edit),
        base: clean,
        other: corrupt
      });
      const found = await trace.logits('last');
      trace.dispose();
      logits.forEach((wanted, i) => expectClose(found[expected.kept[i]], wanted, edit));
    }
  }, 120_000);

  it('computes edited runs together as it computes each alone', async () => {
    const together = expected.edits.filter(({ edit }) => !/patch|mean:.*refs|freeze/.test(edit)).slice(0, 24);
    const plans = await inOrder(together, ({ edit }) =>
      planEdits(model, expected.clean, parseEdits(edit), { base: clean, other: corrupt })
    );
    const found = await rerunLogits(clean, plans, expected.clean.length - 1);
    expect(found).toHaveLength(together.length);
    for (const [run, { edit, logits }] of together.entries())
      logits.forEach((wanted, i) => expectClose(found[run][expected.kept[i]], wanted, edit));
  });

  it('takes the mean over several pairs, of which each may be about other tokens', async () => {
    const turned = { clean: corrupt, corrupt: clean, metric: { token: metric.minus, minus: metric.token } };
    const pairs = [{ clean, corrupt }, turned];
    const receiver = { layer: 1, head: 0, input: 'k' } as const;
    const senders = [{ layer: 0, head: 1 }];
    const pathOf = async (of: typeof pairs) =>
      (await pathPatch(of, { metric, receiver, senders }).next()).value!.value;
    const estimateOf = async (of: typeof pairs) =>
      (await finished(attributionPatching(of, { what: 'z', metric }))).grid[1][0];
    for (const measure of [pathOf, estimateOf]) {
      const [first, second] = [await measure([pairs[0]]), await measure([pairs[1]])];
      expect(await measure(pairs)).toBeCloseTo((first + second) / 2, 4);
    }
  });

  it('gives its patching grids', async () => {
    for (const [what, wanted] of Object.entries(expected.grids)) {
      const place = what.split(' ')[0] as PatchPlace;
      const layer = what === place ? undefined : 1;
      const pairs = [{ clean, corrupt }];
      const found = await finished(patchGrid(pairs, { what: place, metric, layer }));
      expectClose(found.clean, expected.metric.clean, 'clean');
      expectClose(found.corrupt, expected.metric.corrupt, 'corrupt');
      wanted.forEach((row, i) =>
        row.forEach((m, j) => expectClose(metricOfValue(found.grid[i][j]), m, `${what} ${i} ${j}`))
      );
    }
  }, 300_000);

  it('gives the effects of taking out each head and each MLP', async () => {
    for await (const { layer, part, metric: found, effect } of ablationEffects(clean, {
      metric,
      parts: 'heads'
    })) {
      expectClose(found, expected.ablations.heads[layer][part!], `head ${layer}.${part}`);
      expect(effect).toBeCloseTo(found - expected.metric.clean, 3);
    }
    for await (const { layer, metric: found } of ablationEffects(clean, { metric, parts: 'mlps' }))
      expectClose(found, expected.ablations.mlps[layer], `mlp ${layer}`);
  }, 120_000);

  it('splits a logit into what each part adds, which sums to it', async () => {
    for (const [target, at] of [
      [{ token: metric.token }, 0],
      [{ token: metric.minus }, 1]
    ] as const) {
      const { logit, sum, parts } = await finished(attribution(clean, target));
      expectClose(logit, expected.attribution.logits[at], 'logit');
      expect(Math.abs(sum - logit)).toBeLessThan(1e-4 * Math.max(1, Math.abs(logit)));
      expect(parts.map(({ part }) => part)).toEqual(Object.keys(expected.attribution.parts));
      for (const { part, value } of parts) expectClose(value, expected.attribution.parts[part][at], part);
    }
    const told: AttributionPart[] = [];
    const blocks = model.config.n_layer;
    for await (const { parts: some, done, total } of attribution(clean, metric)) {
      told.push(...some);
      expect(total).toBe(blocks + 2); // the embeddings, every block, ln_f's bias
      if (done > 1 && done < total) expect(some.at(-1)!.part).toBe(`mlp ${done - 2}`);
    }
    const { parts } = await finished(attribution(clean, metric));
    expect(told).toEqual(parts);
    const head = parts.find(({ part }) => part === '1.1')!.value;
    const sources = await headSources(clean, 1, 1, metric);
    expect(sources).toHaveLength(expected.clean.length);
    expect(sources.reduce((sum, value) => sum + value, 0)).toBeCloseTo(head, 4);
    const neurons = await neuronParts(clean, 1, metric);
    expect(neurons).toHaveLength(model.config.n_inner + 1);
    const mlp = parts.find(({ part }) => part === 'mlp 1')!.value;
    expect(neurons.reduce((sum, value) => sum + value, 0)).toBeCloseTo(mlp, 4);
  });

  it('patches paths between heads as each definition says', async () => {
    const { direct_paths, frozen_paths, paper_paths } = expected;
    if (!direct_paths || !frozen_paths || !paper_paths) return; // thousands of runs, made for one model
    const { n_layer, n_head } = model.config;
    const senders = [{ layer: 0, head: 1 }];
    const methods: [PathMethod, typeof direct_paths][] = [['direct_anew', direct_paths], ['direct', frozen_paths]]; // prettier-ignore
    for (const [method, wanted] of methods) {
      for (const input of ['q', 'k', 'v'] as const) {
        for (let layer = 1; layer < n_layer; layer++) {
          for (let head = 0; head < n_head; head++) {
            const options = { metric, receiver: { layer, head, input }, senders, method };
            for await (const found of pathPatch({ clean, corrupt }, options))
              expectClose(found.metric, wanted[input][layer][head], `${method} ${input} ${layer}.${head}`);
          }
        }
      }
    }
    const receiver = { layer: n_layer - 1, head: 1, input: 'q' } as const;
    let count = 0;
    for await (const found of pathPatch({ clean, corrupt }, { metric, receiver, method: 'paper' })) {
      expectClose(found.metric, paper_paths[found.layer][found.head], `paper ${found.layer}.${found.head}`);
      count++;
    }
    expect(count).toBe((n_layer - 1) * n_head);
  }, 120_000);

  it("has autograd's gradients: saliency, integrated gradients with their gap, attribution patching", async () => {
    const { input_x_gradient, integrated_gradients, attribution_patching } = expected.gradients;
    const simple = await finished(saliency(clean, { metric }));
    input_x_gradient.forEach((wanted, i) => expectClose(simple.values[i], wanted, `gradient ${i}`));
    const { steps, values, difference } = integrated_gradients;
    const integrated = await finished(saliency(clean, { metric, method: 'integrated_gradients', steps }));
    values.forEach((wanted, i) => expect(integrated.values[i]).toBeCloseTo(wanted, 3));
    expect(integrated.gap!).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) - difference, 2);
    for (const [what, wanted] of Object.entries(attribution_patching)) {
      const options = { what: what as PatchPlace, metric };
      const { grid } = await finished(attributionPatching({ clean, corrupt }, options));
      const scale = expected.metric.clean - expected.metric.corrupt;
      wanted.forEach((row, i) => row.forEach((value, j) => expect(grid[i][j] * scale).toBeCloseTo(value, 3)));
    }
  }, 120_000);

  it("has NumPy's copying and composition scores", async () => {
    const { copying, composition } = expected.circuits;
    const found = await copyingScores(model);
    copying.forEach((row, layer) =>
      row.forEach((score, head) => expect(found[layer][head]).toBeCloseTo(score, 3))
    );
    const wanted = new Map(composition.map((one) => [`${one.from} ${one.to}`, one]));
    for await (const { pairs } of compositionScores(model)) {
      for (const { from, to, q, k, v } of pairs) {
        const key = `${from.layer},${from.head} ${to.layer},${to.head}`;
        const one = wanted.get(key);
        if (!one) continue;
        [q, k, v].forEach((score, i) => expect(score).toBeCloseTo([one.q, one.k, one.v][i], 4));
        wanted.delete(key);
      }
    }
    expect([...wanted.keys()]).toEqual([]);
  });
});
