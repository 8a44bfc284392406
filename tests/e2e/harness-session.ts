/** One browser for all tests of a file, and harness pages in it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launch, openHarness, type WatchedPage } from './browser.ts';

/** Draws on the CPU wherever the test runs, so that the automatic choice is the same everywhere. */
const SOFTWARE_WEBGL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

export interface HarnessSession {
  readonly browser: Browser;
  /** A harness page for the tests of one describe, closed after them; it must have nothing to complain of. */
  page(prelude?: string): () => WatchedPage['page'];
}

export function useHarness(): HarnessSession {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(SOFTWARE_WEBGL);
  });
  afterAll(() => browser.close());

  function page(prelude?: string): () => WatchedPage['page'] {
    let watched: WatchedPage;
    beforeAll(async () => {
      watched = await openHarness(browser, prelude);
    });
    afterAll(async () => {
      await watched.page.context().close();
      expect(watched.complaints).toEqual([]);
    });
    return () => watched.page;
  }
  return {
    get browser() {
      return browser;
    },
    page
  };
}
