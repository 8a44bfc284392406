import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate, generateAll } from '../../../src/lib/gpt2/decode/generate.ts';
import type { BeamStep, GenerateOptions, TokenStep } from '../../../src/lib/gpt2/decode/types.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { excess, tolerance } from '../../tolerance.ts';
import { startBackend } from '../backends.ts';
import { fixture, loadNano } from './fixture.ts';

let model: Gpt2Model;
beforeAll(async () => {
  await startBackend('wasm');
  model = await loadNano();
});
afterAll(() => model.dispose());

const close = tolerance('wasm', 'logits');
const run = (ids: readonly number[], options: GenerateOptions) => generateAll(generate(model, ids, options));

/** Cases with a name that shows every option. */
const named = <T extends { prompt: number[]; options: GenerateOptions }>(cases: readonly T[]) =>
  cases.map((one): [name: string, one: T] => [
    `${one.prompt.length} ids, ${JSON.stringify(one.options)}`,
    one
  ]);

describe('generate(model, ids, options) beside Hugging Face', () => {
  it.each(named(fixture.greedy))(
    'takes the same tokens: %s',
    async (_name, { prompt, options, sequences }) => {
      const { result } = await run(prompt, options);
      expect(result.sequences.map(({ newIds }) => newIds)).toEqual(sequences);
    }
  );

  it.each(named(fixture.beams))(
    'finds the same sequences: %s',
    async (_name, { prompt, options, sequences, scores }) => {
      const { result } = await run(prompt, options);
      expect(result.sequences.map(({ newIds }) => newIds)).toEqual(sequences);
      result.sequences.forEach(({ score, newIds }, i) => {
        const n = newIds.length; // log-probabilities, each within the tolerance of a logit, were added and divided
        const allowed = (n * close.absolute) / n ** (options.length_penalty ?? 1);
        expect(Math.abs(score! - scores[i])).toBeLessThan(allowed);
      });
    }
  );

  it.each(fixture.steps)(
    'tells logits from scores as it does, repetition_penalty $repetition_penalty',
    async ({ prompt, repetition_penalty, sequence, steps }) => {
      const { steps: ours } = await run(prompt, { repetition_penalty, max_new_tokens: steps.length });
      expect((ours.at(-1) as TokenStep).ids).toEqual(sequence);
      steps.forEach(({ logit_ids, logits, score_ids, scores }, i) => {
        const step = ours[i] as TokenStep;
        logit_ids.forEach((id, place) =>
          expect(excess(step.logits[id], logits[place], close)).toBeLessThanOrEqual(0)
        );
        score_ids.forEach((id, place) =>
          expect(excess(step.scores[id], scores[place], close)).toBeLessThanOrEqual(0)
        );
        expect(step.id).toBe(score_ids[0]);
        expect(step.top.slice(0, logit_ids.length).map(({ id }) => id)).toEqual(logit_ids);
      });
    }
  );
});

describe('the fixture', () => {
  it('has cases that early stopping, the length penalty and stop strings decide', () => {
    const outcome = (options: GenerateOptions) => {
      const wanted = Object.entries(options);
      const found = fixture.beams.find(
        (one) =>
          one.prompt.length === 1 &&
          wanted.every(([name, value]) => one.options[name as keyof GenerateOptions] === value)
      );
      return JSON.stringify(found!.sequences);
    };
    const base = { num_beams: 3, eos_token_id: 13, length_penalty: 1 };
    const early = [false, true, 'never'] as const;
    expect(new Set(early.map((early_stopping) => outcome({ ...base, early_stopping }))).size).toBe(3);
    const penalties = [0, 1, 2, -1].map((length_penalty) =>
      outcome({ ...base, early_stopping: false, length_penalty })
    );
    expect(new Set(penalties).size).toBeGreaterThan(1);
    const stopped = fixture.greedy.filter(({ options }) => options.stop_strings);
    expect(new Set(stopped.map(({ sequences }) => sequences[0].length)).size).toBeGreaterThan(2);
  });
});

describe('a BeamStep', () => {
  it('is a tree: every node once, its parent known, sums that add up, the winner at the end of a path', async () => {
    const { prompt, options } = fixture.beams.find((one) => one.options.num_beams === 4)!;
    const { steps, result } = await run(prompt, options);
    const sums = new Map([[0, 0]]);
    for (const { beams, candidates, kept } of steps as BeamStep[]) {
      for (const one of candidates) {
        expect(sums.has(one.node)).toBe(false);
        expect(one.parent).toBe(beams[one.parentBeam].node);
        expect(one.cumulative).toBeCloseTo(sums.get(one.parent)! + one.logProbability, 9);
        sums.set(one.node, one.cumulative);
      }
      kept.forEach(({ node }, place) =>
        expect(candidates.find((one) => one.node === node)).toMatchObject({ state: 'kept', beam: place })
      );
      expect(candidates.filter(({ place }) => place !== null)).toHaveLength(8);
    }
    const nodes = new Map(
      (steps as BeamStep[]).flatMap((step) => step.candidates.map((one) => [one.node, one.id]))
    );
    for (const { nodes: path, newIds, logProbability } of result.sequences) {
      expect(path!.map((node) => nodes.get(node))).toEqual(newIds);
      expect(sums.get(path!.at(-1)!)).toBeCloseTo(logProbability, 9);
    }
  });
});
