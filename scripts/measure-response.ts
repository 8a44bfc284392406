/**
 * Measures how the built explorer answers with gpt2-nano: `node scripts/run-ts.mjs scripts/measure-response.ts`.
 * From a typed word to new pictures at 65 tokens, in the view of one head and in that of the residual stream; and frames
 * while the pointer crosses Flow and while its threshold is moved, at 60 tokens. Needs a build (npm run build).
 */
import type { Page } from 'playwright-core';
import { launch, withoutGpu } from './bench/browser.ts';
import { BUILT_EXPLORER } from './bench/places.ts';
import { serveFolder } from './bench/server.ts';
import { summarise } from './bench/statistics.ts';
import { WATCH_FRAMES } from './watch-frames.ts';

const WORDS = [' dog', ' ran', ' to', ' the', ' big', ' tree', ' and'];
const TYPED = { tokens: 65, words: 7 };
const MOVED = { tokens: 60, steps: 120 };
const MS_PER_SECOND = 1000;
const FRAME_MS = MS_PER_SECOND / 60;
const STEP_MS = 4 * FRAME_MS; // between two steps, so that each has its own frame
const LATE = 1.5; // frames: a longer way to the next is a dropped frame

const promptOf = (tokens: number) =>
  Array.from({ length: tokens }, (_, i) => WORDS[i % WORDS.length]).join('');
const linkTo = (view: string, tokens: number) =>
  `#v=2&prompt=${encodeURIComponent(promptOf(tokens))}&view=${view}`;

/** True when nothing of the chosen view is waited for. */
const COMPLETE = `() => {
  const panel = document.querySelector('.stage [role=tabpanel]');
  if (!panel || document.querySelector('main').getAttribute('aria-busy') !== 'false') return false;
  return !panel.querySelector('.waiting') && !/eing computed|eing read|not read yet/.test(panel.textContent);
}`;

/** Adds a word to the prompt and gives the ms until its tokens and the view's first picture are drawn, and until all are. */
const TYPE_WORD = `async (word) => {
  const complete = ${COMPLETE};
  const chips = () => document.querySelectorAll('[data-position]').length;
  const frame = () => new Promise(requestAnimationFrame);
  const expected = chips() + 1;
  const field = document.querySelector('textarea');
  const started = performance.now();
  field.value += word;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  const busy = () => document.querySelector('main').getAttribute('aria-busy') !== 'false';
  while (chips() < expected || busy() || document.querySelector('.stage svg.picture .waiting')) await frame();
  await frame();
  const first = performance.now() - started;
  while (!complete()) await frame();
  return [first, performance.now() - started];
}`;

async function openView(page: Page, origin: string, view: string, tokens: number): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${origin}/${linkTo(view, tokens)}`);
  await page.waitForFunction(`(${COMPLETE})()`, null, { timeout: 120_000 });
  await page.waitForTimeout(MS_PER_SECOND);
}

async function typing(page: Page, origin: string, view: string): Promise<string> {
  await openView(page, origin, view, TYPED.tokens);
  const first: number[] = [];
  const all: number[] = [];
  for (let index = 0; index < TYPED.words; index++) {
    const word = JSON.stringify(WORDS[(TYPED.tokens + index) % WORDS.length]);
    const [drawn, complete] = await page.evaluate<[number, number]>(`(${TYPE_WORD})(${word})`);
    first.push(drawn);
    all.push(complete);
  }
  const summaryOf = (times: number[]) => {
    const { median, lowest, highest } = summarise(times);
    return `${median.toFixed(0)} ms (${lowest.toFixed(0)} - ${highest.toFixed(0)})`;
  };
  return `typed word, ${TYPED.tokens} tokens, ${view}: first picture ${summaryOf(first)}, all ${summaryOf(all)}`;
}

/** Frames while something moves, and for each step the time of the page's own thread: its scripts, styles, layout, paint. */
async function frames(page: Page, what: string, step: (index: number) => Promise<void>): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * MS_PER_SECOND;
  };
  await page.evaluate(WATCH_FRAMES);
  const ofStep: number[] = [];
  let before = await taskMs();
  for (let index = 0; index < MOVED.steps; index++) {
    await step(index);
    await page.waitForTimeout(STEP_MS);
    const after = await taskMs();
    ofStep.push(after - before);
    before = after;
  }
  const all = await page.evaluate<number[]>('stopFrames()');
  const { median, highest } = summarise(all);
  const own = summarise(ofStep);
  const long = ofStep.filter((ms) => ms > FRAME_MS).length;
  const dropped = all.reduce(
    (sum, ms) => sum + (ms > LATE * FRAME_MS ? Math.round(ms / FRAME_MS) - 1 : 0),
    0
  );
  return `${what}, ${MOVED.tokens} tokens: ${all.length} frames of ${median.toFixed(1)} ms (at most ${highest.toFixed(0)}), ${dropped} dropped; the page's own time for a step ${own.median.toFixed(1)} ms (${own.lowest.toFixed(1)} - ${own.highest.toFixed(1)}), ${long} of ${MOVED.steps} above a frame`;
}

async function flowFrames(page: Page, origin: string): Promise<string[]> {
  await openView(page, origin, 'flow', MOVED.tokens);
  const box = (await page.getByRole('application').boundingBox())!;
  const pointer = await frames(page, 'pointer over Flow', async (index) => {
    const share = index / MOVED.steps;
    await page.mouse.move(box.x + box.width * (0.1 + 0.85 * share), box.y + box.height * (0.1 + 0.8 * share));
  });
  const slider = page.getByRole('slider', { name: 'show links of at least' });
  await slider.focus();
  await page.keyboard.press('Home'); // 0: every link
  const threshold = await frames(page, 'threshold of Flow', (index) =>
    page.keyboard.press(Math.floor(index / 20) % 2 === 0 ? 'ArrowRight' : 'ArrowLeft')
  );
  return [pointer, threshold];
}

const { origin, server } = await serveFolder(BUILT_EXPLORER);
const browser = await launch(withoutGpu);
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true }); // to evaluate strings
  const page = await context.newPage();
  const lines = [
    await typing(page, origin, 'attention'),
    await typing(page, origin, 'residual'),
    ...(await flowFrames(page, origin))
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  await browser.close();
  server.close();
}
