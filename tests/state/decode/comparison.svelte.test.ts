// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/lib/gpt2';
import { BeamSearch } from '../../../src/lib/state/decode/beam-search.svelte';
import { Comparison } from '../../../src/lib/state/decode/comparison.svelte';
import { TestPage } from './test-page.svelte';

const best = { ...DEFAULT_SETTINGS, num_beams: 1, seed: 1 };
/** As many tokens as the test's model reads at once. */
const FULL = [0, 1, 2, 3, 0, 1, 2, 3];
const drawn = { ...best, do_sample: true };

async function start(columns = [best, drawn]) {
  const page = new TestPage();
  await page.open([0, 1], { columns, max_new_tokens: 3 });
  const comparison = new Comparison(page);
  const stop = $effect.root(() => {
    $effect(() => comparison.sync());
  });
  flushSync();
  return { page, comparison, stop };
}

const statuses = ({ generations }: Comparison) => generations.map(({ status }) => status);

describe('Comparison', () => {
  it('computes one column after another, and only those there are', async () => {
    const { page, comparison, stop } = await start();
    const generate = vi.spyOn(page.fake, 'generate');
    await vi.waitFor(() => expect(statuses(comparison)).toEqual(['done', 'done', 'idle', 'idle']));
    expect(comparison.generations[0].newIds(2)).toEqual([2, 3, 0]);
    flushSync();
    expect(generate.mock.calls.length).toBeLessThanOrEqual(1); // the first had begun before the spy
    stop();
  });

  it('computes anew the column that was changed, not its neighbours', async () => {
    const { page, comparison, stop } = await start();
    await vi.waitFor(() => expect(statuses(comparison).slice(0, 2)).toEqual(['done', 'done']));
    const generate = vi.spyOn(page.fake, 'generate');
    page.selection.view.columns = [best, { ...drawn, seed: 9 }];
    flushSync();
    await vi.waitFor(() => expect(comparison.running).toBe(false));
    expect(generate).toHaveBeenCalledOnce();
    expect(generate.mock.calls[0][1]).toMatchObject({ do_sample: true, seed: 9, max_new_tokens: 3 });
    stop();
  });

  it('stops when it is cancelled, and goes on when asked again', async () => {
    const page = new TestPage();
    await page.open([0, 1], { columns: [best, drawn], max_new_tokens: 3 });
    let release = () => {};
    page.fake.gate = () => new Promise((resolve) => (release = resolve));
    const comparison = new Comparison(page);
    comparison.sync();
    comparison.cancel();
    release();
    await vi.waitFor(() => expect(statuses(comparison).slice(0, 2)).toEqual(['cancelled', 'idle']));
    page.fake.gate = null;
    comparison.restart();
    await vi.waitFor(() => expect(statuses(comparison).slice(0, 2)).toEqual(['done', 'done']));
  });

  it('asks nothing of a prompt that fills the context, and forgets what an older prompt gave', async () => {
    const { page, comparison, stop } = await start();
    await vi.waitFor(() => expect(statuses(comparison).slice(0, 2)).toEqual(['done', 'done']));
    const generate = vi.spyOn(page.fake, 'generate');
    await page.open(FULL, { columns: [best, drawn] });
    flushSync();
    await vi.waitFor(() => expect(statuses(comparison)).toEqual(['idle', 'idle', 'idle', 'idle']));
    expect(comparison.generations[0].newIds(FULL.length)).toEqual([]);
    expect(generate).not.toHaveBeenCalled();
    stop();
  });

  it('waits for the prompt’s own run', async () => {
    const page = new TestPage();
    await page.open([0, 1], { columns: [best] });
    page.prompt.running = true;
    const comparison = new Comparison(page);
    comparison.sync();
    expect(statuses(comparison)[0]).toBe('idle');
    page.prompt.running = false;
    comparison.sync();
    await vi.waitFor(() => expect(statuses(comparison)[0]).toBe('done'));
  });
});

describe('BeamSearch', () => {
  it('searches with the settings of the view, and again only when one has changed', async () => {
    const page = new TestPage();
    await page.open([0, 1], { num_beams: 3, early_stopping: 'never', length_penalty: 2, max_new_tokens: 50 });
    const generate = vi.spyOn(page.fake, 'generate');
    const beams = new BeamSearch(page);
    const stop = $effect.root(() => {
      $effect(() => beams.sync());
    });
    flushSync();
    await vi.waitFor(() => expect(beams.generation.status).toBe('done'));
    flushSync();
    expect(generate).toHaveBeenCalledOnce();
    expect(generate.mock.calls[0][1]).toMatchObject({
      num_beams: 3,
      num_return_sequences: 3,
      early_stopping: 'never',
      length_penalty: 2,
      max_new_tokens: 6 // all that the context has room for
    });
    page.selection.view.num_beams = 2;
    flushSync();
    await vi.waitFor(() => expect(generate).toHaveBeenCalledTimes(2));
    stop();
  });

  it('asks nothing of a prompt that fills the context', async () => {
    const page = new TestPage();
    await page.open(FULL);
    const generate = vi.spyOn(page.fake, 'generate');
    const beams = new BeamSearch(page);
    await beams.search();
    expect(beams.generation).toMatchObject({ status: 'idle', steps: [], problem: null });
    expect(generate).not.toHaveBeenCalled();
  });

  it('tells why it failed', async () => {
    const page = new TestPage();
    await page.open([0, 1]);
    page.fake.generate = () => Promise.reject(new Error('generate: no.'));
    const beams = new BeamSearch(page);
    await beams.search();
    expect(beams.generation).toMatchObject({ status: 'failed', problem: 'generate: no.' });
  });
});
