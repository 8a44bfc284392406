import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch } from '../browser.ts';
import { overflow, violations } from '../explorer/page-checks.ts';
import { eventually } from '../page.ts';

const BOTH = 'allow-scripts allow-same-origin allow-popups';
const START_MS = 120_000;

let browser: Browser;
let context: BrowserContext;
let server: Server;
/** The site that embeds: another origin, which says nothing of isolation. */
let host: string;
/** Frames that its page holds now. */
let frames: { src: string; sandbox?: string }[] = [];
/** Whether that page speaks with its first frame. */
let listens = false;

/** The side of the messages that a page has; what it hears is kept in `heard`. */
const LISTENER = `<script src="/penpal.js"></script><script>
const heard = (window.heard = []);
const methods = Object.fromEntries(
  ['ready', 'change', 'size', 'error'].map((name) => [name, (value) => void heard.push([name, value])])
);
const remoteWindow = document.querySelector('iframe').contentWindow;
const messenger = new Penpal.WindowMessenger({ remoteWindow, allowedOrigins: ['*'] });
Penpal.connect({ messenger, methods }).promise.then((remote) => (window.remote = remote));
</script>`;
const PENPAL = 'node_modules/penpal/dist/penpal.min.js';

/** The page of docs/embedding.md: frames in an article. */
function article(): string {
  const tags = frames.map(({ src, sandbox }) => {
    const words = sandbox === undefined ? '' : ` sandbox="${sandbox}"`;
    return `<p>A paragraph.</p><iframe title="GPT-2 Lens" width="900" height="600"${words} src="${src}"></iframe>`;
  });
  return `<!doctype html><title>An article</title>${tags.join('')}${listens ? LISTENER : ''}`;
}

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/penpal.js') return response.end(readFileSync(PENPAL));
    return response.setHeader('Content-Type', 'text/html').end(article());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `http://localhost:${(server.address() as AddressInfo).port}/`; // another site than 127.0.0.1
  browser = await launch();
  context = await browser.newContext();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const embed = (fragment: string) => `${inject('origin')}/embed/#${fragment}`;

async function open(...shown: typeof frames): Promise<{ page: Page; inner: Frame[]; complaints: string[] }> {
  frames = shown;
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(host);
  return { page, inner: page.frames().slice(1), complaints };
}

