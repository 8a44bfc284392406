/** A lesson as its reader meets it. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { open } from '../browser.ts';
import { eventually, linkIn } from '../page.ts';

/** The names of all lessons. */
export const LESSONS = readdirSync('src/lessons')
  .filter((file) => /^[\w-]+\.md$/.test(file))
  .map((file) => file.replace(/\.md$/, ''));

const LOAD_MS = 120_000;
/** More than the stops of a page's head and of one step. */
const MOST_TABS = 80;
const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

export class LessonPage {
  readonly page: Page;
  readonly complaints: string[];
  readonly count: Locator;

  constructor(page: Page, complaints: string[]) {
    this.page = page;
    this.complaints = complaints;
    this.count = page.getByTestId('check-count');
  }

  cell(name: string): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^Cell \\d+: ${name}$`) });
  }

  out(name: string): Locator {
    return this.page.getByTestId(`out-${name}`);
  }

  button(cell: string, name: string): Locator {
    return this.cell(cell).getByRole('button', { name: `${name} ${cell}` });
  }

  /** Waits until a cell has a result. */
  async ran(name: string): Promise<void> {
    await this.out(name).waitFor({ timeout: LOAD_MS });
  }

  /** Opens a cell's editor and replaces its text. */
  async write(cell: string, code: string): Promise<void> {
    const editor = this.cell(cell).getByRole('textbox', { name: `Code of ${cell}` });
    if (!(await editor.isVisible())) await this.button(cell, 'Edit').click();
    // by the keyboard: what fill() does to an editable element the page's policy refuses
    await this.cell(cell).locator('.cm-content').focus();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(code);
  }

  /** Presses Tab, or Shift and Tab, until the focus is where it should be. */
  async reach(target: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> {
    const isThere = () => target.evaluate((element) => element === document.activeElement);
    for (let presses = 0; !(await isThere()); presses++) {
      if (presses === MOST_TABS) throw new Error(`reach: ${key} must come to ${target}, got no further.`);
      await this.page.keyboard.press(key);
    }
  }

  /** The lesson as a whole, or one step at a time, by the keyboard. */
  async show(mode: 'read' | 'step', key: 'Tab' | 'Shift+Tab'): Promise<void> {
    const modes = this.page.getByRole('radiogroup').first().getByRole('radio');
    await this.reach(mode === 'step' ? modes.first() : modes.nth(1), key);
    await this.page.keyboard.press(mode === 'step' ? 'ArrowRight' : 'ArrowLeft');
    const shown = () => this.page.locator('[data-step]').count();
    if (mode === 'step') await eventually(shown).toBe(1);
    else await eventually(shown).toBeGreaterThan(1);
  }

  /** Shows the lesson in Chinese, by the keyboard; its cells stay. */
  async speakChinese(): Promise<void> {
    await this.reach(this.page.getByRole('combobox', { name: 'Language' }), 'Shift+Tab');
    await this.page.keyboard.press('ArrowDown');
    await this.page.locator('h1[lang="zh"]').waitFor();
  }

  /** Forgets all results and runs every cell anew, by the keyboard. */
  async restart(): Promise<void> {
    const results = await this.page.locator('[data-testid^="out-"]').elementHandles();
    await this.reach(this.page.getByRole('button', { name: /^(Restart|重启)$/ }), 'Tab');
    await this.page.keyboard.press('Enter');
    for (const result of results) await result.waitForElementState('hidden');
  }

  /** Waits until every cell has its result, and gives the names of those that failed or differ from a reference. */
  async wrongCells(): Promise<string[]> {
    const cells = this.page.locator('section.cell');
    await cells.first().waitFor();
    await this.ran((await cells.last().getAttribute('id'))!);
    return cells.evaluateAll((all) =>
      all
        .filter((cell) => {
          const hasResult = cell.querySelector('[data-testid^="out-"]') !== null;
          return !hasResult || cell.matches('.failed') || cell.querySelector('.check .sign.wrong');
        })
        .map(({ id }) => id)
    );
  }

  /** Goes to the first step by the arrow keys: the lesson opens at the step that was in view. */
  async toFirst(): Promise<void> {
    const shown = this.page.locator('[data-step]');
    for (let at = Number(await shown.getAttribute('data-step')); at > 0; at--) {
      await this.page.keyboard.press('ArrowLeft');
      await this.page.locator(`[data-step="${at - 1}"]`).waitFor();
    }
  }

  /** Goes through all steps by the arrow keys, from the first or from the last; each fits and has its result. */
  async walk(steps: number, key: 'ArrowRight' | 'ArrowLeft'): Promise<void> {
    const order = Array.from({ length: steps }, (_, i) => (key === 'ArrowRight' ? i : steps - 1 - i));
    for (const at of order) {
      if (at !== order[0]) await this.page.keyboard.press(key);
      await eventually(() => this.#shownStep()).toEqual({
        at: String(at),
        cellsWithout: 0,
        failed: 0,
        over: 0
      });
    }
  }

  /** The step on the screen: its cells without a result or with an error, and px that it is too wide. */
  #shownStep() {
    return this.page.evaluate(() => {
      const step = document.querySelector<HTMLElement>('[data-step]')!;
      const count = (selector: string) => step.querySelectorAll(selector).length;
      const { scrollWidth, clientWidth } = document.documentElement;
      const cellsWithout = count('section.cell') - count('[data-testid^="out-"]');
      return {
        at: step.dataset.step,
        cellsWithout,
        failed: count('.failed'),
        over: scrollWidth - clientWidth
      };
    });
  }

  async step(): Promise<string | null> {
    return linkIn(this.page).get('lesson_step');
  }

  async waitForStep(name: string): Promise<void> {
    await eventually(() => this.step()).toBe(name);
  }

  /** What axe finds wrong, with the places. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(axeSource);
    return this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`
      );
    });
  }

  /** Px that the page is wider than the window. */
  async overflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    );
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

export async function openLesson(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {}
): Promise<LessonPage> {
  const { page, complaints } = await open(browser, `/lessons/${path}`, options);
  return new LessonPage(page, complaints);
}
