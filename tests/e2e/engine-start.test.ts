import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from './harness/main.ts';
import { passes } from '../reference/compare.ts';
import { manifest } from '../reference/fixture.ts';
import { CHECK_TOLERANCE } from '../../src/lib/engine/self-check.ts';
import { FOUR_CORES, threadScript, openHarness, type WatchedPage } from './browser.ts';
import { useHarness } from './harness-session.ts';
import { eventually } from './page.ts';

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
        passedOver: [{ name: 'webgl', reason: { code: 'softwareWebgl' } }]
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
    ['cannot be loaded', `'/missing/helper.js'`, { code: 'scriptMissing' }],
    [
      'throws as it starts',
      `URL.createObjectURL(new Blob(['throw new Error("no helper")'], { type: 'text/javascript' }))`,
      { code: 'said', detail: 'Uncaught Error: no helper' }
    ]
  ])('where the script of a helping thread %s', (_, url, reason) => {
    let watched: WatchedPage;
    beforeAll(async () => {
      watched = await openHarness(session.browser, FOUR_CORES + threadScript('helper', url));
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
        passedOver: [{ name: 'webgl', reason: { code: 'webglNotStarted' } }]
      });
    });
  });
});

describe('Engine.start(null, broken)', () => {
  it('leaves alone what broke down before, also where its turn would be next', async () => {
    const { page } = await openHarness(session.browser);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const report = await page.evaluate(() => new window.harness.Engine().start(null, ['wasm']));
    expect(report).toMatchObject({ name: 'cpu', passedOver: [{ name: 'webgl' }, { name: 'wasm' }] });
    expect(asked.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    expect(asked.length).toBeGreaterThan(0);
    await page.context().close();
  });
});

describe('Engine.load(source) with a tokenizer in a thread of its own', () => {
  it('names the file that is broken, and tells the error from others', async () => {
    const { page } = await openHarness(session.browser);
    await page.context().route('**/vocab.json', (route) => route.fulfill({ body: '{"a": 0}' }));
    const error = await page.evaluate(async () => {
      const { Engine, model } = window.harness;
      const engine = new Engine();
      await engine.start('cpu');
      const files = model.source.files.map(({ name, bytes }) =>
        name === 'vocab.json' ? { name } : { name, bytes }
      );
      const { name, message } = await engine
        .load({ ...model.source, files }, () => {})
        .then(
          () => ({ name: '', message: 'it was taken' }),
          (error: Error) => error
        );
      return { name, message };
    });
    expect(error.name).toBe('TokenizerError');
    expect(error.message).toContain('createTokenizer: merge 0 must be made of pieces of vocab, got');
    await page.context().close();
  });
});

describe('Engine.tokenize(text)', () => {
  /** The tokenizer's own script, but it breaks down on a call. */
  const breaksOn = (call: string) => `URL.createObjectURL(new Blob([\`
    import '\${script}';
    addEventListener('message', (event) => {
      if (event.data.path?.[0] !== '${call}') return;
      event.stopImmediatePropagation();
      console.debug('it breaks');
      throw new Error('no memory');
    }, { capture: true });
  \`], { type: 'text/javascript' }))`;

  it.each([
    ['cannot be loaded', `'/missing/tokenizer.js'`, '/missing/tokenizer.js'],
    ['breaks down over the files', breaksOn('make'), 'it breaks'],
    ['breaks down over a text', breaksOn('encode'), 'it breaks']
  ])('works in the engine where the thread of the tokenizer %s', async (_, url, sign) => {
    const { text, ids } = manifest.prompts.find((prompt) => prompt.slug === 'names')!;
    const { page } = await openHarness(session.browser, threadScript('tokenizer', url));
    const seen: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    page.on('request', (request) => seen.push(request.url()));
    const found = await page.evaluate(async (text) => {
      const { engine } = await window.harness.open('cpu');
      const tokens = await engine.tokenize(text);
      return tokens.map(({ id }) => id);
    }, text);
    expect(found).toEqual(ids);
    await eventually(() => seen.join('\n')).toContain(sign); // a console's words come a moment later
    await page.context().close();
  });
});
