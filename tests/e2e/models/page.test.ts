import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/lib/engine/models/address.ts';
import { HubServer } from '../../models/hub-server.ts';
import { makeFolder } from '../../models/tiny-folder.ts';
import { launch, open, type WatchedPage } from '../browser.ts';
import { overflow, unreached, violations } from '../explorer/page-checks.ts';
import { linkIn } from '../page.ts';
import { eventually, ModelsPage, openModel } from './models-page.ts';
import { Profile } from './profile.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 }
];

describe('the Models page', () => {
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
    watched = await open(browser, '/models/');
    await watched.page.getByRole('article', { name: 'gpt2-xl' }).waitFor();
  });
  afterAll(() => browser.close());

  describe.each(SIZES)('at $width × $height', (viewport) => {
    it.each(['light', 'dark'] as const)('passes axe-core and fits the width in %s', async (colorScheme) => {
      const { page, complaints } = watched;
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await eventually(() => page.locator(`html[data-theme="${colorScheme}"]`).count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    });
  });

  it('can be walked by keyboard alone', async () => {
    expect(await unreached(watched.page)).toEqual([]);
  });

  it('says before a download what no tab can hold', async () => {
    const card = watched.page.getByRole('article', { name: 'gpt2-xl' });
    expect(await card.innerText()).toContain(
      'It needs about 7.4 GB of memory, and a browser tab has at most 4.3 GB. It may not open here.'
    );
  });
});

describe("the picker in the explorer's header", () => {
  let NAME: string;
  const LINK = '/?v=1&prompt=Once%20upon%20a%20time&layer=1&head=1&position=2&view=qkv';
  let hub: HubServer;
  let profile: Profile;

  beforeAll(async () => {
    hub = await HubServer.start(makeFolder({}));
    NAME = parseAddress(hub.url, '')!.name;
    profile = new Profile();
  });
  afterAll(() => Promise.all([hub.stop(), profile.remove()]));

  it('opens another model with the same prompt and selection, and the first one again', async () => {
    const models = new ModelsPage(await profile.open('/models/'));
    await models.fetch(hub.url);
    await models.kept(NAME);
    const page = await profile.open(LINK);
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    const region = page.getByRole('region', { name: 'Next token', exact: true });
    await region.waitFor({ timeout: 120_000 });
    const picker = page.getByRole('combobox', { name: 'Model', exact: true });
    const first = await region.getByRole('list', { name: /^The most likely/ }).innerText();
    for (const name of [NAME, 'gpt2-nano']) {
      await picker.selectOption(name);
      await eventually(async () => linkIn(page).get('model')).toBe(name);
      await eventually(() => openModel(page)).toBe(name);
      await eventually(() => page.getByRole('main').getAttribute('aria-busy')).toBe('false');
      const query = linkIn(page);
      expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('Once upon a time');
      expect([query.get('layer'), query.get('head'), query.get('position')]).toEqual(['1', '1', '2']);
      const bars = region.getByRole('list', { name: /^The most likely/ });
      await eventually(async () => (await bars.innerText()) === first).toBe(name === 'gpt2-nano');
    }
    expect(errors).toEqual([]); // ids of the one have no token in the other
  });
});
