import * as playwright from 'playwright-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { findChromium } from '../../scripts/chromium.mjs';

/** Which browser the tests drive, and its program: `npm run test:browsers` names another than Chromium. */
const kind = (process.env.TEST_BROWSER ?? 'chromium') as 'chromium' | 'firefox' | 'webkit';
export const browserType = playwright[kind];
export const executablePath = process.env.TEST_BROWSER_PATH ?? findChromium();
/** False where only a part of a test can be done: nothing but Chromium has its developer tools' protocol. */
export const isChromium = kind === 'chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

/** Chromium's flags, those of one test beside the usual ones; other browsers know none of them. */
export const flagsWith = (more: readonly string[] = []): string[] => (isChromium ? [...FLAGS, ...more] : []);

/** @param flags beside the usual ones */
export function launch(flags: readonly string[] = []): Promise<Browser> {
  return browserType.launch({ executablePath, args: flagsWith(flags) });
}

/** What Playwright itself writes where a test blocks service workers and the page has come to register its own. */
const WITHOUT_SERVICE_WORKER = 'Service Worker registration blocked by Playwright';

/** A page, and everything it must not do: console errors and warnings, uncaught errors, requests to other origins. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: string[];
}

/**
 * Opens a path of the served build in a fresh context.
 *
 * The caller closes the page's context.
 */
export async function open(
  browser: Browser,
  path = '/',
  options: BrowserContextOptions = {}
): Promise<WatchedPage> {
  return openIn(await browser.newContext(options), path);
}

/** Opens a path of the served build in a new page of a context: another tab of the same browser. */
export function openIn(context: BrowserContext, path: string): Promise<WatchedPage> {
  const origin = inject('origin');
  if (!origin) throw new Error('browser tests: build/ must be there. Run npm run build first.');
  return watch(context, origin, path);
}

/** For the engine's worker: a device that reports four cores, where two threads compute. */
export const FOUR_CORES = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });`;

/** For the engine's worker: gives one kind of its threads another script. `url` is an expression. */
export const threadScript = (kind: 'helper' | 'tokenizer', url: string): string => `{
  const Worker = self.Worker;
  self.Worker = class extends Worker {
    constructor(script, options) {
      super(String(script).includes('${kind}.worker') ? ${url} : script, options);
    }
  };
}`;

/**
 * Opens the engine harness, a page without the explorer, in a fresh context. The caller closes it.
 *
 * @param prelude runs in the engine's worker before anything else: what makes this device look like another
 */
export async function openHarness(browser: Browser, prelude = ''): Promise<WatchedPage> {
  const context = await browser.newContext();
  await context.route('**/engine.worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prelude + (await response.text()) });
  });
  return watch(context, inject('harnessOrigin'), '/');
}

/** Opens a path of a site in a new page of a context. */
export async function watch(context: BrowserContext, origin: string, path: string): Promise<WatchedPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && message.text() !== WITHOUT_SERVICE_WORKER)
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    const blob = url.startsWith(`blob:${origin}`) || url.startsWith('blob:null/'); // the cells' sandbox has no origin
    const local = url.startsWith(origin) || url.startsWith('data:') || blob;
    if (!local) complaints.push(`request left the origin: ${url}`);
  });
  await page.goto(origin + path);
  return { page, complaints };
}
