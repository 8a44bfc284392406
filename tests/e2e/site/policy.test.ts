import type { Browser, Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseAddress } from '../../../src/lib/engine/models/address.ts';
import { HubServer } from '../../models/hub-server.ts';
import { makeFolder } from '../../models/tiny-folder.ts';
import { launch } from '../browser.ts';
import { ModelsPage } from '../models/models-page.ts';
import { eventually, ExplorerPage } from '../page.ts';
import { policyReports } from '../policy-reports.ts';

/** One attempt may be reported several times. */
const ECHO_MS = 300;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  page = await (await browser.newContext()).newPage();
  await page.goto(inject('origin'));
  await new ExplorerPage(page, []).ready();
});
afterAll(() => browser.close());

/** What the browser says it was kept from, by directive. */
async function violated(attempt: () => Promise<unknown>): Promise<string[]> {
  await attempt();
  const found: string[] = [];
  const take = async () => {
    for (const report of await policyReports()) {
      const { 'csp-report': said } = JSON.parse(report) as { 'csp-report': Record<string, string> };
      found.push(said['effective-directive'] ?? said['violated-directive']);
    }
    return found.length;
  };
  await eventually(take).toBeGreaterThan(0);
  await page.waitForTimeout(ECHO_MS);
  await take();
  return found;
}

describe('the page under its policy', () => {
  it.each([
    [
      'script-src-elem',
      () =>
        page.evaluate(() =>
          document.body.append(
            Object.assign(document.createElement('script'), { text: 'globalThis.got = 1' })
          )
        )
    ],
    [
      'script-src-attr',
      () => page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p onclick="got=1">'))
    ],
    [
      'style-src-attr',
      () => page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p style="color:red">'))
    ],
    [
      'style-src-elem',
      () =>
        page.evaluate(() =>
          document.head.append(
            Object.assign(document.createElement('style'), { textContent: 'p { color: red }' })
          )
        )
    ],
    ['connect-src', () => page.evaluate(() => fetch('https://other.example/').catch(() => {}))],
    [
      'img-src',
      () =>
        page.evaluate(() =>
          document.body.append(Object.assign(new Image(), { src: 'https://other.example/a.png' }))
        )
    ],
    [
      'base-uri',
      () =>
        page.evaluate(() =>
          document.head.append(
            Object.assign(document.createElement('base'), { href: 'https://other.example/' })
          )
        )
    ],
    ['worker-src', () => page.evaluate(() => void new Worker(URL.createObjectURL(new Blob(['1']))))]
  ])("%s: what is not the site's own is kept out and reported", async (directive, attempt) => {
    expect(await violated(attempt)).toContain(directive);
    expect(await page.evaluate(() => 'got' in globalThis)).toBe(false);
  });

  it('evaluates no text', async () => {
    expect(await violated(() => page.evaluate(() => void setTimeout('globalThis.got = 1')))).toContain(
      'script-src'
    );
  });

  it('says with every answer what the browser may do with it', async () => {
    const headers = (path: string) => fetch(inject('origin') + path).then((response) => response.headers);
    const home = await headers('/');
    expect(home.get('Content-Security-Policy')).toContain("frame-ancestors 'self'");
    expect(home.get('Content-Security-Policy')).not.toMatch(/unsafe-inline|unsafe-eval(?!')/);
    for (const path of ['/', '/models/models.json', '/favicon.svg']) {
      const all = await headers(path);
      expect(all.get('Referrer-Policy')).toBe('no-referrer');
      expect(all.get('X-Content-Type-Options')).toBe('nosniff');
      expect(all.get('Permissions-Policy')).toContain('camera=()');
    }
  });

  it('comes with the licences of all that it is made of', async () => {
    const text = await (await fetch(`${inject('origin')}/licences.txt`)).text();
    for (const name of ['GPT-2 Lens', 'svelte ', '@tensorflow/tfjs-core ', '@fontsource-variable/inter '])
      expect(text).toContain(`\n${name}`.slice(name === 'GPT-2 Lens' ? 1 : 0));
    expect(text).toContain('SIL OPEN FONT LICENSE');
  });

  it('gets its scripts compressed', async () => {
    const { sent, whole } = await page.evaluate(() => {
      const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const scripts = entries.filter(({ name }) => name.endsWith('.js'));
      const sum = (key: 'encodedBodySize' | 'decodedBodySize') =>
        scripts.reduce((total, script) => total + script[key], 0);
      return { sent: sum('encodedBodySize'), whole: sum('decodedBodySize') };
    });
    expect(whole).toBeGreaterThan(300_000);
    expect(sent / whole).toBeLessThan(0.4);
  });
});

describe('which host is asked', () => {
  const CONFIG = 'config.json';
  let chosen: HubServer;
  let other: HubServer;
  let models: ModelsPage;

  beforeAll(async () => {
    [chosen, other] = await Promise.all([HubServer.start(makeFolder({})), HubServer.start(makeFolder({}))]);
    const opened = await page.context().newPage();
    await opened.goto(`${inject('origin')}/models/`);
    models = new ModelsPage(opened);
  });
  afterAll(() => Promise.all([chosen.stop(), other.stop()]));

  /** What stands in the address of a worker's script. */
  const worker = (script: string): Worker => models.page.workers().find((one) => one.url().includes(script))!;
  const isAnswered = (from: Worker, url: string) =>
    from.evaluate(
      (address) =>
        fetch(address).then(
          () => true,
          () => false
        ),
      url
    );
  const isKeptFrom = async (from: Worker, url: string) => {
    let answered = true;
    const found = await violated(async () => (answered = await isAnswered(from, url)));
    return !answered && found.includes('connect-src');
  };

  it('by the engine its own, by the worker that fetches a model the one that the reader chose', async () => {
    await models.fetch(chosen.url);
    await models.kept(parseAddress(chosen.url, '')!.name);
    const [engine, hub] = [worker('/engine.worker'), worker('/hub.worker')];
    expect(new URL(hub.url()).searchParams.get('from')).toBe(chosen.base);
    expect(await isAnswered(hub, chosen.url + CONFIG)).toBe(true);
    expect(await isAnswered(engine, `${inject('origin')}/models/models.json`)).toBe(true);

    expect(await isKeptFrom(hub, other.url + CONFIG)).toBe(true);
    expect(await isKeptFrom(hub, `${inject('origin')}/models/models.json`)).toBe(true);
    expect(await isKeptFrom(engine, chosen.url + CONFIG)).toBe(true);
    expect(other.asked).toEqual([]);
  });

  it('none that the chosen one sends on to: said at once, by name', async () => {
    const folder = `${chosen.base}/elsewhere/`;
    chosen.behave(CONFIG, {
      status: { code: 302 },
      headers: { Location: `${other.base}/elsewhere/${CONFIG}` }
    });
    const card = models.card(parseAddress(folder, '')!.name);
    const found = await violated(async () => {
      await models.fetch(folder);
      await eventually(() => card.getByRole('alert').innerText()).toContain(
        'must be answered by its own host, got a redirect to another one.'
      );
    });
    expect(found).toContain('connect-src');
    expect(other.asked).toEqual([]);
  });
});
