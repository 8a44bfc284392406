import { chromium, type Browser, type Page } from 'playwright-core';
import type {} from '../../tests/bench/page/main.ts';
import { findChromium } from '../chromium.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader'
];
/** The wasm backend takes half of the cores that the browser reports. */
const REPORTED_CORES_PER_THREAD = 2;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: FLAGS });
}

/** A fresh page whose workers find as many cores as give this many threads. The caller closes its context. */
export async function openPage(browser: Browser, origin: string, threads: number): Promise<Page> {
  const context = await browser.newContext();
  const cores = threads * REPORTED_CORES_PER_THREAD;
  const prelude = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} });\n`;
  await context.route('**/engine.worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prelude + (await response.text()) });
  });
  const page = await context.newPage();
  await page.goto(`${origin}/index.html`);
  await page.waitForFunction(() => 'bench' in window);
  return page;
}
