import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { overflow, violations } from '../explorer/page-checks.ts';
import { eventually, PATIENCE_MS } from '../page.ts';
import { useExplorer } from '../session.ts';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 }
];

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

async function fits(page: Page): Promise<void> {
  for (const viewport of SIZES) {
    await page.setViewportSize(viewport);
    expect(await violations(page), `${viewport.width}`).toEqual([]);
    expect(await overflow(page), `${viewport.width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(SIZES[0]);
}

describe('a worksheet', () => {
  const session = useExplorer({
    query: '#view=attention',
    viewport: SIZES[0],
    acceptDownloads: true,
    offline: true
  });

  it(
    'goes from the teacher’s dialog to the pupil’s file to the class page, by keyboard and without the internet',
    async () => {
      const { page } = session.explorer;
      const focus = async (name: RegExp | string, role: 'button' | 'textbox' | 'checkbox' = 'button') =>
        page
          .getByRole(role, { name, exact: typeof name === 'string' })
          .first()
          .focus();

      await focus('Share');
      await press(page, 'Enter');
      await focus('Make a worksheet of this view');
      await press(page, 'Enter');
      const dialog = page.getByRole('dialog', { name: 'Make a worksheet of this view' });
      await dialog.waitFor();
      await focus('Title', 'textbox');
      await press(page, 'Control+A');
      await page.keyboard.type('Heads');
      await focus('Logit lens', 'checkbox');
      await press(page, 'Space');
      for (const kind of ['choose a head', 'mark a position', 'give a number', 'write a sentence']) {
        await focus(kind);
        await press(page, 'Enter');
      }
      const solutions = dialog.getByRole('textbox', { name: 'Solution' });
      await eventually(() => solutions.count()).toBe(3);
      for (const [at, solution] of ['8.2', '1', '0.25'].entries()) {
        await solutions.nth(at).focus();
        await page.keyboard.type(solution);
      }
      await dialog.getByRole('textbox', { name: 'give or take' }).focus();
      await page.keyboard.type('0.05');
      expect(await violations(page)).toEqual([]);
      await dialog
        .getByText(
          /thirty pupils [^.]+(\.\d+)? [MG]B\. Models: gpt2-nano [\d.]+ MB, gpt2 548 MB\. A recording .* 3\.6 MB/
        )
        .waitFor();
      const address = await dialog.getByRole('textbox', { name: 'Link for the class' }).inputValue();

      await page.goto(address);
      await page.getByRole('heading', { level: 1, name: 'Heads' }).waitFor();
      await eventually(() => page.getByRole('button', { name: /^Take the selected head/ }).isEnabled()).toBe(
        true
      );
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Attention', 'Logit lens']);
      expect(await page.getByRole('textbox', { name: 'Prompt' }).count()).toBe(0); // it is fixed
      await fits(page);

      const answer = (number: number) => page.getByRole('region', { name: `Task ${number}`, exact: true });
      await answer(1).getByRole('textbox').focus();
      await page.keyboard.type('dog');
      await eventually(() => answer(1).getByRole('button', { name: 'Keep this answer' }).isEnabled()).toBe(
        true
      );
      await press(page, 'Enter');
      await answer(1).getByRole('button', { name: 'Compare with the solution' }).focus();
      await press(page, 'Enter');
      await eventually(() => answer(1).innerText()).toMatch(/The model: “.+” with [\d.]+ %/);
      expect(await answer(1).getByRole('img').getAttribute('aria-label')).toMatch(/^Two bars/);
      await answer(2)
        .getByRole('button', { name: /^Take the selected head/ })
        .focus();
      await press(page, 'Enter');
      await answer(3).getByRole('textbox').focus();
      await page.keyboard.type('400');
      await press(page, 'Enter');
      await eventually(() => answer(3).getByRole('status').innerText()).toContain(
        'no position of this prompt'
      );
      await press(page, 'Control+A', '1', 'Enter');
      await answer(4).getByRole('textbox').focus();
      await page.keyboard.type('0,3');
      await press(page, 'Enter');
      await focus('Your name', 'textbox');
      await page.keyboard.type('Ada');
      await focus('Save my answers');
      const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Enter')]);
      expect(download.suggestedFilename()).toBe('heads-ada.json');
      const saved = readFileSync(await download.path(), 'utf8');

      await page.reload();
      await eventually(() => answer(4).innerText()).toContain('0,3'); // a reload loses nothing

      await page.goto(new URL('class/', address.split('#')[0]).href);
      const files = Array.from({ length: 30 }, (_, i) => ({
        name: `pupil-${i}.json`,
        mimeType: 'application/json',
        buffer: Buffer.from(saved.replace('"name": "Ada"', `"name": "Pupil ${i + 10}"`))
      }));
      const wrong = { name: 'cat.json', mimeType: 'application/json', buffer: Buffer.from('{}') };
      await page.getByLabel('Choose files').setInputFiles([...files, wrong]);
      await page.getByRole('status').filter({ hasText: '30 pupils' }).waitFor();
      expect(await page.getByRole('alert').innerText()).toContain('cat.json holds no answers');
      expect(await page.getByRole('region', { name: /^Task 4/ }).innerText()).toContain('30 of 30 right');
      expect(await page.getByRole('region', { name: /^Task 1/ }).innerText()).toContain('0 of 30 right');
      expect(await page.getByRole('row').count()).toBe(31);
      await fits(page);
    },
    4 * PATIENCE_MS
  );
});
