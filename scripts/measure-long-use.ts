/**
 * Measures what a tab holds before and after long use: `node scripts/run-ts.mjs scripts/measure-long-use.ts [prompts]`.
 * Opens GPT-2 small's shape (seeded float32 weights, made as the bench makes them) in the engine harness, in headless
 * Chromium on wasm; runs prompts of 1 to 64 tokens (300 unless told) and 50 edits, switches 21 times among three models
 * (gpt2-nano and a second copy are the others) and starts the engine again 10 times, and prints tensors and bytes before
 * and after each. Needs a harness that is built: run the browser tests once.
 */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type {} from '../tests/e2e/harness/main.ts';
import { CACHE, NANO, SMALL } from './bench/places.ts';
import { ensureSeededCheckpoint, GPT2_SMALL } from './bench/seeded-checkpoint.ts';
import { findChromium } from './chromium.mjs';
import { staticServer } from './static-server.mjs';

const HARNESS = 'node_modules/.cache/engine-harness';
const DEFAULT_PROMPTS = 300;
const USE = { tokens: 64, edits: 50, switches: 21, starts: 10 };
const MEGABYTE = 1e6;

const prompts = Number(process.argv[2] ?? DEFAULT_PROMPTS);
ensureSeededCheckpoint(join(CACHE, SMALL), GPT2_SMALL, NANO);
const server = staticServer([
  { prefix: `/${SMALL}/`, folder: join(CACHE, SMALL) },
  { prefix: '/', folder: HARNESS }
]);
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-quic', '--enable-blink-features=ForceEagerMeasureMemory']
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const report = await page.evaluate(
    ({ name, ...use }) => {
      const source = { name, url: new URL(`${name}/`, document.baseURI).href, files: [], keep: false };
      const sources = [source, window.harness.model.source, { ...source, name: `${name}-again` }];
      return window.harness.longUse({ ...use, sources });
    },
    { name: SMALL, prompts, ...USE }
  );
  for (const [stage, [before, after]] of Object.entries(report)) {
    const megabytes = (key: 'bytes' | 'heaps') =>
      `${(before[key] / MEGABYTE).toFixed(1)} to ${(after[key] / MEGABYTE).toFixed(1)} MB`;
    process.stdout.write(
      `${stage}: tensors ${before.tensors} to ${after.tensors} (${megabytes('bytes')}); heaps ${megabytes('heaps')}\n`
    );
  }
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}
