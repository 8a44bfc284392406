import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../browser.ts';
import { openLesson, type LessonPage } from '../lessons/lesson-page.ts';
import { eventually, linkIn } from '../page.ts';

describe('a lesson that is saved', () => {
  let browser: Browser;
  let lesson: LessonPage;

  beforeAll(async () => {
    browser = await launch();
    lesson = await openLesson(browser, 'logit-lens/', { acceptDownloads: true });
  });
  afterAll(async () => {
    expect(lesson.complaints).toEqual([]);
    await browser.close();
  });

  async function save(name: RegExp): Promise<string> {
    const { page } = lesson;
    const menu = page.getByRole('group', { name: 'Save', exact: true });
    if (!(await menu.isVisible())) await page.locator('summary', { hasText: 'Save' }).click();
    const button = menu.getByRole('button', { name });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    return readFileSync(await download.path(), 'utf8');
  }

  it('is a notebook, and Markdown with what the page shows', async () => {
    const { page } = lesson;
    const cells = page.getByRole('region', { name: /^Cell \d+:/ });
    await cells.first().waitFor();
    await lesson.ran((await cells.last().getAttribute('id'))!);
    const notebook = JSON.parse(await save(/notebook/)) as { cells: { cell_type: string }[] };
    expect(notebook.cells.filter(({ cell_type }) => cell_type === 'code').length).toBeGreaterThan(0);
    const markdown = await save(/Markdown/);
    const printed = (await page.locator('[data-testid^="out-"] pre').first().innerText())
      .split('\n')[0]
      .trim();
    expect(printed).not.toBe('');
    expect(markdown).toContain(printed);
    expect(markdown).toMatch(/!\[Picture: \w+\]\(data:image\/svg\+xml,/);
  });

  it('gives own cells back from a file, without running them', async () => {
    const { page } = lesson;
    await page
      .getByRole('button', { name: /Add a cell/ })
      .first()
      .click();
    const own = page.getByRole('region', { name: 'Your own cell: mine-1' });
    await own.locator('.cm-content').focus();
    await page.keyboard.insertText('6 * 7');
    await own.getByRole('button', { name: /^Run alone/ }).click();
    await eventually(() => lesson.out('mine-1').innerText()).toContain('42');
    const cells = await save(/changed and own cells/);
    await own.getByRole('button', { name: /^Remove/ }).click();
    await own.waitFor({ state: 'detached' });
    const file = { name: 'cells.json', mimeType: 'application/json', buffer: Buffer.from(cells) };
    await page.locator('input[type=file]').setInputFiles(file);
    await own.waitFor();
    expect(await own.getByRole('status').allInnerTexts()).toContainEqual(
      expect.stringMatching(/not been run/)
    );
    await eventually(() => linkIn(page).get('edit.mine-1')).toBe('6 * 7');
  });
});
