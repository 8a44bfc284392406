import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launch, openPage } from './browser.ts';
import { caseOf, type Case } from './cases.ts';
import type { Plan } from './forward.ts';
import { peakTabBytes } from './memory.ts';
import { BUILT_EXPLORER } from './places.ts';
import { seededIds } from './prompts.ts';
import { MOUNTS } from './server.ts';

const NANO_LENGTH = 8;
const MEMORY_LENGTH = 128;

/** The embedded model on webgl and on wasm, our engine alone: a 124M model takes minutes on a software GPU. */
export async function benchNano(browser: Browser, origin: string, rounds: number): Promise<Case[]> {
  const cases: Case[] = [];
  for (const backend of ['webgl', 'wasm'] as const) {
    const page = await openPage(browser, origin, 1);
    await page.evaluate((backend) => window.bench.ours.start(backend), backend);
    await page.evaluate((at) => window.bench.ours.load(at), MOUNTS.nano);
    const times: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const ids = seededIds(NANO_LENGTH, round + 1);
      const time = await page.evaluate((ids) => window.bench.ours.forward(ids), ids);
      if (round >= 0) times.push(time);
    }
    const name = { what: 'gpt2-nano forward, every activation', T: NANO_LENGTH, threads: 1, backend };
    cases.push(caseOf(name, times));
    await page.context().close();
  }
  return cases;
}

const WEBGL_ROUNDS = 2; // some seconds each where WebGL runs in software

/** The 124M model on webgl, our engine alone. */
export async function benchSmallWebgl(browser: Browser, origin: string): Promise<Case> {
  const page = await openPage(browser, origin, 1);
  await page.evaluate(() => window.bench.ours.start('webgl'));
  await page.evaluate((at) => window.bench.ours.load(at), MOUNTS.small);
  const times: number[] = [];
  for (let round = -1; round < WEBGL_ROUNDS; round++) {
    const ids = seededIds(NANO_LENGTH, round + 1);
    const time = await page.evaluate((ids) => window.bench.ours.forward(ids), ids);
    if (round >= 0) times.push(time);
  }
  await page.context().close();
  const name = { what: 'forward, every activation', T: NANO_LENGTH, threads: 1, backend: 'webgl' };
  return caseOf(name, times);
}

export interface Memory {
  readonly T: number;
  readonly ours_bytes: number | null;
  readonly ort_bytes: number | null;
}

/** The most memory of a tab that loads the 124M model and runs one pass, each engine in a browser of its own. */
export async function benchMemory(origin: string): Promise<Memory> {
  const ids = seededIds(MEMORY_LENGTH, 1);
  const peaks = { ours: null as number | null, ort: null as number | null };
  for (const engine of ['ours', 'ort'] as const) {
    const browser = await launch();
    const page = await openPage(browser, origin, 1);
    await page.evaluate(
      async ([engine, at, ids]) => {
        const { ours, ort } = window.bench;
        if (engine === 'ours') await ours.start('wasm');
        await (engine === 'ours' ? ours.load(at) : ort.load(at, 1));
        await window.bench[engine].forward(ids);
      },
      [engine, MOUNTS.small, ids] as const
    );
    peaks[engine] = await peakTabBytes(browser);
    await browser.close();
  }
  return { T: MEMORY_LENGTH, ours_bytes: peaks.ours, ort_bytes: peaks.ort };
}

/** The view that opens and, beside it, one whose picture is a single head's map; each with what its first picture holds. */
const FIRST_PICTURES = [
  { view: 'flow', link: '', part: '.stage [role=tabpanel] svg path.link' },
  {
    view: 'attention',
    link: '#v=2&view=attention',
    part: '.stage [role=tabpanel] svg.picture rect[fill]'
  }
];

/** What one load of the explorer showed. */
interface FirstPicture {
  /** From the load event to the picture of the live run, ms. */
  readonly live: number;
  /** To the first frame with the view's picture in it, ms: of the recorded run, where there is one. */
  readonly first: number;
  /** Of the page's own files that had arrived until that frame, as they were sent. */
  readonly bytes: number;
}

/**
 * Runs in the page before anything else: `firstPicture` resolves to what is measured. A picture is there when a frame has
 * been drawn with a part of the view's picture in it, and, of the live run, the bars of the next tokens.
 */
const watchFirstPicture = (part: string): string => `
  let loaded = Infinity;
  addEventListener('load', () => (loaded = performance.now()));
  window.firstPicture = new Promise((resolve) => {
    let first = null;
    const bytes = () => performance.getEntries()
      .filter(({ responseEnd }) => responseEnd > 0)
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    requestAnimationFrame(function watch() {
      const drawn = document.querySelector('${part}');
      const bar = document.querySelector('#prediction [aria-busy=false] li .bar');
      requestAnimationFrame(() => {
        if (drawn) first ??= { first: performance.now() - loaded, bytes: bytes() };
        if (drawn && bar) resolve({ ...first, live: performance.now() - loaded });
        else watch();
      });
    });
  });
`;

export const explorerIsBuilt = (): boolean => existsSync(join(BUILT_EXPLORER, 'index.html'));

/** The first pictures of the built explorer, and what its page had fetched until its recorded one was there. */
export interface FirstPictures {
  readonly cases: Case[];
  readonly bytes: number;
}

/** From the page's load event to the embedded model's first picture, in a fresh profile each round; views in turn. */
export async function benchFirstPicture(
  browser: Browser,
  origin: string,
  rounds: number,
  { threads }: Pick<Plan, 'threads'>
): Promise<FirstPictures> {
  const found = FIRST_PICTURES.map((): FirstPicture[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { link, part }] of FIRST_PICTURES.entries()) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.addInitScript({ content: watchFirstPicture(part) });
      await page.goto(`${origin}/${link}`);
      found[index].push(await page.evaluate<FirstPicture>('firstPicture'));
      await context.close();
    }
  }
  const named = (what: string, times: number[]) =>
    caseOf({ what, T: null, threads: threads[0], backend: 'wasm' }, times);
  const [opened] = found;
  const recorded = named(
    'recorded picture after the load event',
    opened.map(({ first }) => first)
  );
  const live = FIRST_PICTURES.map(({ view }, index) =>
    named(
      `first picture after the load event, ${view}`,
      found[index].map(({ live }) => live)
    )
  );
  return { cases: [recorded, ...live], bytes: Math.max(...opened.map(({ bytes }) => bytes)) };
}
