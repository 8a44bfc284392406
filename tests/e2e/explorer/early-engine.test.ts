import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch } from '../browser.ts';

const WEIGHTS = 'model.safetensors';
const LOAD_MS = 120_000;

let browser: Browser;
let page: Page;
let requests: Request[];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(() => page.context().close());

/** Opens a path, and waits for the first picture. */
async function openPath(path: string): Promise<void> {
  page = await (await browser.newContext()).newPage();
  requests = [];
  page.on('request', (request) => requests.push(request));
  await page.goto(inject('origin') + path);
  const bars = page.getByRole('region', { name: 'Next token', exact: true });
  await bars.locator('li').first().waitFor({ timeout: LOAD_MS });
}

const engines = () => page.workers().filter((worker) => worker.url().includes('engine.worker'));
const requestsOf = (file: string) => requests.filter((request) => request.url().endsWith(file)).length;

describe("the engine that the page's head starts", () => {
  it('is the one that the page uses, and reads the model once', async () => {
    await openPath('/');
    expect(engines().length).toBe(1);
    expect(requestsOf(WEIGHTS)).toBe(1);
    expect(
      await page.evaluate(() => 'gpt2LensEngine' in globalThis && globalThis.gpt2LensEngine)
    ).toBeFalsy();
  });

  it('starts on the backend that the link names', async () => {
    await openPath('/?v=1&backend=cpu');
    expect(engines().length).toBe(1);
    expect(requests.some((request) => request.url().endsWith('.wasm'))).toBe(false);
  });

  it('reads no model where the link names another one, until the page has looked for it', async () => {
    await openPath('/?v=1&model=not-here');
    await page.getByText('not-here is not here').waitFor();
    expect(requestsOf(WEIGHTS)).toBe(1);
  });

  it('is left alone where it could not run: the page starts another', async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    let asked = 0;
    await context.route('**/engine.worker*.js', (route) =>
      asked++ === 0 ? route.abort() : route.continue()
    );
    await page.goto(inject('origin'));
    const failed = page.getByRole('alert');
    const bars = page.getByRole('region', { name: 'Next token', exact: true });
    await bars.locator('li').or(failed.getByRole('button')).first().waitFor({ timeout: LOAD_MS });
    expect(asked).toBeGreaterThan(1);
    expect(await failed.count()).toBe(0);
  });
});
