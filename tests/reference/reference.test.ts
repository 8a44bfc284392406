import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyActivation, exportName } from '../../src/lib/gpt2/trace/activations.ts';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import { loadModel, type Gpt2Model } from '../../src/lib/gpt2/model/model.ts';
import { topTokens } from '../../src/lib/gpt2/numbers/ranks.ts';
import { softmax } from '../../src/lib/gpt2/numbers/softmax.ts';
import type { Trace } from '../../src/lib/gpt2/trace/trace.ts';
import { folderFiles } from '../../scripts/command/model-folder.ts';
import { NODE_BACKENDS, startBackend } from '../gpt2/backends.ts';
import { excess, tolerance, type ReferenceBackend } from '../tolerance.ts';
import { compareActivation, passes, type Comparison } from './compare.ts';
import { loadFixture, manifest, type ReferenceFixture } from './fixture.ts';

/**
 * Every number of the embedded model beside two independent programs: TransformerLens (all activations) and Hugging
 * Face (what its modules expose, hidden_states, and the next tokens).
 */
const MODEL_FOLDER = 'static/models/gpt2-nano';
const HIDDEN_STATES = 'hidden_states';

interface Reading {
  readonly name: string;
  readonly shape: number[];
  readonly data: Float32Array;
}

/** Everything a fixture can hold, in the order of the computation: the first that is wrong is where it goes wrong. */
async function* readAll(trace: Trace, { config }: Gpt2Model): AsyncGenerator<Reading> {
  for (const { name, layer } of everyActivation(config)) {
    const { shape, data } = await trace.read(name, layer);
    yield { name: exportName(name, layer), shape, data };
  }
  const states = await trace.hiddenStates();
  const data = new Float32Array(states.length * states[0].length);
  states.forEach((state, depth) => data.set(state, depth * state.length));
  yield { name: HIDDEN_STATES, shape: [states.length, trace.ids.length, config.n_embd], data };
}

const line = ({ name, worstAt, maxExcess, statsOk }: Comparison) =>
  `${name} ${worstAt} (${maxExcess.toExponential(1)} beyond the tolerance${statsOk ? '' : ', statistics differ'})`;

/** What a fixture says to our readings: nothing is passed over, and nothing is wrong. */
function expectAgreement(comparisons: readonly Comparison[], fixture: ReferenceFixture): void {
  expect(comparisons.filter((one) => !passes(one)).map(line)).toEqual([]);
  expect(comparisons.map(({ name }) => name).toSorted()).toEqual(Object.keys(fixture.rows).toSorted());
}

/** Reading [T, 50257] logits of the longest prompt takes the cpu backend 10 s alone, and more on a busy machine. */
const READING_TIMEOUT_MS = 300_000;

describe.each<ReferenceBackend & ('cpu' | 'wasm')>(NODE_BACKENDS)('gpt2-nano on %s', (backend) => {
  let model: Gpt2Model;

  beforeAll(async () => {
    await startBackend(backend);
    model = await loadModel(folderFiles('test', MODEL_FOLDER));
  });

  afterAll(() => model.dispose());

  describe.each(manifest.prompts)('on "$slug"', ({ slug, text, ids, next }) => {
    const fixtures = { tl: loadFixture(slug, 'tl'), hf: loadFixture(slug, 'hf') };
    const comparisons: { tl: Comparison[]; hf: Comparison[] } = { tl: [], hf: [] };
    let logits: Float32Array;

    beforeAll(async () => {
      const trace = await runTrace(model, ids);
      logits = await trace.logits('last');
      for await (const { name, shape, data } of readAll(trace, model)) {
        for (const source of ['tl', 'hf'] as const) {
          if (!(name in fixtures[source].rows)) continue;
          const close = tolerance(backend, name);
          comparisons[source].push(compareActivation(name, shape, data, fixtures[source], close));
        }
      }
      trace.dispose();
    }, READING_TIMEOUT_MS);

    it("has Hugging Face's token ids", () => {
      expect(model.tokenizer.encode(text).map(({ id }) => id)).toEqual(ids);
    });

    it('has every activation of TransformerLens', () => expectAgreement(comparisons.tl, fixtures.tl));

    it('has every activation, hidden state and logit of Hugging Face', () => {
      expectAgreement(comparisons.hf, fixtures.hf);
    });

    it("has Hugging Face's ten likeliest next tokens, their logits and their probabilities", () => {
      const probabilities = softmax(logits);
      expect(topTokens(logits, next.length)).toEqual(next.map(({ id }) => id));
      for (const { id, text: tokenText, probability, logit } of next) {
        const beyond = excess(logits[id], logit, tolerance(backend, 'logits'));
        expect(beyond, `logit of ${tokenText}`).toBeLessThanOrEqual(0);
        expect(Math.abs(probabilities[id] - probability), `probability of ${tokenText}`).toBeLessThan(1e-4);
        expect(model.tokenizer.decode([id])).toBe(tokenText);
      }
    });
  });
});
