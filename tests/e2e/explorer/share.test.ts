import { describe, expect, it } from 'vitest';
import { eventually } from '../page.ts';
import { useExplorer } from '../session.ts';
import { overflow, violations } from './page-checks.ts';

const session = useExplorer({ query: '?v=1&prompt=Once%20upon%20a%20time&layer=3&head=7' });

describe('the share dialog', () => {
  it('holds the link of the view, in four forms, and passes axe-core', async () => {
    const { page } = session.explorer;
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share this view' });
    await dialog.waitFor();
    const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
    await eventually(() => page.url()).toBe(link);
    expect(await dialog.innerText()).toContain(`The link has ${link.length} letters.`);
    expect(await dialog.getByRole('textbox', { name: 'Markdown' }).inputValue()).toBe(
      `[GPT-2 Lens: Attention, gpt2-nano](${link})`
    );
    const frame = await dialog.getByRole('textbox', { name: 'Frame for a web page' }).inputValue();
    expect(frame).toContain('/embed/#');
    expect(frame).toContain('sandbox="allow-scripts allow-same-origin allow-popups"');
    expect(await dialog.getByRole('img', { name: 'QR code of the link' }).isVisible()).toBe(true);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await eventually(() => page.locator(`html[data-theme="${colorScheme}"]`).count()).toBe(1);
      expect(await violations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('copies, says so, and closes with Escape; the focus returns to its button', async () => {
    const { page } = session.explorer;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const dialog = page.getByRole('dialog', { name: 'Share this view' });
    await dialog.getByRole('button', { name: 'Copy Markdown' }).click();
    await eventually(() => dialog.getByRole('status').innerText()).toBe('Markdown is copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\[GPT-2 Lens: Attention/);
    await page.keyboard.press('Escape');
    await eventually(() => dialog.count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Share');
  });
});
