import type { Browser, Page, Worker } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { FOUR_CORES, threadScript, launch } from '../browser.ts';
import { linkIn } from '../page.ts';
import { eventually } from './models-page.ts';

const PROMPT = 'Once upon a time';
const LAYER = 3;
const HEAD = 7;
const LINK = `/?v=1&prompt=${encodeURIComponent(PROMPT)}&layer=${LAYER}&head=${HEAD}&position=1`;
/** Runs in the worker before the engine: keeps its graphics contexts within reach. */
const KEEP_CONTEXTS = `{
  const { getContext } = OffscreenCanvas.prototype;
  self.contexts = [];
  OffscreenCanvas.prototype.getContext = function (...options) {
    const context = getContext.apply(this, options);
    if (context) self.contexts.push(context);
    return context;
  };
}`;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launch(['--use-angle=swiftshader', '--enable-unsafe-swiftshader']);
});
afterAll(() => browser.close());
afterEach(() => page.context().close());

/** Opens the explorer on a backend, with its first run drawn. */
async function openOn(backend: string, prelude = KEEP_CONTEXTS): Promise<void> {
  const context = await browser.newContext();
  await context.route('**/engine.worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prelude + (await response.text()) });
  });
  page = await context.newPage();
  await page.goto(`${inject('origin')}${LINK}&backend=${backend}`);
  await settled();
}

const settled = async () => {
  const prediction = page.getByRole('region', { name: 'Next token', exact: true });
  await prediction.waitFor({ timeout: 120_000 });
  await eventually(() => prediction.getAttribute('aria-busy')).toBe('false');
};
const notices = () =>
  page
    .getByRole('status')
    .allInnerTexts()
    .then((texts) => texts.join('\n'));
/** Not one of the threads that the wasm backend starts beside it. */
const engineWorker = (): Worker => page.workers().find((worker) => worker.url().includes('engine.worker'))!;

/** What the reader had before is there again. */
async function expectSameView(): Promise<void> {
  await settled();
  expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe(PROMPT);
  const query = linkIn(page);
  expect(query.get('prompt')).toBe(PROMPT);
  expect([query.get('layer'), query.get('head'), query.get('position')]).toEqual(['3', '7', '1']);
  expect(await page.getByRole('alert').count()).toBe(0);
}

describe('a helping thread that cannot start', () => {
  it('is said where the backend is shown, with the threads that compute', async () => {
    await openOn('wasm', FOUR_CORES + threadScript('helper', `'/missing/helper.js'`));
    const pill = () => page.locator('header label[title]');
    expect(await pill().getAttribute('title')).toContain(
      '1 of 2 threads computes: a helper thread did not start (its script could not be loaded).'
    );
    expect(await pill().locator('option:checked').innerText()).toBe('wasm');
    await page.context().close();
    await openOn('wasm', FOUR_CORES);
    expect(await pill().getAttribute('title')).not.toContain('helping thread');
    expect(await pill().locator('option:checked').innerText()).toBe('wasm · 2 threads');
  });
});

describe('where the backend breaks down, the page goes on with the next one', () => {
  it('after a lost WebGL context', async () => {
    await openOn('webgl');
    await engineWorker().evaluate(() => {
      const { contexts } = self as unknown as { contexts: WebGL2RenderingContext[] };
      contexts.at(-1)!.getExtension('WEBGL_lose_context')!.loseContext();
    });
    await eventually(notices).toContain('continues with wasm. Prompt and selection are as they were.');
    expect(await notices()).toContain('the graphics driver took WebGL away');
    await expectSameView();
  });

  it('after a crash of the worker', async () => {
    await openOn('wasm');
    await engineWorker().evaluate(() => {
      setTimeout(() => {
        throw new Error('crash on purpose');
      });
    });
    await eventually(notices).toMatch(/crash on purpose\) and continues with (webgl|cpu)\./);
    await expectSameView();
  });

  it('after a failure in a thread of the worker, with what it said', async () => {
    await openOn('wasm');
    await engineWorker().evaluate(() => {
      setTimeout(() => {
        throw new ErrorEvent('error', { message: 'a thread broke on purpose' }); // as the backend passes it on
      });
    });
    await eventually(notices).toMatch(/a thread broke on purpose\) and continues with (webgl|cpu)\./);
    await expectSameView();
  });

  it('after an allocation that failed in a run', async () => {
    await openOn('wasm');
    await engineWorker().evaluate(() => {
      const { set } = Uint8Array.prototype;
      Uint8Array.prototype.set = function () {
        Uint8Array.prototype.set = set;
        throw new RangeError('Array buffer allocation failed');
      };
    });
    await page.getByRole('textbox', { name: 'Prompt' }).fill(`${PROMPT} there`);
    await eventually(notices).toContain('(Array buffer allocation failed) and continues with');
    await settled();
    expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe(`${PROMPT} there`);
  });
});
