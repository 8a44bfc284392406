/** Every picture of the gallery, in a browser: no model, no word on the console, in both themes. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { launch, open } from '../browser.ts';
import { settled, violations } from '../explorer/page-checks.ts';
import { eventually } from '../page.ts';

const SNAPSHOTS = readdirSync('tests/routes/gallery/snapshots');

it('/gallery/ draws every picture in light and in dark', async () => {
  const browser = await launch();
  const { page, complaints } = await open(browser, '/gallery/');
  const drawn = () => page.evaluate(() => document.querySelectorAll('main > section > h2 + *').length);
  await eventually(drawn).toBe(SNAPSHOTS.length);
  await settled(page);
  const names = await page.locator('main > section > h2').allInnerTexts();
  expect(names.map((name) => `${name}.txt`).sort()).toEqual(SNAPSHOTS.sort());
  const figures = () =>
    page
      .locator('main > section')
      .filter({ has: page.locator('svg, canvas') })
      .count();
  const light = await figures();
  // The pictures themselves are looked through where they are the page's one picture.
  expect(await violations(page, ['main > section > h2 ~ *'])).toEqual([]);
  await page.getByRole('radio', { name: 'Dark' }).click();
  await settled(page);
  expect(await figures()).toBe(light);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(complaints).toEqual([]);
  await browser.close();
});
