/**
 * Measures counting heads and neurons over 64 x 128 tokens in the page:
 * `node scripts/run-ts.mjs scripts/measure-heads.ts [gpt2-nano | gpt2-small-seeded] [heads | mlp]`, both of each unless given.
 * Opens gpt2-nano and GPT-2 small's shape (seeded float32 weights, made as the bench makes them) in headless Chromium on
 * wasm, counts the built-in stories, and prints when the first numbers are on the page and when all are. Needs a build.
 */
import type { Page } from 'playwright-core';
import { launch } from './bench/browser.ts';
import { SMALL } from './bench/places.ts';
import { serveWithSmall } from './bench/small-site.ts';

const PATIENCE_MS = 900_000;
const MS_PER_SECOND = 1000;
const ONLY = process.argv.slice(2);
const MODELS = wanted(['gpt2-nano', SMALL]);
const VIEWS = wanted(['heads', 'mlp']);
const LINK = new Map([
  ['heads', 'heads&heads_on=text'],
  ['mlp', 'mlp&layer=6']
]);

interface Times {
  /** From the click to the first numbers of some rows, and to those of all. Seconds */
  readonly first: number;
  readonly whole: number;
}

/** Those named on the command line, or all where none of them is. */
function wanted(all: readonly string[]): readonly string[] {
  const named = all.filter((one) => ONLY.includes(one));
  return named.length > 0 ? named : all;
}

async function count(page: Page): Promise<Times> {
  const seconds = (since: number) => (performance.now() - since) / MS_PER_SECOND;
  const panel = page.getByRole('tabpanel');
  const button = panel.getByRole('button', { name: /^Count over/ });
  await button.waitFor({ timeout: PATIENCE_MS });
  const started = performance.now();
  await button.click();
  await panel
    .getByText(/tokens in \d+ rows|Largest in the text/)
    .first()
    .waitFor({ timeout: PATIENCE_MS });
  const first = seconds(started);
  await button.waitFor({ timeout: PATIENCE_MS });
  return { first, whole: seconds(started) };
}

async function main(): Promise<void> {
  const { origin, close } = await serveWithSmall();
  for (const model of MODELS) {
    const browser = await launch();
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error.message));
    for (const view of VIEWS) {
      await page.goto(`${origin}/#v=2&model=${model}&backend=wasm&prompt=Once&view=${LINK.get(view)}`);
      await page.reload();
      const { first, whole } = await count(page);
      console.log(`${model}, ${view}: first numbers ${first.toFixed(1)} s, all ${whole.toFixed(1)} s`);
    }
    await browser.close();
  }
  close();
}

await main();
