import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { isChromium, launch } from '../browser.ts';
import type { Held } from '../harness/long-use.ts';
import { serveKinds } from '../models/serve-kinds.ts';
import { type Link, type LongUsePage, openForLongUse } from './long-use-page.ts';

const NANO = 'gpt2-nano';
const KINDS = ['act-relu', 'head-untied'];
const MODELS = [...KINDS, NANO];
const [HEADS, LAYERS] = [12, 12];
const WORDS = 'Tom and Lily went to the park with a big red ball and they were happy to play there'.split(
  ' '
);
/**
 * Links after which the page is at the same place again: more than the runs that an engine keeps. They are short, since a kept
 * run has 200 kB of logits for each token.
 */
const SAME_PROMPTS = 12;
/**
 * Of each part of the use, before anything is measured: its first times make room that is used again. Prompts come last:
 * an engine that has just started after a lost context holds less than one that was used.
 */
const WARM_UP = 3;
/**
 * `TEST_LONG_USE=all` asks for all of it, measured after each part; among the other tests there is time for a share, which
 * any other value prints.
 */
const isFull = process.env.TEST_LONG_USE === 'all';
const SHARE = isFull ? 1 : 0.2;
/** What may be held more after than before, of what was held. */
const FLAT = 0.05;
const PATIENCE_MS = isFull ? 1_800_000 : 600_000;
const MEGABYTE = 1e6;

const AT_NANO = { model: NANO, backend: 'wasm', view: 'attention' };
const AT_KIND = { model: KINDS[0], backend: 'webgl', view: 'attention', prompt: 'the cat' };

const links = (count: number, link: (n: number) => Link) => Array.from({ length: count }, (_, n) => link(n));
const prompts = (count: number) =>
  links(count, (n) => ({
    ...AT_NANO,
    prompt: [n, ...WORDS.slice(0, 1 + (n % WORDS.length))].join(' ')
  }));
const atHome = links(SAME_PROMPTS, (n) => ({ ...AT_NANO, prompt: `${n}` }));
const edits = (count: number) =>
  links(count, (n) => ({
    ...AT_NANO,
    view: 'why',
    prompt: 'Tom and Lily went to the',
    edits: `zero:z.${Math.floor(n / HEADS) % LAYERS}.${n % HEADS}`
  }));
const switches = (count: number) =>
  links(count, (n) => ({ ...AT_KIND, backend: 'wasm', model: MODELS[n % MODELS.length] }));

async function loseContexts(page: LongUsePage, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await page.follow([{ ...AT_KIND, backend: 'wasm' }, AT_KIND], 'model');
    await page.loseContext();
  }
}

interface Part {
  readonly name: string;
  readonly count: number;
  /** Before anything is measured, where it is not WARM_UP. */
  readonly warmUp?: number;
  readonly use: (page: LongUsePage, count: number) => Promise<void>;
}

const PARTS: readonly Part[] = [
  // the browser compiles, and makes room for frames and layout, until some hundred prompts have run
  {
    name: 'prompts',
    count: 300,
    warmUp: 100,
    use: (page, count) => page.follow(prompts(count))
  },
  { name: 'edits', count: 50, use: (page, count) => page.follow(edits(count), 'edit') },
  { name: 'switches of model', count: 20, use: (page, count) => page.follow(switches(count), 'model') },
  { name: 'lost contexts', count: 10, use: loseContexts }
];

/** What the page holds once it is back at the same place. */
async function heldAtHome(page: LongUsePage): Promise<Held> {
  await page.follow([{ ...AT_NANO, prompt: 'the cat' }], 'model');
  await page.follow(atHome);
  return page.held();
}

function print(stage: string, before: Held, after: Held): void {
  const megabytes = (key: 'bytes' | 'heaps') =>
    `${(before[key] / MEGABYTE).toFixed(1)} to ${(after[key] / MEGABYTE).toFixed(1)} MB`;
  process.stdout.write(
    `${stage}: tensors ${before.tensors} to ${after.tensors} (${megabytes('bytes')}); heaps ${megabytes('heaps')}\n`
  );
}

describe.runIf(isChromium)('an explorer that is used for long', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch([
      '--enable-blink-features=ForceEagerMeasureMemory',
      '--js-flags=--expose-gc',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader'
    ]);
  });
  afterAll(() => browser.close());

  it(
    'holds no more after prompts, edits, switches among three models and lost contexts than before',
    async () => {
      const context = await browser.newContext({ serviceWorkers: 'block' });
      await serveKinds(context, KINDS);
      const start = new URLSearchParams({ v: '2', ...AT_NANO, prompt: 'the cat' });
      const page = await openForLongUse(context, `${inject('origin')}/#${start}`);
      for (const { use, warmUp = WARM_UP } of PARTS.toReversed()) await use(page, warmUp);
      const before = await heldAtHome(page);
      let after = before;
      for (const { name, count, use } of PARTS) {
        await use(page, count * SHARE);
        if (!isFull) continue;
        const last = after;
        after = await heldAtHome(page);
        print(`${count} ${name}`, last, after);
      }
      if (!isFull) after = await heldAtHome(page);
      if (process.env.TEST_LONG_USE) print('all of it', before, after);
      expect(after.tensors, 'tensors').toBe(before.tensors);
      expect(after.bytes, 'bytes of tensors').toBe(before.bytes);
      expect(after.heaps / before.heaps - 1, 'heaps').toBeLessThan(FLAT);
      await context.close();
    },
    PATIENCE_MS
  );
});
