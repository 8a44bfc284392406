/** A lesson as its reader meets it. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { open } from '../browser.ts';
import { eventually, linkIn } from '../page.ts';

const LOAD_MS = 120_000;
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

  /** Shows the lesson in another language; its cells stay. */
  async speak(language: 'en' | 'zh'): Promise<void> {
    await this.page.getByRole('combobox', { name: /^(Language|语言)$/ }).selectOption(language);
    await this.page.locator(`h1[lang="${language}"]`).waitFor();
  }

  /** Goes through all steps by the keyboard, one on the screen at a time, and back to the whole lesson. */
  async walk(): Promise<void> {
    const steps = this.page.locator('[data-step]');
    const last = (await steps.count()) - 1;
    const modes = this.page.getByRole('radiogroup').first().getByRole('radio');
    await modes.first().focus();
    await this.page.keyboard.press('ArrowRight'); // from the whole lesson to one step at a time
    await eventually(() => steps.count()).toBe(1);
    await this.page.locator('[data-skip]').focus();
    let at = Number(await steps.getAttribute('data-step'));
    const go = async (by: 1 | -1) => {
      await this.page.keyboard.press(by > 0 ? 'ArrowRight' : 'ArrowLeft');
      await this.page.locator(`[data-step="${(at += by)}"]`).waitFor();
    };
    while (at > 0) await go(-1);
    while (at < last) await go(1);
    await modes.nth(1).focus();
    await this.page.keyboard.press('ArrowLeft');
    await eventually(() => steps.count()).toBe(last + 1);
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
