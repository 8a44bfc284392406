/** Edited runs beside TransformerLens and PyTorch: scripts/fixtures/make_edits_fixture.py. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../../src/lib/gpt2/decode/generate.ts';
import { parseEdits } from '../../../src/lib/gpt2/edit/format.ts';
import { editNames } from '../../../src/lib/gpt2/edit/places.ts';
import { causalTrace } from '../../../src/lib/gpt2/explain/causal-trace.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import { pathPatch } from '../../../src/lib/gpt2/explain/path-patch.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { loss } from '../../../src/lib/gpt2/trace/loss.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { excess, tolerance } from '../../tolerance.ts';
import { numTensors, startBackend } from '../backends.ts';
import { CAUSAL_CASES, CAUSAL_MODELS, readCausal } from '../causal-models.ts';

interface Prompts {
  readonly minus: number;
  readonly clean: number[];
  readonly corrupt: number[];
  readonly token: number;
  readonly edits: { edit: string }[];
}

interface Expected {
  readonly references: number[][];
  readonly kept: number[];
  readonly edits: { edit: string; logits: number[] }[];
  readonly generation: { edits: string; ids: number[]; logits: number[][] }[];
  readonly loss: { edits: string; losses: number[] }[];
  /** Of gpt2-nano alone; the other fixture has the small model's. */
  readonly direct_paths?: { sender: [number, number]; layers: number[] } & Record<
    'q' | 'k' | 'v',
    number[][]
  >;
  readonly causal_trace: {
    what: 'resid_post' | 'mlp_out' | 'attn_out';
    window: number;
    positions: number[];
    subject: number[];
    samples: number;
    seed: number;
    noise: number;
    clean: number;
    corrupted: number;
    effects: number[][];
  }[];
}

const prompts = readCausal<Prompts>('expected.json');
const fixture = readCausal<Expected>('edits.json');

/** An edit's kind and the activation it is made at: of several, the last, which the others are there for. */
function kindAndPlace(text: string): [kind: string, place: string] {
  const last = parseEdits(text).at(-1)!;
  const kind = last.kind === 'mean' ? `mean over ${last.over}` : last.kind;
  return [kind, last.name];
}

describe('the stored edits', () => {
  it('are of every kind at every place where it can be made', () => {
    const stored = new Set(
      [...prompts.odd.edits, ...fixture.odd.edits].map(({ edit }) => kindAndPlace(edit).join(' of '))
    );
    const kinds = ['zero', 'scale', 'mean over positions', 'mean over references', 'patch', 'add', 'freeze'];
    const missing = kinds.flatMap((kind) =>
      editNames.map((name) => `${kind} of ${name}`).filter((one) => !stored.has(one))
    );
    expect(missing.sort()).toEqual(
      [
        ...['attn_scores', 'pattern'].flatMap((name) => [
          `add of ${name}`, // refused, as a mean of rows of different lengths is
          `mean over positions of ${name}`,
          `mean over references of ${name}`
        ]),
        'add of result', // refused: z or attn_out takes it
        ...['ln1.scale', 'ln2.scale', 'ln_final.scale'].map((name) => `zero of ${name}`) // divides by 0
      ].sort()
    );
  });
});

describe.each(CAUSAL_CASES)('edited runs of %s on %s', (name, backend) => {
  const { clean: ids, corrupt, token, minus } = prompts[name];
  const expected = fixture[name];
  const close = tolerance(backend, 'logits');
  let model: Gpt2Model;
  let base: Trace;
  let other: Trace;
  let references: Trace[];
  let standing: number;

  beforeAll(async () => {
    await startBackend(backend);
    model = await CAUSAL_MODELS[name]();
    base = await runTrace(model, ids);
    other = await runTrace(model, corrupt);
    references = [];
    for (const prompt of expected.references) references.push(await runTrace(model, prompt));
    standing = numTensors();
  });
  afterAll(() => {
    expect(numTensors()).toBe(standing);
    for (const trace of [base, other, ...references]) trace.dispose();
    model.dispose();
  });

  const expectClose = (actual: number, wanted: number, what: string) =>
    expect(excess(actual, wanted, close), `${what}: ${actual} and ${wanted}`).toBeLessThanOrEqual(0);

  it('have the logits of TransformerLens and PyTorch', async () => {
    expect(expected.edits.length).toBeGreaterThan(180);
    for (const { edit, logits } of expected.edits) {
      const sources = { base, other, references };
      const trace = await runTrace(model, ids, { edits: parseEdits(edit), ...sources });
      const found = await trace.logits('last');
      trace.dispose();
      logits.forEach((wanted, i) => expectClose(found[expected.kept[i]], wanted, edit));
    }
  }, 180_000);

  it('continue with the same tokens, and expect the text as much', async () => {
    for (const { edits, ids: wanted, logits } of expected.generation) {
      const options = { max_new_tokens: wanted.length, edits: parseEdits(edits), sources: { other } };
      let at = 0;
      for await (const step of generate(model, ids, options)) {
        if (step.kind !== 'token') throw new Error('expected tokens');
        expect(step.ids.at(-1)).toBe(wanted[at]);
        logits[at++].forEach((value, i) => expectClose(step.logits[expected.kept[i]], value, edits));
      }
      expect(at).toBe(wanted.length);
    }
    for (const { edits, losses } of expected.loss) {
      const { logProbabilities } = await loss(model, ids, { edits: parseEdits(edits), other });
      expect(logProbabilities).toHaveLength(losses.length);
      losses.forEach((wanted, i) => expectClose(-logProbabilities[i], wanted, edits));
    }
  }, 60_000);

  it('are patched by paths', async () => {
    const { direct_paths: paths } = expected;
    if (!paths) return; // of the small model in explain/causal.test.ts
    const metric = { token, minus };
    const pair = { clean: base, corrupt: other };
    const senders = [{ layer: paths.sender[0], head: paths.sender[1] }];
    for (const input of ['q', 'k', 'v'] as const)
      for (const [i, layer] of paths.layers.entries())
        for (const [head, wanted] of paths[input][i].entries()) {
          const options = {
            metric,
            receiver: { layer, head, input },
            senders,
            method: 'direct_anew'
          } as const;
          for await (const found of pathPatch(pair, options))
            expectClose(found.metric, wanted, `${input} ${layer}.${head}`);
        }
  }, 60_000);

  it('are traced by their causes: noise on the subject, then a state or a window of them put back', async () => {
    for (const { clean, corrupted, effects, positions, ...asked } of expected.causal_trace) {
      const found = await finished(causalTrace(base, { token, positions, ...asked }));
      expect(found.clean).toBeCloseTo(clean, 4);
      expect(found.corrupted).toBeCloseTo(corrupted, 4);
      effects.forEach((row, layer) =>
        row.forEach((effect, i) => expect(found.effects[layer][positions[i]]).toBeCloseTo(effect, 4))
      );
    }
  }, 60_000);
});
