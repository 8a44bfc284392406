/** Pages inside the frames that learning platforms make. */
import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../browser.ts';
import { eventually } from '../page.ts';
import { Host } from './host.ts';

let browser: Browser;
let host: Host;
beforeAll(async () => {
  browser = await launch();
  host = new Host('build', { tells: false });
  await host.start();
});
afterAll(async () => {
  await browser.close();
  host.stop();
});

/** Opens a path in a frame of another page with these rights. */
async function framed(path: string, rights: string): Promise<Frame> {
  const page = await browser.newPage();
  await page.setContent(
    `<iframe sandbox="${rights}" src="${host.origin}${path}" width="1200" height="700"></iframe>`
  );
  return page.frames()[1];
}

describe.each(['/', '/lessons/deep-dive/'])('%s in a frame of another page', (path) => {
  it('runs with allow-scripts and allow-same-origin', async () => {
    const frame = await framed(path, 'allow-scripts allow-same-origin');
    const shown = path === '/' ? frame.getByRole('tabpanel').locator('> *') : frame.getByTestId('out-wte');
    await shown.first().waitFor();
    expect(await frame.getByRole('alert').count()).toBe(0);
    await frame.page().close();
  });

  it('says with allow-scripts alone why it does not run, and where it does', async () => {
    const frame = await framed(path, 'allow-scripts');
    await eventually(() => frame.locator('body').innerText()).toContain('Add allow-same-origin');
    const text = await frame.getByRole('alert').innerText();
    expect(text).toContain('the browser starts no thread to compute in');
    expect(await frame.getByRole('link').getAttribute('href')).toBe(host.origin + path);
    await frame.page().close();
  });
});
