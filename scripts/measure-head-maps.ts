/**
 * Measures the small maps of all heads at 1,024 tokens: `node scripts/run-ts.mjs scripts/measure-head-maps.ts [loads]`.
 * Opens GPT-2 small's shape (seeded float32 weights, made as the bench makes them) in headless Chromium on wasm, waits for
 * one head's map, asks for all 144, and prints the seconds until those on screen are drawn and until all are, and the tab's
 * peak memory. Needs Linux (/proc) and a build.
 */
import type { Page } from 'playwright-core';
import { launch } from './bench/browser.ts';
import { peakTabBytes } from './bench/memory.ts';
import { SMALL } from './bench/places.ts';
import { GPT2_SMALL } from './bench/seeded-checkpoint.ts';
import { serveWithSmall } from './bench/small-site.ts';
import { summarise } from './bench/statistics.ts';

const PATIENCE_MS = 300_000;
const MEGABYTE = 1e6;
const HEADS = GPT2_SMALL.n_layer * GPT2_SMALL.n_head;

/** Seconds from the click on all heads until the maps on screen are drawn, and until all are; runs in the page. */
const TIMES = `new Promise((resolve) => {
  const started = performance.now();
  const isDrawn = (head) => head.querySelector('canvas') !== null;
  const isInSight = (head) => {
    const { top, bottom } = head.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  let visible = null;
  [...document.querySelectorAll('[role=radio]')].find((radio) => radio.textContent.trim() === '${HEADS}').click();
  const look = () => {
    const heads = [...document.querySelectorAll('[data-head]')];
    const seconds = (performance.now() - started) / 1000;
    const isWhole = heads.length === ${HEADS};
    if (isWhole && visible === null && heads.filter(isInSight).every(isDrawn)) visible = seconds;
    if (isWhole && heads.every(isDrawn)) resolve({ visible, all: seconds });
    else requestAnimationFrame(look);
  };
  look();
})`;

async function openOneHead(page: Page, origin: string): Promise<void> {
  const prompt = Array.from({ length: GPT2_SMALL.n_ctx }, (_, i) => [' the', ' cat', ' sat'][i % 3]).join('');
  const query = `v=2&model=${SMALL}&backend=wasm&view=attention&prompt=${encodeURIComponent(prompt)}`;
  await page.goto(`${origin}/#${query}`);
  const radio = page.getByRole('radio', { name: String(HEADS), exact: true });
  await radio.waitFor({ timeout: PATIENCE_MS });
  await page.locator('[data-head] canvas').first().waitFor({ timeout: PATIENCE_MS });
  await radio.scrollIntoViewIfNeeded();
}

async function main(): Promise<void> {
  const loads = Number(process.argv[2] ?? 3);
  const { origin, close } = await serveWithSmall();
  const times: { visible: number; all: number }[] = [];
  for (let load = 0; load < loads; load++) {
    const browser = await launch();
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error.message));
    await openOneHead(page, origin);
    times.push(await page.evaluate<{ visible: number; all: number }>(TIMES));
    const peak = ((await peakTabBytes(browser)) ?? NaN) / MEGABYTE;
    console.log(`load ${load + 1}: ${JSON.stringify(times.at(-1))}, peak ${peak.toFixed(0)} MB`);
    await browser.close();
  }
  for (const what of ['visible', 'all'] as const) {
    const { median, lowest, highest } = summarise(times.map((each) => each[what]));
    console.log(`${what}: ${median.toFixed(2)} s (${lowest.toFixed(2)} - ${highest.toFixed(2)})`);
  }
  close();
}

await main();
