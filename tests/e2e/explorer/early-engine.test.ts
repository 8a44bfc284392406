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
  await live().waitFor({ timeout: LOAD_MS });
}

/** A bar of the prediction, once the engine's own run is there. */
const live = () => page.locator('#prediction [aria-busy=false] li').first();

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
    await live().or(failed.getByRole('button')).first().waitFor({ timeout: LOAD_MS });
    expect(asked).toBeGreaterThan(1);
    expect(await failed.count()).toBe(0);
  });
});

describe('the first picture', () => {
  const link = () => page.locator('.stage path.link').first();
  /** What the picture and the prediction say, and where they are. */
  const shown = async () => {
    const parts = [page.getByRole('tabpanel'), page.getByRole('region', { name: 'Next token', exact: true })];
    return Promise.all(
      parts.map(async (part) => ({
        says: (await part.evaluate((element) => element.textContent)).replaceAll(/\s+/g, ' '),
        boxes: await part.locator('svg, li, button, h2').evaluateAll((all) =>
          all.map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return [x, y, width, height].map(Math.round).join(' ');
          })
        )
      }))
    );
  };
  const mark = () => page.locator('#stage').getByText('recorded', { exact: true });

  /** Opens the default link, held up where a path is asked for. @returns what lets it pass */
  async function openHeld(path: string): Promise<() => void> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    let pass = () => {};
    const passed = new Promise<void>((resolve) => (pass = resolve));
    await context.route(path, (route) => passed.then(() => route.continue()));
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) =>
        shifts.push(
          ...list.getEntries().map((entry) => (entry as PerformanceEntry & { value: number }).value)
        )
      ).observe({ type: 'layout-shift' });
    });
    await page.goto(inject('origin'));
    await link().waitFor({ timeout: LOAD_MS });
    return pass;
  }

  it('is of a recorded run, marked as such; the live one takes its place number by number, and nothing moves', async () => {
    const pass = await openHeld(`**/${WEIGHTS}`);
    await page.evaluate(() => document.fonts.ready);
    expect(await mark().count()).toBe(1);
    const main = page.getByRole('main');
    expect(await main.getAttribute('aria-busy')).toBe('true');
    const recorded = await shown();
    expect(recorded[0].boxes.length).toBeGreaterThan(10);
    expect(recorded[1].says).toContain('50,257');
    await page.evaluate(() => Object.assign(window, { before: Reflect.get(window, 'shifts').length }));
    pass();
    await live().waitFor({ timeout: LOAD_MS });
    expect(await mark().count()).toBe(0);
    expect(await shown()).toEqual(recorded);
    const moved = await page.evaluate(() => {
      const { shifts, before } = window as unknown as { shifts: number[]; before: number };
      return shifts.slice(before).reduce((sum, value) => sum + value, 0);
    });
    expect(moved).toBeLessThan(0.001); // of 0.1, which counts as none: the header's pill of the backend is as wide as its name
  });

  it('stays marked as recorded where no engine comes', async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    await context.route('**/engine.worker*.js', (route) => route.abort());
    await page.goto(inject('origin'));
    await page.getByRole('alert').getByRole('button').first().waitFor({ timeout: LOAD_MS });
    await link().waitFor({ timeout: LOAD_MS });
    expect(await mark().count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Take the best' }).isDisabled()).toBe(true);
  });
});
