/**
 * Measures the explorer with a prompt that fills the context: `node scripts/run-ts.mjs scripts/measure-long-text.ts`.
 * Opens GPT-2 small's shape (seeded float32 weights, made as the bench makes them) in headless Chromium on wasm, writes
 * a prompt of 1,024 tokens, opens every view, and prints the tab's peak memory after each, how long it took to be
 * complete, and how long the pointer's frames take on the large attention map. Needs Linux (/proc) and a build.
 */
import type { Page } from 'playwright-core';
import { launch } from './bench/browser.ts';
import { peakTabBytes } from './bench/memory.ts';
import { SMALL } from './bench/places.ts';
import { GPT2_SMALL } from './bench/seeded-checkpoint.ts';
import { serveWithSmall } from './bench/small-site.ts';
import { summarise } from './bench/statistics.ts';
import { WATCH_FRAMES } from './watch-frames.ts';

const MEGABYTE = 1e6;
const PATIENCE_MS = 600_000;
const SETTLE_MS = 500;
const POINTER_STEPS = 120;
const MS_PER_SECOND = 1000;
const WORDS = ' the cat sat on a mat and looked at the door as the rain fell over London'.split(/(?= )/);

/** Everything that is opened, in order: a link's query each, with what the view shows when it is complete. */
const VIEWS: readonly (readonly [name: string, query: string])[] = [
  ['attention, matrix', 'view=attention'],
  ['attention, other block', 'view=attention&layer=2&head=7'],
  ['attention, masked scores', 'view=attention&stage=masked'],
  ['attention, q·k', 'view=attention&stage=qk'],
  ['attention, arcs', 'view=attention&form=arcs'],
  ['attention, all 144 heads', 'view=attention&heads=all'],
  ['Q · K · V', 'view=qkv'],
  ['embeddings', 'view=embeddings'],
  ['MLP', 'view=mlp'],
  ['LayerNorm', 'view=layernorm'],
  ['residual stream', 'view=residual'],
  ['logit lens', 'view=lens'],
  ['loss', 'view=decode&decode=loss'],
  ['attention of the other blocks', 'view=attention&layer=11']
];

/** Everything that the chosen part says, aloud or not. */
const PANEL_TEXT = `(() => {
  const panel = document.querySelector('[role=tabpanel]');
  const labels = [...panel.querySelectorAll('[aria-label]')].map((part) => part.getAttribute('aria-label'));
  return panel.textContent + labels.join(' ');
})()`;

/** Waits until nothing is under way and no part says that it is being read or computed. */
async function complete(page: Page): Promise<void> {
  await page.waitForSelector('main[aria-busy=false] .stage [role=tabpanel] h2', { timeout: PATIENCE_MS });
  const waiting = /Reading|Being computed|being computed|being read|not read yet/;
  for (let quiet = 0; quiet < 2;) {
    await page.waitForTimeout(SETTLE_MS);
    const text = await page.evaluate<string>(PANEL_TEXT);
    quiet = waiting.test(text) ? 0 : quiet + 1;
  }
}

/** Frame times while the pointer crosses the large map, and the page's own processor time for a step, ms. */
async function hoverFrames(page: Page): Promise<{ frames: number[]; processor: number }> {
  const pad = page.getByRole('button', { name: /^Cells of the map/ });
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.locator('xpath=ancestor::*[contains(@class,"scroll")]').boundingBox())!;
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskSeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const before = await taskSeconds();
  await page.evaluate(WATCH_FRAMES);
  for (let step = 0; step < POINTER_STEPS; step++) {
    const share = 0.3 + (0.6 * step) / POINTER_STEPS;
    await page.mouse.move(box.x + box.width * share * 0.9, box.y + box.height * share);
  }
  const frames = await page.evaluate<number[]>('stopFrames()');
  return { frames, processor: ((await taskSeconds()) - before) * (MS_PER_SECOND / POINTER_STEPS) };
}

async function main(): Promise<void> {
  const T = Number(process.argv[2] ?? GPT2_SMALL.n_ctx);
  const views = VIEWS.filter(([name]) => name.includes(process.argv[3] ?? ''));
  const { origin, close } = await serveWithSmall();
  const browser = await launch();
  const page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  page.on('pageerror', (error) => console.error(error.message));
  const prompt = Array.from({ length: T }, (_, i) => WORDS[i % WORDS.length]).join('');
  const query = (rest: string) => `v=2&model=${SMALL}&prompt=${encodeURIComponent(prompt)}&${rest}`;
  const report = async (what: string, started: number) => {
    const peak = ((await peakTabBytes(browser)) ?? NaN) / MEGABYTE;
    console.log(
      `${what}: peak ${peak.toFixed(0)} MB, ${((performance.now() - started) / MS_PER_SECOND).toFixed(1)} s`
    );
  };
  const started = performance.now();
  await page.goto(`${origin}/#${query('backend=wasm&view=embeddings')}`);
  await complete(page);
  await report('loaded, first picture', started);
  for (const [name, rest] of views) {
    const at = performance.now();
    await openView(page, rest);
    await complete(page);
    await report(name, at);
  }
  if (views.some(([, rest]) => rest.includes('view=attention'))) {
    const { frames, processor } = await hoverFrames(page);
    const { median, highest } = summarise(frames);
    const times = `frames of ${median.toFixed(0)} ms, at most ${highest.toFixed(0)} ms`;
    console.log(`pointer on the map: ${times}; processor time of a step ${processor.toFixed(1)} ms`);
  }
  await browser.close();
  close();
}

const TAB_OF: Record<string, string> = {
  attention: 'Attention',
  qkv: 'Q · K · V',
  embeddings: 'Embeddings',
  mlp: 'MLP',
  layernorm: 'LayerNorm',
  residual: 'Residual stream',
  lens: 'Logit lens',
  decode: 'Decode'
};

/** Brings the page to a view by the controls that its reader has. */
async function openView(page: Page, rest: string): Promise<void> {
  const wanted = new URLSearchParams(rest);
  await page.getByRole('tab', { name: TAB_OF[wanted.get('view')!], exact: true }).click();
  const choose = (group: string, name: string) =>
    page
      .getByRole('radiogroup', { name: group, exact: true })
      .getByRole('radio', { name, exact: true })
      .click();
  if (wanted.get('view') === 'attention') {
    await choose('Form', wanted.get('form') ?? 'matrix');
    if (wanted.get('form') !== 'arcs')
      await choose('Stage shown', { masked: 'masked', qk: 'q·k' }[wanted.get('stage') ?? ''] ?? 'softmax');
    await choose('Heads shown', wanted.get('heads') === 'all' ? '144' : '12');
    if (wanted.has('layer'))
      await page
        .getByRole('toolbar', { name: /^Model map/ })
        .getByRole('button', { name: new RegExp(`^Block ${wanted.get('layer')} attention:`) })
        .click();
  }
  if (wanted.get('view') === 'decode') await choose('Part of decoding', 'Loss');
}

await main();
