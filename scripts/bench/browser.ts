import { chromium, type Browser, type Page } from 'playwright-core';
import type {} from '../../tests/bench/page/main.ts';
import { findChromium } from '../chromium.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];
/** The same everywhere: drawn by the processor. */
export const inSoftware: readonly string[] = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** Drawn by the processor without a graphics library in between, as Chromium does where there is no GPU; no webgl. */
export const withoutGpu: readonly string[] = ['--disable-gpu'];
/** Drawn and computed by this machine's GPU, also one that Chromium would rather not use. */
export const onGpu: readonly string[] = [
  '--enable-gpu',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan'
];
/** The wasm backend takes half of the cores that the browser reports. */
const REPORTED_CORES_PER_THREAD = 2;

export function launch(drawing: readonly string[] = inSoftware): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...FLAGS, ...drawing] });
}

/**
 * A fresh page whose workers find as many cores as give this many threads. The caller closes its context.
 *
 * @param before a script that the engine's worker runs before its own
 */
export async function openPage(
  browser: Browser,
  origin: string,
  threads: number,
  before = ''
): Promise<Page> {
  const context = await browser.newContext();
  const cores = threads * REPORTED_CORES_PER_THREAD;
  const prelude = `${before}Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} });\n`;
  await context.route('**/engine.worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prelude + (await response.text()) });
  });
  const page = await context.newPage();
  await page.goto(`${origin}/index.html`);
  await page.waitForFunction(() => 'bench' in window);
  return page;
}
