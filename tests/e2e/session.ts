/** The browser of a test file, with the explorer open in it. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launch, openIn, type WatchedPage } from './browser.ts';
import { KeptSite } from './kept-site.ts';
import { serveModels, type ServedModel } from './models/serve-models.ts';
import { ExplorerPage } from './page.ts';

const SCREENSHOTS = 'test-results';

export interface Start extends BrowserContextOptions {
  /** The link as it stands in the address: `#layer=3`, or `?layer=3` as it was in version 1. */
  readonly query?: string;
  /** The shared page is opened without its server, after a visit that kept everything. */
  readonly offline?: boolean;
  /** Models that the page's host has beside its own. */
  readonly models?: readonly ServedModel[];
}

export interface Session {
  /** One page for all tests of the file or describe. */
  readonly explorer: ExplorerPage;
  /** A fresh page in a context of its own, closed after the test. */
  open(start?: Start): Promise<ExplorerPage>;
  /** A fresh page in the context of the shared one, closed after the test. */
  openBeside(query: string): Promise<ExplorerPage>;
}

/** Most tests are of one head's attention; the page itself begins with Flow, which tests ask for by name. */
const withView = (query: string): string =>
  /\bview=/.test(query) ? query : `${query === '' ? '?v=1' : query}&view=attention`;

async function openExplorer(
  browser: Browser,
  { query = '', models = [], ...options }: Start
): Promise<ExplorerPage> {
  const context = await browser.newContext(
    models.length > 0 ? { ...options, serviceWorkers: 'block' } : options
  );
  if (models.length > 0) await serveModels(context, models);
  return readyExplorer(await openIn(context, `/${withView(query)}`));
}

async function readyExplorer({ page, complaints }: WatchedPage): Promise<ExplorerPage> {
  const explorer = new ExplorerPage(page, complaints);
  await explorer.ready();
  return explorer;
}

/**
 * A browser with the explorer open, for the tests of one file or describe. After each test no page may have anything
 * to complain of: a console error or warning, an uncaught error, a request that left the origin.
 */
export function useExplorer({ offline = false, ...start }: Start = {}): Session {
  const site = offline ? new KeptSite() : null;
  let browser: Browser;
  let shared: ExplorerPage;
  const extra: ExplorerPage[] = [];
  const beside: ExplorerPage[] = [];

  beforeAll(async () => {
    browser = await launch();
    const { query = '', models: _, ...options } = start;
    await site?.keep(browser, options);
    shared = site
      ? await readyExplorer(await site.open(`/${withView(query)}`))
      : await openExplorer(browser, start);
  });

  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(async () => {
      const name = task.name.replaceAll(/[^a-z0-9]+/gi, '-');
      await shared.page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
    });
  });

  afterEach(async () => {
    const complaints = [shared, ...extra, ...beside].flatMap((page) => page.complaints.splice(0));
    await Promise.all(extra.splice(0).map((page) => page.close()));
    await Promise.all(beside.splice(0).map(({ page }) => page.close()));
    expect(complaints, 'the console and the requests').toEqual([]);
    expect((await site?.reports()) ?? [], 'reports against the Content-Security-Policy').toEqual([]);
  });

  afterAll(async () => {
    await site?.close();
    await browser.close();
    expect(shared?.complaints ?? [], 'the console and the requests').toEqual([]);
  });

  return {
    get explorer() {
      return shared;
    },
    async open(options = {}) {
      const explorer = await openExplorer(browser, options);
      extra.push(explorer);
      return explorer;
    },
    async openBeside(query) {
      const explorer = await readyExplorer(await openIn(shared.page.context(), `/${withView(query)}`));
      beside.push(explorer);
      return explorer;
    }
  };
}