describe('/embed/ in a page of another site', () => {
  it('shows three views with one fragment each, and leaves their addresses alone', async () => {
    const prompt = `prompt=${encodeURIComponent('When Mary and John went to the store, John gave a drink to')}`;
    const sources = [
      embed(`v=2&view=attention&${prompt}&layer=3&head=7&theme=dark&hide=controls,menu`),
      embed(`v=2&view=lens&${prompt}&lang=zh`),
      embed(`v=2&view=flow&${prompt}&hide=footer`)
    ];
    const { page, inner, complaints } = await open(...sources.map((src) => ({ src, sandbox: BOTH })));
    const [attention, lens, flow] = inner;
    for (const frame of inner)
      await frame.locator('svg, canvas, [role=grid]').first().waitFor({ timeout: START_MS });
    expect(await attention.getByRole('heading', { level: 2 }).first().innerText()).toMatch(/Head 3\.7/);
    expect(await attention.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await lens.locator('html').getAttribute('data-theme')).toBe('light');
    expect(await attention.locator('.controls').first().isVisible()).toBe(false);
    expect(await lens.locator('html').getAttribute('lang')).toBe('zh-Hans');
    expect(await flow.locator('footer').count()).toBe(0);
    const link = await attention.getByRole('link', { name: /^Open in GPT-2 Lens/ }).getAttribute('href');
    expect(link).toMatch(/^\/#.*head=7/);
    expect(inner.map((frame) => frame.url())).toEqual(sources);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('asks before larger weights, with their size, and offers the embedded model', async () => {
    const { page, inner, complaints } = await open({ src: embed('v=2&view=lens&model=gpt2'), sandbox: BOTH });
    const [frame] = inner;
    await eventually(() => frame.getByRole('main').innerText()).toContain(
      'This picture needs gpt2: 548 MB are fetched'
    );
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    expect(await frame.getByRole('button').allInnerTexts()).toEqual([
      'Load 548 MB',
      'Show it with gpt2-nano'
    ]);
    expect(asked).toEqual([]);
    await frame.getByRole('button', { name: 'Show it with gpt2-nano' }).click();
    await frame.getByRole('grid').first().waitFor({ timeout: START_MS });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('computes in a frame without an origin, and says what it lacks', async () => {
    const src = embed('v=2&view=attention&prompt=Once%20upon&layer=3&head=7');
    const { page, inner, complaints } = await open({ src, sandbox: 'allow-scripts' });
    await inner[0].locator('svg, canvas').first().waitFor({ timeout: START_MS });
    expect(await inner[0].getByRole('heading', { level: 2 }).first().innerText()).toMatch(/Head 3\.7/);
    expect(await inner[0].locator('footer').innerText()).toContain('no allow-same-origin: one thread');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says what is wrong in place of a blank frame', async () => {
    // as a script that the server does not let every origin have
    await context.route('**/_app/immutable/entry/*.js', (route) => route.abort());
    const { page, inner } = await open({ src: embed('v=2&view=attention'), sandbox: 'allow-scripts' });
    await inner[0].getByRole('alert').waitFor();
    await context.unroute('**/_app/immutable/entry/*.js');
    const text = await inner[0].getByRole('alert').innerText();
    expect(text).toContain('Access-Control-Allow-Origin is missing');
    expect(await inner[0].getByRole('link').getAttribute('href')).toBe(
      `${inject('origin')}/#v=2&view=attention`
    );
    await page.close();
  });

  it('shows a card where the catalogue cannot be had, and tries again', async () => {
    await context.route('**/models/models.json', (route) => route.fulfill({ status: 503 }));
    const { page, inner } = await open({ src: embed('v=2&view=lens') });
    await inner[0].getByRole('alert').waitFor();
    expect(await inner[0].getByRole('alert').innerText()).toContain('must be served, got status 503');
    await context.unroute('**/models/models.json');
    await inner[0].getByRole('button', { name: 'Try again' }).click();
    await inner[0].getByRole('grid').first().waitFor({ timeout: START_MS });
    await page.close();
  });
});

describe('messages with the page around it', () => {
  interface Host {
    heard: [string, unknown][];
    remote?: { set?: (fields: string) => Promise<void> };
  }
  const heardBy = (page: Page) => page.evaluate(() => (window as unknown as Host).heard);
  const setBy = (page: Page, fields: string) =>
    page.evaluate(async (given) => {
      const { remote } = window as unknown as Host;
      try {
        await remote?.set?.(given);
        return 'set';
      } catch (error) {
        return (error as Error).message;
      }
    }, fields);

  it('tell what is shown and how high it is, and change it for a page that the link allows', async () => {
    listens = true;
    const allow = `allow=${new URL(host).origin}`;
    const { page, inner, complaints } = await open({
      src: embed(`v=2&view=attention&prompt=Once%20upon&layer=3&head=7&${allow}`),
      sandbox: BOTH
    });
    await inner[0].locator('svg, canvas').first().waitFor({ timeout: START_MS });
    await eventually(async () => (await heardBy(page)).map(([name]) => name)).toEqual(
      expect.arrayContaining(['ready', 'change', 'size'])
    );
    expect(await setBy(page, 'v=2&view=attention&prompt=Once%20upon&layer=5&head=2')).toBe('set');
    await eventually(() => inner[0].getByRole('main').innerText()).toContain('Head 5.2');
    await eventually(async () => String((await heardBy(page)).at(-1)?.[1])).toMatch(/layer=5&head=2/);
    const heights = (await heardBy(page))
      .filter(([name]) => name === 'size')
      .map(([, height]) => Number(height));
    expect(Math.min(...heights)).toBeGreaterThan(0);
    expect(await setBy(page, 'v=2&view=attention&model=gpt2')).toBe('set');
    await inner[0].getByRole('button', { name: /^Load / }).waitFor(); // large weights are the reader's to agree to
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('change nothing for a page that the link does not allow', async () => {
    const { page, inner } = await open({ src: embed('v=2&view=attention&layer=3&head=7'), sandbox: BOTH });
    await eventually(async () => (await heardBy(page)).map(([name]) => name)).toContain('ready');
    expect(await setBy(page, 'v=2&view=attention&layer=5&head=2')).not.toBe('set');
    await eventually(() => inner[0].getByRole('main').innerText()).toContain('Head 3.7');
    listens = false;
    await page.close();
  });
});

describe('oembed.json of a lesson', () => {
  it('names the lesson', async () => {
    const response = await fetch(`${inject('origin')}/lessons/logit-lens/oembed.json`);
    const [, title] = /^title: (.*)$/m.exec(readFileSync('src/lessons/logit-lens.md', 'utf8'))!;
    expect(await response.json()).toEqual({
      version: '1.0',
      type: 'link',
      title,
      provider_name: 'GPT-2 Lens'
    });
  });
});

describe('/embed/ by itself', () => {
  it.each([
    ['light', 900],
    ['dark', 390]
  ] as const)('passes axe-core in %s at %i px and fits the width', async (theme, width) => {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 700 });
    await page.goto(embed(`v=2&view=attention&theme=${theme}`));
    await page.locator('svg, canvas').first().waitFor({ timeout: START_MS });
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const kept = await page.evaluate(async () => {
      const names: string[] = [];
      const folder = await navigator.storage.getDirectory();
      const models = await folder.getDirectoryHandle('models', { create: true });
      for await (const name of models.keys()) names.push(name);
      return { names, stored: localStorage.length, caches: await caches.keys() };
    });
    expect(kept).toEqual({ names: [], stored: 0, caches: [] }); // this is no other site's frame, so it could have
    await page.close();
  });
});
