import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { staticServer } from '../../../scripts/static-server.mjs';
import { eventually } from './models-page.ts';
import { Profile } from './profile.ts';

const PROMPT = 'Tom and Lily went';
const LINK = `/?v=1&prompt=${encodeURIComponent(PROMPT)}&layer=3&head=7`;

let server: Server;
let profile: Profile;

beforeEach(async () => {
  server = staticServer('build');
  await new Promise<void>((resolve) => server.listen(0, resolve));
  profile = new Profile(`http://localhost:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await profile.remove();
  stop();
});

/** From here on the page's host does not answer. */
function stop(): void {
  server.close();
  server.closeAllConnections();
}

/** Waits until the page's copy is made. */
const copied = (page: Page) =>
  page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.scriptURL));
const nextToken = (page: Page) =>
  page
    .getByRole('region', { name: 'Next token', exact: true })
    .getByRole('list', { name: /^The most likely/ })
    .innerText();
/** Paths, and queries if there are any, of all that is kept beside the built scripts. */
const keptPaths = (page: Page) =>
  page.evaluate(async () => {
    const cache = await caches.open('gpt2-lens');
    return (await cache.keys()).map(({ url }) => url.slice(location.origin.length));
  });

describe('a page that was opened once', () => {
  it('opens without the internet: the explorer with its link, the lessons, the models', async () => {
    const first = await profile.open(LINK);
    await first.getByRole('list', { name: /^The most likely/ }).waitFor({ timeout: 120_000 });
    const before = await nextToken(first);
    expect(await copied(first)).toMatch(/service-worker\.js$/);
    await profile.close();

    stop();
    const page = await profile.open(LINK);
    await page.getByRole('list', { name: /^The most likely/ }).waitFor({ timeout: 120_000 });
    expect(await nextToken(page)).toBe(before);
    expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe(PROMPT);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true); // threads are there as before

    const lesson = await profile.open('/lessons/deep-dive/');
    await lesson.getByRole('heading', { level: 1 }).waitFor();
    const models = await profile.open('/models/');
    await eventually(() => models.getByRole('complementary').innerText()).toContain(
      'GPT-2 Lens opens without the internet.'
    );
  });

  it('keeps the embedded model and no prompt', async () => {
    const page = await profile.open(LINK);
    await copied(page);
    const paths = await keptPaths(page);
    expect(paths).toContain('/models/gpt2-nano/model.safetensors');
    expect(paths).toContain('/');
    expect(paths.filter((path) => path.includes('?'))).toEqual([]);
  });
});
