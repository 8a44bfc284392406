import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, open, type WatchedPage } from '../browser.ts';
import { overflow, violations } from '../explorer/page-checks.ts';
import { eventually, linkIn } from '../page.ts';
import { useExplorer } from '../session.ts';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 }
];

describe('the glossary page', () => {
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launch();
    watched = await open(browser, '/glossary/#lens');
    await watched.page.getByRole('heading', { level: 1, name: 'Glossary' }).waitFor();
  });
  afterAll(() => browser.close());

  it('shows the term of its address', async () => {
    const entry = watched.page.locator('#lens');
    expect(await entry.innerText()).toContain('ln_f(resid) · W_U');
    expect((await entry.boundingBox())!.y).toBeLessThan(SIZES[0].height);
  });

  it.each(SIZES)('passes axe-core and fits $width × $height', async (viewport) => {
    const { page, complaints } = watched;
    await page.setViewportSize(viewport);
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it('leads to where a term can be seen', async () => {
    const { page } = watched;
    await page.locator('#entropy').getByRole('link').click();
    await page.getByRole('tab', { name: 'Logit lens', selected: true }).waitFor();
    expect(linkIn(page).get('measure')).toBe('entropy');
  });
});

describe('a term in a text', () => {
  const session = useExplorer({ query: '#prompt=One%20two%20three&view=residual' });

  it('opens in place by the keyboard, and gives the focus back', async () => {
    const { page } = session.explorer;
    const term = page.locator('[data-term=norm]').first();
    await term.focus();
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: 'norm' });
    await card.waitFor();
    expect(await card.innerText()).toContain('‖x‖ = √Σ xᵢ²');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    expect(await term.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('leads to the view that shows it, with the same prompt', async () => {
    const { page } = session.explorer;
    await page.locator('[data-term=mlp]').first().click();
    await page.getByRole('dialog', { name: 'MLP' }).getByRole('link', { name: 'See it live: MLP' }).click();
    await eventually(() => linkIn(page).get('view')).toBe('mlp');
    expect(linkIn(page).get('prompt')).toBe('One two three');
  });

  it('stands beside what explains the picture, by a cell of its own', async () => {
    const { page } = session.explorer;
    const button = page.getByRole('button', { name: 'How to read this' }).first();
    await button.click();
    const note = page.getByRole('note').first();
    await eventually(() => note.innerText()).toMatch(/Neuron \d+ has the largest output/);
    const marked = note.locator('[aria-current=true]');
    const [neuron] = (await marked.innerText()).split(/\s+/);
    expect(await note.innerText()).toContain(`Neuron ${neuron} `);
    expect(await violations(page)).toEqual([]);
    await button.click();
    await note.waitFor({ state: 'hidden' });
  });
});
