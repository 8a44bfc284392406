import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from './harness/main.ts';
import { passes } from '../reference/compare.ts';
import { manifest } from '../reference/fixture.ts';
import { CHECK_TOLERANCE } from '../../src/lib/engine/self-check.ts';
import { FOUR_CORES, helperScript, openHarness, type WatchedPage } from './browser.ts';
import { useHarness } from './harness-session.ts';

const session = useHarness();

describe('Engine.start(wanted)', () => {
  describe('on a device that draws in software', () => {
    const page = session.page();

    it('passes over webgl with the reason and takes wasm', async () => {
      const { report } = await page().evaluate(async () => {
        const { report } = await window.harness.open(null);
        return { report };
      });
      expect(report).toMatchObject({
        name: 'wasm',
        passedOver: [{ name: 'webgl', reason: 'WebGL runs in software here; wasm is faster' }]
      });
      expect(report.threads).toBeGreaterThanOrEqual(1);
    });

    it('finds the page cross-origin isolated, so threads are allowed', async () => {
      expect(await page().evaluate(() => crossOriginIsolated)).toBe(true);
    });

    it.each(['webgl', 'wasm', 'cpu'] as const)(
      'takes %s when asked to, and it computes rightly',
      async (name) => {
        const report = await page().evaluate(async (name) => (await window.harness.open(name)).report, name);
        expect(report).toMatchObject({ name, passedOver: [] });
        expect(report.checkError).toBeLessThanOrEqual(CHECK_TOLERANCE);
      }
    );

    it.each(['webgl', 'wasm', 'cpu'] as const)(
      'reads every activation of %s twice with the same values: what is transferred is a copy',
      async (name) => {
        const changed = await page().evaluate(async (name) => {
          const { engine, everyActivation } = await window.harness.open(name);
          const { trace } = await engine.run([7454, 2402, 257]);
          const changed: string[] = [];
          for (const request of everyActivation) {
            const first = await engine.read({ trace, ...request });
            const second = await engine.read({ trace, ...request });
            const same =
              first.data.length > 0 && first.data.every((value, i) => Object.is(value, second.data[i]));
            if (!same) changed.push(first.fullName);
          }
          engine.release(trace);
          return changed;
        }, name);
        expect(changed).toEqual([]);
      }
    );
  });

  describe('on a device with four cores', () => {
    const page = session.page(FOUR_CORES);

    it('runs wasm on half of them and still agrees with the references', async () => {
      const { slug, text } = manifest.prompts.find((prompt) => prompt.slug === 'names')!;
      const { threads, comparisons } = await page().evaluate(
        async ([slug, text]) => {
          const { report } = await window.harness.open('wasm');
          const { comparisons } = await window.harness.comparePrompt('wasm', slug, text);
          return { threads: report.threads, comparisons };
        },
        [slug, text] as const
      );
      expect(threads).toBe(2); // the helper has answered
      const helper = page()
        .workers()
        .find((worker) => worker.url().includes('helper'));
      expect(helper?.url()).toMatch(/helper\.worker-[\w-]+\.js$/); // compiled, not copied as it is
      expect(comparisons.length).toBeGreaterThan(0);
      expect(comparisons.filter((comparison) => !passes(comparison))).toEqual([]);
    });
  });

  describe.each([
    ['cannot be loaded', `'/missing/helper.js'`, 'its script could not be loaded'],
    [
      'throws as it starts',
      `URL.createObjectURL(new Blob(['throw new Error("no helper")'], { type: 'text/javascript' }))`,
      'Uncaught Error: no helper'
    ]
  ])('where the script of a helping thread %s', (_, url, reason) => {
    let watched: WatchedPage;
    beforeAll(async () => {
      watched = await openHarness(session.browser, FOUR_CORES + helperScript(url));
    });
    afterAll(() => watched.page.context().close()); // the browser itself complains of the missing script

    it('goes on with the others, and says how many compute', async () => {
      const { slug, text } = manifest.prompts.find((prompt) => prompt.slug === 'names')!;
      const { report, comparisons } = await watched.page.evaluate(
        async ([slug, text]) => {
          const { report } = await window.harness.open('wasm');
          const { comparisons } = await window.harness.comparePrompt('wasm', slug, text);
          return { report, comparisons };
        },
        [slug, text] as const
      );
      expect(report).toMatchObject({ name: 'wasm', threads: 1, missingThreads: { threads: 1, reason } });
      expect(comparisons.filter((comparison) => !passes(comparison))).toEqual([]);
    });
  });

  describe('on a device whose WebGL breaks when it is used', () => {
    // the GPU is asked for its name in another thread, where all is well
    const page = session.page('OffscreenCanvas.prototype.getContext = () => null;');

    it('says so and takes wasm, without a word on the console', async () => {
      const report = await page().evaluate(async () => (await window.harness.open('webgl')).report);
      expect(report).toMatchObject({
        name: 'wasm',
        passedOver: [{ name: 'webgl', reason: 'WebGL did not start' }]
      });
    });
  });
});
