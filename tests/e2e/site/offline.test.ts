import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HubServer } from '../../models/hub-server.ts';
import { browserType, executablePath, flagsWith } from '../browser.ts';
import { Profile } from '../models/profile.ts';
import { eventually } from '../page.ts';
import { Host, type HostOptions, type Trouble } from './host.ts';
import { AT_ONCE, IN_TWO_SECONDS, LINK, PROMPT, SitePage } from './site-page.ts';

const OFFLINE = 'GPT-2 Lens opens without the internet.';
/** The copy is looked through by then. */
const LOOKED_MS = 1000;

let host: Host;
let profile: Profile;

async function hosted(options: HostOptions = {}): Promise<void> {
  host = new Host('build', options);
  await host.start();
  profile = new Profile(host.origin);
  await (await profile.context()).addInitScript(AT_ONCE);
}
afterEach(async () => {
  await profile.remove();
  host.stop();
});

/** Opens the page, waits for its copy, and ends the browser, which forgets what it keeps by itself. */
async function keepPage(): Promise<void> {
  const page = new SitePage(await profile.open(LINK));
  await page.shows();
  await page.copied();
  await page.emptyHttpCache();
  await profile.close();
}

describe('a page that was opened once', () => {
  beforeEach(() => hosted());

  it('opens without the internet: the explorer with its link, the lessons, the models', async () => {
    await keepPage();
    host.stop();
    const page = new SitePage(await profile.open(LINK));
    await page.shows();
    expect(await page.prompt.inputValue()).toBe(PROMPT);
    expect(await page.page.evaluate(() => crossOriginIsolated)).toBe(true); // threads are there as before
    await page.openTab('Decode');

    const lesson = await profile.open('/lessons/deep-dive/');
    await lesson.getByRole('heading', { level: 1 }).waitFor();
    await lesson.getByTestId('out-wte').waitFor(); // the cells' sandbox opens too; lessons/every-lesson.test.ts walks all
    const models = await profile.open('/models/');
    const promise = () => models.getByRole('complementary').innerText();
    await eventually(promise).toContain(OFFLINE);

    await models.evaluate(async () => {
      const [name] = (await caches.keys()).filter((one) => one.includes('precache'));
      const cache = await caches.open(name);
      const [wasm] = (await cache.keys()).filter(({ url }) => url.includes('.wasm'));
      await cache.delete(wasm); // as a browser does that is short of room
    });
    await models.reload();
    await models.getByRole('article', { name: 'gpt2-nano' }).waitFor();
    await models.waitForTimeout(LOOKED_MS);
    expect(await promise()).not.toContain(OFFLINE);
  });

  it('asks the host for nothing again, and keeps no prompt', async () => {
    const page = new SitePage(await profile.open(LINK));
    await page.shows();
    await page.copied();
    const kept = await page.page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => url.slice(location.origin.length));
    });
    expect(kept.some((path) => path.startsWith('/models/gpt2-nano/model.safetensors?'))).toBe(true);
    expect(kept.filter((path) => path.includes('Tom'))).toEqual([]);

    host.trouble = 'busy';
    const asked: string[] = [];
    page.page.context().on('response', (response) => {
      if (!response.fromServiceWorker() && response.request().serviceWorker() === null)
        asked.push(response.url());
    });
    await page.page.reload();
    await page.shows();
    expect(asked).toEqual([]);
  });

  it.each<Trouble>(['silent', 'busy', 'sign-in'])(
    'opens, now and later, where the host is %s',
    async (trouble) => {
      await keepPage();
      host.trouble = trouble;
      for (let visit = 0; visit < 2; visit++) {
        const page = new SitePage(await profile.open(LINK));
        await page.shows();
        if (trouble !== 'silent') await page.lookForUpdate(); // the host's answer takes nothing's place
        expect(await page.newVersion.count()).toBe(0);
        await page.page.close();
      }
    }
  );
});

describe('the first visit in a private window, from a host that lets nothing be kept', () => {
  it('asks for each file of the model once: two pages, and the copy', async () => {
    await hosted({ keeping: 'no-store' });
    const browser = await browserType.launch({ executablePath, args: flagsWith() });
    try {
      const context = await browser.newContext();
      await context.addInitScript(IN_TWO_SECONDS);
      const open = async (path: string) => {
        const page = await context.newPage();
        await page.goto(host.origin + path);
        return page;
      };
      const first = new SitePage(await open(LINK));
      await (await open('/lessons/deep-dive/')).getByTestId('out-wte').waitFor(); // its cells read the model too
      await first.shows();
      await first.copied();
      await (await open('/lessons/logit-lens/')).getByTestId('out-final').waitFor();
      const files = ['config.json', 'merges.txt', 'model.safetensors', 'tokenizer_config.json', 'vocab.json'];
      const asked = host.asked.filter((path) => files.includes(path.replace('/models/gpt2-nano/', '')));
      expect(asked.sort()).toEqual(files.map((file) => `/models/gpt2-nano/${file}`));
    } finally {
      await browser.close();
    }
  });
});

describe('a host that answers with a sign-in page from the beginning', () => {
  it('is kept by nobody', async () => {
    await hosted({ keeping: 'max-age=600' });
    const first = new SitePage(await profile.open(LINK));
    await first.shows();
    host.trouble = 'sign-in';
    await first.page.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration === undefined || (registration.active === null && registration.installing === null);
    });
    expect(await first.page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  });
});

describe('under a path of its own, on a host without headers and redirects', () => {
  beforeEach(() => hosted({ prefix: '/a/b/', tells: false, keeping: 'max-age=600' }));

  it('opens at every address of its pages, gets threads from its copy, and needs no internet', async () => {
    const first = new SitePage(await profile.open(LINK));
    await first.shows();
    expect(await first.page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(await saysOneThread(first)).toBe(true);
    await first.copied();
    for (const address of ['/index.html', '/models', '/models/index.html', '/lessons', '/lessons/deep-dive'])
      await opensAt(address);
    await profile.close();

    host.stop();
    const page = new SitePage(await profile.open(LINK));
    await page.shows();
    expect(await page.page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await saysOneThread(page)).toBe(false);
    const engine = page.page.workers().find((worker) => worker.url().includes('/engine.worker'))!;
    const far = await HubServer.start({ 'config.json': new Uint8Array(1) });
    const answer = engine.evaluate(
      (url) => fetch(url).then(({ status }) => status, String),
      `${far.url}config.json`
    );
    expect(await answer).toMatch(/^TypeError/); // the copy brings the workers' policy
    expect(far.asked).toEqual([]);
    await far.stop();
    for (const address of ['/index.html', '/models', '/lessons/deep-dive']) await opensAt(address);
  });

  const saysOneThread = async ({ page }: SitePage) =>
    (await page.locator('[title*="One thread computes"]').count()) > 0;

  async function opensAt(address: string): Promise<void> {
    const page = await (await profile.context()).newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(host.origin + address);
    await page.getByRole('heading').first().waitFor();
    if (address.includes('deep-dive')) await page.getByTestId('out-wte').waitFor(); // its cells run
    expect(new URL(page.url()).pathname).toMatch(/\/$/);
    await page.close();
    expect(said).toEqual([]);
  }
});
