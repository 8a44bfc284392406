import { describe, expect, it } from 'vitest';
import { eventually, linkIn } from '../page.ts';
import { useExplorer } from '../session.ts';
import { card, FLOW, isDrawn, legend, linkCount, picture, sentence } from './flow-page.ts';

describe('Flow, and what leads from it', () => {
  const session = useExplorer({ query: FLOW, viewport: { width: 1440, height: 900 } });

  it('has a presenter’s view: one picture, keys for the depth and the tabs, and a link to it', async () => {
    const { page } = session.explorer;
    await isDrawn(session.explorer);
    const links = await linkCount(session.explorer);
    await page.getByRole('button', { name: 'Present' }).click();
    await eventually(() => linkIn(page).get('present')).toBe('1');
    await eventually(() => linkCount(session.explorer)).toBeLessThan(links);
    const width = await picture(session.explorer).evaluate((svg) => svg.getBoundingClientRect().width);
    expect(width).toBeGreaterThan(1300);
    for (const [key, text] of [
      ['ArrowRight', /^Embeddings: /],
      ['ArrowRight', /^Block 0: /],
      ['ArrowLeft', /^Embeddings: /],
      ['Home', /^At ·to, /]
    ] as const) {
      await page.keyboard.press(key);
      await eventually(() => sentence(session.explorer).innerText()).toMatch(text);
    }
    await page.keyboard.press('PageDown');
    await page.getByRole('heading', { name: /^Embeddings/ }).waitFor();
    await page.keyboard.press('f');
    await isDrawn(session.explorer);
    await page.keyboard.press('Escape');
    await eventually(() => linkIn(page).get('present')).toBe(null);
    await eventually(() => linkCount(session.explorer)).toBe(links);
  });

  it('leads from each part to the view about it, and back by one click', async () => {
    const { explorer } = session;
    for (const [name, tab] of [
      [/^residual stream/, 'Residual stream'],
      [/^attention: reads from/, 'Attention'],
      [/^MLP: adds/, 'MLP'],
      [/^logit lens/, 'Logit lens'],
      [/^Q · K · V/, 'Q · K · V'],
      [/^Heads/, 'Heads'],
      [/^Weights/, 'Weights'],
      [/^Why/, 'Why'],
      [/^Decode/, 'Decode']
    ] as const) {
      await legend(explorer).getByRole('button', { name }).click();
      await eventually(() => explorer.tab(tab).getAttribute('aria-selected')).toBe('true');
      await explorer.openTab('Flow');
      await isDrawn(explorer);
    }
    for (const [head, tab] of [
      ['embed', 'Embeddings'],
      ['ln_f', 'LayerNorm']
    ] as const) {
      const name = picture(explorer).locator('text.head').filter({ hasText: head });
      const { x, y, width, height } = (await name.boundingBox())!;
      await explorer.page.mouse.click(x + width / 2, y + height / 2);
      await eventually(() => explorer.tab(tab).getAttribute('aria-selected')).toBe('true');
      await explorer.openTab('Flow');
      await isDrawn(explorer);
    }
  });

  it('shows the card of a tick and of a lens token under the pointer, as under the keys', async () => {
    const { explorer } = session;
    for (const [part, depth, title] of [
      ['rect.tick.on', 10, /^Block 10: the MLP adds to ·to\s+norm of mlp_out\s+[\d.]+/],
      [
        'g:has(text.small) rect',
        11,
        /^Logit lens of ·to, after block 10\s+best next token\s+·Mary\s+probability\s+[\d.]+ %/
      ]
    ] as const) {
      const { x, y, width, height } = (await picture(explorer).locator(part).nth(depth).boundingBox())!;
      await explorer.page.mouse.move(x + width / 2, y + height / 2);
      await eventually(() => card(explorer).innerText()).toMatch(title);
    }
  });

  it('plays block by block with reduced motion, too: nothing moves, the steps and their sentences come', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const steps = page.getByRole('group', { name: 'Steps through the depth' });
    await steps.getByRole('button', { name: 'Play' }).click();
    for (const step of [/^Embeddings: /, /^Block 0: /]) {
      await eventually(() => sentence(explorer).innerText()).toMatch(step);
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    }
    await steps.getByRole('button', { name: 'Stop' }).click();
    const stopped = await sentence(explorer).innerText();
    await page.waitForTimeout(2000); // a step takes 1.6 s
    expect(await sentence(explorer).innerText()).toBe(stopped);
    await page.getByRole('button', { name: 'Show all blocks' }).click();
    await page.emulateMedia({ reducedMotion: null });
  });

  it('offers log bars where one token has nearly everything', async () => {
    const { page } = session.explorer;
    const second = page.locator('#prediction .bar').nth(1);
    const length = () => second.evaluate((bar) => bar.getBoundingClientRect().width);
    expect(await length()).toBeLessThan(2);
    await page.getByRole('radio', { name: 'log bars' }).click();
    await eventually(length).toBeGreaterThan(10);
    await page.getByRole('radio', { name: 'linear bars' }).click();
  });

  it('is whole on paper and under forced colours', async () => {
    const { page } = session.explorer;
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 1020, height: 700 }); // A4 at landscape, between its margins
    const inside = await picture(session.explorer).evaluate(
      (svg) => svg.getBoundingClientRect().right <= svg.closest('main')!.getBoundingClientRect().right
    );
    expect(inside).toBe(true);
    expect(await page.getByRole('tab').filter({ visible: true }).allInnerTexts()).toEqual(['Flow']);
    await page.emulateMedia({ media: null, forcedColors: 'active' });
    await page.setViewportSize({ width: 1440, height: 900 });
    const tick = picture(session.explorer).locator('.tick.on').first();
    const [fill, stroke] = await tick.evaluate((rect) => {
      const style = getComputedStyle(rect);
      return [style.fill, style.stroke];
    });
    expect(stroke).toMatch(/^rgb/);
    expect(stroke).not.toBe(fill);
    await page.emulateMedia({ forcedColors: null });
  });

  it('is kept in the link with all that changes it', async () => {
    const { explorer } = session;
    const query = `${FLOW}&links=0.05&upto=6&open=3&part=qkv&rows=all`;
    const other = await session.open({ query, viewport: { width: 1440, height: 900 } });
    await other.page.getByRole('radio', { name: 'Q · K · V' }).waitFor();
    expect(await other.page.getByRole('slider', { name: 'show links of at least' }).inputValue()).toBe(
      '0.05'
    );
    expect(await other.page.getByRole('radio', { name: 'all rows' }).isChecked()).toBe(true);
    await isDrawn(explorer);
  });
});
