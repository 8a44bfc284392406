import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from './harness/main.ts';
import { fixture } from '../gpt2/decode/fixture.ts';
import { launch, openHarness, type WatchedPage } from './browser.ts';

let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  browser = await launch();
  watched = await openHarness(browser);
});

afterAll(async () => {
  expect(watched.complaints).toEqual([]);
  await browser.close();
});

describe.each(['wasm', 'webgl'] as const)(
  'Engine.generate(ids, options, onstep, signal) on %s',
  (backend) => {
    it("streams Hugging Face's tokens, each with its arrays, and leaves the memory as it was", async () => {
      const [{ prompt, sequences }] = fixture.greedy;
      const outcome = await watched.page.evaluate(
        async ([backend, prompt]) => {
          const { engine } = await window.harness.open(backend);
          const before = await engine.memory();
          const seen: { id: number; logits: number; scores: number; hidden: number }[] = [];
          const { sequences } = await engine.generate(
            prompt,
            { max_new_tokens: 4, output_hidden_states: true },
            (step) => {
              if (step.kind === 'beams') return;
              const { id, logits, scores, hidden_states } = step;
              seen.push({ id, logits: logits.length, scores: scores.length, hidden: hidden_states!.length });
            }
          );
          return { seen, ids: sequences[0].newIds, before, after: await engine.memory() };
        },
        [backend, prompt] as const
      );
      expect(outcome.ids).toEqual(sequences[0].slice(0, 4));
      const sizes = { logits: 50257, scores: 50257, hidden: 13 };
      expect(outcome.seen).toEqual(outcome.ids.map((id) => ({ id, ...sizes })));
      expect(outcome.after.tensors).toBe(outcome.before.tensors);
    });

    it('finds the beams, step by step', async () => {
      const outcome = await watched.page.evaluate(async (backend) => {
        const { engine } = await window.harness.open(backend);
        const steps: { beams: number; candidates: number; done: boolean }[] = [];
        const { sequences } = await engine.generate([7454], { num_beams: 2, max_new_tokens: 3 }, (step) => {
          if (step.kind !== 'beams') return;
          const { logits, candidates, done } = step;
          steps.push({ beams: logits.length, candidates: candidates.length, done });
        });
        return { steps, nodes: sequences[0].nodes?.length };
      }, backend);
      expect(outcome.steps.map(({ beams, done }) => [beams, done])).toEqual([
        [1, false],
        [2, false],
        [2, true]
      ]);
      expect(outcome.steps[0].candidates).toBeGreaterThanOrEqual(4);
      expect(outcome.nodes).toBe(3);
    });
  }
);

describe('Engine.generate beside other calls', () => {
  it('stops when its signal is aborted: nothing more arrives and nothing stays', async () => {
    const outcome = await watched.page.evaluate(async () => {
      const { engine } = await window.harness.open('wasm');
      const before = await engine.memory();
      const controller = new AbortController();
      let steps = 0;
      const options = { max_new_tokens: 200, eos_token_id: null };
      const error: unknown = await engine
        .generate([7454], options, () => void (++steps === 2 && controller.abort()), controller.signal)
        .catch((error: unknown) => error);
      await engine.generate([7454], { max_new_tokens: 3 }, () => {}); // the worker is free again
      return {
        steps,
        cancelled: window.harness.isCancelled(error),
        before: before.tensors,
        after: (await engine.memory()).tensors
      };
    });
    expect(outcome).toMatchObject({ steps: 2, cancelled: true });
    expect(outcome.after).toBe(outcome.before);
  });

  it('runs several at once, each as if alone, and ends them when another model is loaded', async () => {
    const outcome = await watched.page.evaluate(async () => {
      const { engine } = await window.harness.open('wasm');
      const options = { do_sample: true, max_new_tokens: 5 };
      const ids = async (seed: number) =>
        (await engine.generate([7454], { ...options, seed }, () => {})).sequences[0].newIds;
      const alone = [await ids(1), await ids(2)];
      const together = await Promise.all([ids(1), ids(2)]);
      const long = engine
        .generate([7454], { max_new_tokens: 200, eos_token_id: null }, () => {})
        .catch((error: unknown) => error);
      const { folder, bytes } = window.harness.model;
      await engine.load(folder, bytes, () => {});
      return { alone, together, ended: window.harness.isCancelled(await long) };
    });
    expect(outcome.together).toEqual(outcome.alone);
    expect(outcome.ended).toBe(true);
  });

  it('tells what is wrong with an option', async () => {
    const message = await watched.page.evaluate(async () => {
      const { engine } = await window.harness.open('wasm');
      return engine
        .generate([7454], { do_sample: true, top_p: 2 }, () => {})
        .then(String, (error: Error) => `${error.name}: ${error.message}`);
    });
    expect(message).toContain('InputError: generate: top_p must be from 0 to 1, got 2.');
  });
});

describe('Engine.loss(trace, top, signal)', () => {
  it("gives Hugging Face's loss", async () => {
    const found = await watched.page.evaluate(async (ids) => {
      const { engine } = await window.harness.open('wasm');
      const { trace } = await engine.run(ids);
      const { mean, perplexity, topIds, ranks } = await engine.loss(trace, 3);
      engine.release(trace);
      return { mean, perplexity, tops: topIds.length, ranks: ranks.length };
    }, fixture.loss.ids);
    const count = fixture.loss.ids.length - 1;
    expect(found).toMatchObject({ tops: 3 * count, ranks: count });
    expect(found.mean).toBeCloseTo(fixture.loss.loss_float64, 4);
    expect(found.perplexity).toBeCloseTo(fixture.loss.perplexity, 2);
  });
});
