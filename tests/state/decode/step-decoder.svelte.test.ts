// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { drawNumber } from '../../../src/lib/gpt2';
import { StepDecoder } from '../../../src/lib/state/decode/step-decoder.svelte';
import type { ViewState } from '../../../src/lib/state/view-state';
import { EOS } from './fake-engine';
import { TestPage } from './test-page.svelte';

async function start(change: Partial<ViewState> = {}): Promise<{ page: TestPage; steps: StepDecoder }> {
  const page = new TestPage();
  await page.open([0, 1], change);
  return { page, steps: new StepDecoder(page) };
}

/** Waits for the logits of the position that is shown. */
async function decoded(steps: StepDecoder) {
  await vi.waitFor(() => expect(steps.decoded).toBeDefined());
  const found = steps.decoded!;
  if (!('at' in found)) throw new Error(found.problem);
  return found.at;
}

const added = (steps: StepDecoder) => steps.generated.map(({ id }) => id);

describe('StepDecoder', () => {
  it('adds the best token, again and again, and runs the text once for each', async () => {
    const { page, steps } = await start({ do_sample: false });
    for (let i = 0; i < 3; i++) await steps.step();
    expect(added(steps)).toEqual([2, 3, 0]);
    expect(page.selection.view.generated).toEqual([2, 3, 0]);
    expect(page.fake.runs.slice(1)).toEqual([
      [0, 1, 2],
      [0, 1, 2, 3],
      [0, 1, 2, 3, 0]
    ]);
    expect(page.failures).toEqual([]);
  });

  it('draws with the number of the seed for the length of the text', async () => {
    const { page, steps } = await start({ seed: 7 });
    page.fake.logitsAfter = () => new Float32Array(5); // a fifth each
    await page.open([0, 1]);
    await steps.step();
    const first = Math.floor(drawNumber(7, 2) * 5);
    expect(added(steps)).toEqual([first]);
    if (first !== EOS) await steps.step();
    expect(added(steps).slice(1)).toEqual(first === EOS ? [] : [Math.floor(drawNumber(7, 3) * 5)]);
  });

  it('takes the same tokens step by step and in one run', async () => {
    const one = await start({ seed: 3, max_new_tokens: 5, temperature: 1.5 });
    const other = await start({ seed: 3, max_new_tokens: 5, temperature: 1.5 });
    await one.steps.run();
    for (let i = 0; i < 5; i++) await other.steps.step();
    expect(added(one.steps).length).toBeGreaterThan(2);
    expect(added(one.steps)).toEqual(added(other.steps));
  });

  it('adds no more than the context has room for, and says that it is full', async () => {
    const { steps } = await start({ do_sample: false, max_new_tokens: 100 });
    await steps.run();
    expect(added(steps)).toHaveLength(6);
    expect(steps.ended).toBe('full');
  });

  it('counts the tokens of a link for which there is no room, and shows the others', async () => {
    const { steps } = await start({ generated: [2, 3, 2, 3, 2, 3, 2, 3, 2] });
    expect(added(steps)).toEqual([2, 3, 2, 3, 2, 3]);
    expect(steps.leftOut).toBe(3);
    const fits = await start({ generated: [2, 3] });
    expect(fits.steps.leftOut).toBe(0);
  });

  it('ends where the model ended its text', async () => {
    const { page, steps } = await start({ do_sample: false });
    page.fake.logitsAfter = () => Float32Array.of(0, 0, 0, 0, 9);
    await page.open([0, 1]);
    await steps.step();
    expect(steps.ended).toBe('eos');
    await steps.step();
    expect(added(steps)).toEqual([EOS]);
  });

  it('shows what any added token was chosen from, also where a link brought them', async () => {
    const { page, steps } = await start({ do_sample: false, generated: [2, 3], step: 1 });
    steps.sync();
    const at = await decoded(steps);
    expect(steps.position).toBe(2);
    expect(at.chosen).toBe(3); // after the added 2
    expect(at.processed.before[3]).toBeCloseTo(0.5, 6);
    page.selection.show({ step: 0 });
    expect((await decoded(steps)).chosen).toBe(2);
    expect(page.fake.runs).toEqual([
      [0, 1],
      [0, 1, 2, 3]
    ]);
  });

  it('undoes one, or goes back to the token that is looked at', async () => {
    const { page, steps } = await start({ do_sample: false, max_new_tokens: 4 });
    await steps.run();
    steps.undo();
    expect(added(steps)).toEqual([2, 3, 0]);
    page.selection.show({ step: 1 });
    steps.restart();
    expect(added(steps)).toEqual([2]);
    expect(page.selection.view.step).toBeNull();
    steps.restart();
    expect(page.selection.view.generated).toBeNull();
  });

  it('keeps the tokens that had come when it is cancelled', async () => {
    const { page, steps } = await start({ do_sample: false, max_new_tokens: 5 });
    const release: (() => void)[] = [];
    page.fake.gate = () => new Promise((resolve) => release.push(resolve));
    const running = steps.run();
    for (let i = 0; i < 2; i++) {
      await vi.waitFor(() => expect(release.length).toBeGreaterThan(i));
      release[i]();
    }
    await vi.waitFor(() => expect(release).toHaveLength(3));
    expect(steps.streaming.map(({ id }) => id)).toEqual([2, 3]);
    steps.cancel();
    release[2]();
    await running;
    expect(steps.generation.status).toBe('cancelled');
    expect(added(steps)).toEqual([2, 3]);
  });

  it('lets a run of an older prompt go', async () => {
    const { page, steps } = await start({ do_sample: false, max_new_tokens: 2 });
    let release = () => {};
    page.fake.gate = () => new Promise((resolve) => (release = resolve));
    const running = steps.run();
    await page.open([3]);
    expect(steps.generation.status).toBe('running');
    steps.sync();
    page.fake.gate = null;
    release();
    await running;
    expect(steps.generation.status).toBe('cancelled');
    expect(page.selection.view.generated).toBeNull();
  });

  it('opens the whole text with the position selected that is looked at', async () => {
    const { page, steps } = await start({ generated: [2, 3], step: 1 });
    await steps.openAsPrompt();
    expect(page.opened).toEqual({ ids: [0, 1, 2, 3], position: 2 });
    page.selection.show({ step: null });
    await steps.openAsPrompt();
    expect(page.opened?.position).toBeNull();
  });

  it('gives the reason where the settings leave nothing', async () => {
    const { page, steps } = await start({ no_repeat_ngram_size: 1 });
    await page.open([0, 1, 2, 3, 4]);
    expect(steps.decoded).toMatchObject({
      problem: expect.stringContaining('removes every token that was left')
    });
    await steps.step();
    expect(page.selection.view.generated).toBeNull();
  });

  it('computes a link’s tokens when an effect asks, and not again', async () => {
    const { page, steps } = await start({ generated: [2] });
    const stop = $effect.root(() => {
      $effect(() => steps.sync());
    });
    flushSync();
    await vi.waitFor(() => expect(steps.decoded).toBeDefined());
    flushSync();
    expect(page.fake.runs).toHaveLength(2);
    stop();
    steps.reset();
    expect(page.fake.released).toEqual([2]);
  });
});
