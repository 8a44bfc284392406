import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../browser.ts';
import { Profile } from '../models/profile.ts';
import { eventually } from '../page.ts';
import { Host, type HostOptions } from './host.ts';
import { NEWER, secondBuild } from './second-build.ts';
import { AT_ONCE, LINK, SitePage } from './site-page.ts';

let newer: string;
let host: Host;
let profile: Profile | null = null;

beforeAll(() => {
  newer = secondBuild('build');
});
afterAll(() => rmSync(newer, { recursive: true, force: true }));
afterEach(async () => {
  await profile?.remove();
  profile = null;
  host.stop();
});

async function hosted(options: HostOptions): Promise<Profile> {
  host = new Host('build', options);
  await host.start();
  profile = new Profile(host.origin);
  await (await profile.context()).addInitScript(AT_ONCE);
  return profile;
}

async function open(from: Profile): Promise<SitePage> {
  const explorer = new SitePage(await from.open(LINK));
  await explorer.shows();
  return explorer;
}

describe('a newer version on the host', () => {
  it.each<HostOptions>([
    { keeping: 'no-cache', prefix: '/a/b/', tells: false },
    { keeping: 'nothing' },
    { keeping: 'max-age=600', tells: false }
  ])('%o: is one set, taken as a whole when the reader asks for it', async (options) => {
    const from = await hosted(options);
    const old = await open(from);
    await old.copied();
    expect(await old.newVersion.count()).toBe(0);
    host.deploy(newer);

    const other = await open(from); // still the version that this browser has, whole
    expect(await other.build()).toBeUndefined();
    await other.lookForUpdate();
    await Promise.all([old.newVersion.waitFor(), other.newVersion.waitFor()]);
    await old.openTab('Decode'); // a part of the old version that nobody had asked for
    await old.openTab('Logit lens');

    await other.newVersion.getByRole('button', { name: 'Reload' }).click();
    await eventually(() => other.build()).toBe(NEWER);
    await other.shows(); // with its prompt
    expect(await other.newVersion.count()).toBe(0);
    expect(await old.newVersion.count()).toBe(1);
    await other.copied();
    await other.emptyHttpCache();
    await from.close();

    host.stop();
    await (await from.context()).addInitScript(AT_ONCE);
    const later = await open(from);
    expect(await later.build()).toBe(NEWER);
    await later.openTab('Decode');
  });

  it('is taken by itself once no page of the old one is open', async () => {
    const from = await hosted({});
    const old = await open(from);
    await old.copied();
    host.deploy(newer);
    await old.lookForUpdate();
    await old.newVersion.waitFor();
    await from.close();
    expect(await (await open(from)).build()).toBe(NEWER);
  });
});

describe('a browser that keeps nothing', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('is told of a newer version where a part of the old one is gone, and keeps prompt and link', async () => {
    host = new Host('build');
    await host.start();
    const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
    await page.goto(host.origin + LINK);
    const explorer = new SitePage(page);
    await explorer.shows();
    host.deploy(newer);
    await explorer.tab('Decode').click();
    await page.getByText('This view could not be fetched.').waitFor();
    await eventually(() => page.url()).toContain('view=decode');
    await explorer.newVersion.getByRole('button', { name: 'Reload' }).click();
    await eventually(() => explorer.build()).toBe(NEWER);
    await explorer.shows();
    await eventually(() => explorer.tab('Decode').getAttribute('aria-selected')).toBe('true');
  });

  it("says so where the engine's script is gone", async () => {
    host = new Host('build', { keeping: 'no-cache' });
    await host.start();
    const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
    await page.goto(host.origin + LINK);
    const explorer = new SitePage(page);
    await explorer.shows();
    host.deploy(newer);
    await page.getByRole('combobox', { name: 'Computation runs on' }).selectOption('cpu');
    await page.getByText('The computation stopped (its script could not be fetched)').waitFor();
    await explorer.newVersion.waitFor();
  });
});
