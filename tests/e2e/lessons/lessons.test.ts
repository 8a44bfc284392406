import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../browser.ts';
import { eventually, linkIn } from '../page.ts';
import { LESSONS, openLesson, type LessonPage } from './lesson-page.ts';

let browser: Browser;
const opened: LessonPage[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

afterEach(async () => {
  const pages = opened.splice(0);
  const complaints = pages.flatMap((lesson) => lesson.complaints);
  await Promise.all(pages.map((lesson) => lesson.close()));
  expect(complaints, 'the console and the requests').toEqual([]);
});

async function visit(...args: Parameters<typeof openLesson> extends [Browser, ...infer Rest] ? Rest : never) {
  const lesson = await openLesson(browser, ...args);
  opened.push(lesson);
  return lesson;
}

describe('the catalogue', () => {
  it('lists every lesson and leads to it', async () => {
    const lesson = await visit('');
    const links = lesson.page.getByRole('listitem').getByRole('link');
    await eventually(() => links.count()).toBe(LESSONS.length);
    expect(await lesson.violations()).toEqual([]);
    await links.first().click();
    await lesson.page.getByRole('heading', { level: 1, name: 'Deep dive into GPT-2' }).waitFor();
  });
});

describe('a lesson in Chinese', () => {
  const CHINESE = { lead: /左侧补齐的批次/, english: /Four sizes/ };

  it('is listed once with its languages, and opens in the language of the page', async () => {
    const lesson = await visit('?lang=zh');
    const item = lesson.page.getByRole('listitem').filter({ hasText: 'GPT-2 模型' });
    await eventually(() => item.count()).toBe(1);
    expect(await item.innerText()).toContain('English, 中文');
    expect(await lesson.violations()).toEqual([]);
    await item.getByRole('link').click();
    await lesson.page.getByRole('heading', { level: 1, name: 'GPT-2 模型' }).waitFor();
    await lesson.page.getByRole('heading', { level: 2, name: CHINESE.lead }).waitFor();
    expect(await lesson.page.locator('html').getAttribute('lang')).toBe('zh-Hans');
  });

  it('has the same cells and results, and changes its language without running them again', async () => {
    const lesson = await visit('the-gpt-2-model/?lang=zh');
    const cells = lesson.page.locator('section.cell');
    await lesson.ran('sampled');
    const chinese = await cells.evaluateAll((sections) => sections.map(({ id }) => id));
    const count = lesson.count;
    expect(await count.innerText()).toMatch(
      /^共对照 (\d+) 个数值，其中 \1 个\s*与 Hugging Face transformers/
    );
    expect(await lesson.page.locator('.check .sign.wrong').count()).toBe(0);
    expect(await lesson.violations()).toEqual([]);
    const times = () => lesson.page.locator('.cell [role=status]').allInnerTexts();
    const before = await times();
    await lesson.page.getByRole('combobox', { name: '语言' }).selectOption('en');
    await lesson.page.getByRole('heading', { level: 2, name: CHINESE.english }).waitFor();
    expect(await cells.evaluateAll((sections) => sections.map(({ id }) => id))).toEqual(chinese);
    expect(await times()).toEqual(before);
    expect(await lesson.page.getByRole('heading', { name: CHINESE.lead }).count()).toBe(0);
  });

  it('leads from a link to the same step as in English', async () => {
    const lesson = await visit('the-gpt-2-model/?lang=zh&mode=step&step=batch');
    await lesson.page.getByText('第 ', { exact: false }).first().waitFor();
    await lesson.ran('batch');
    await lesson.page.keyboard.press('ArrowRight');
    await lesson.waitForStep('pieces');
    expect(linkIn(lesson.page).get('lang')).toBe('zh');
  });
});

describe('an exercise', () => {
  it('hides its solution until it is asked for', async () => {
    const lesson = await visit('understanding-gpt2/');
    await lesson.ran('exercise');
    expect(await lesson.out('solution').isVisible()).toBe(false);
    await lesson.page.getByText('Show the solution').click();
    await lesson.ran('solution');
    const [own, library] = (await lesson.out('solution').getByRole('row').allInnerTexts()).slice(1);
    expect(own.split('\t').slice(1)).toEqual(library.split('\t').slice(1));
  });
});

describe('reading a lesson', () => {
  it('follows the prompt and the layer, and says when there is nothing to compare with', async () => {
    const lesson = await visit('deep-dive/');
    await lesson.ran('allclose');
    await lesson.page.getByRole('textbox', { name: 'Prompt' }).fill('Once upon a time there was');
    await eventually(() => lesson.out('encoded_input').innerText()).toContain('7454');
    await lesson.page.getByLabel('layer', { exact: true }).selectOption('3');
    await eventually(() => lesson.out('allclose').innerText()).toContain('tensor(True)');
    expect(await lesson.cell('ln_1').innerText()).toContain('nothing to compare with');
    await lesson.page.getByRole('button', { name: 'Back to the source’s prompt' }).click();
    await eventually(() => lesson.out('encoded_input').innerText()).toContain('1212');
  });

  it('steps with the arrow keys, forward and back, and the link holds the step', async () => {
    const lesson = await visit('deep-dive/?mode=step');
    await lesson.page.getByText('Step 1 of').waitFor();
    await lesson.page.keyboard.press('ArrowRight');
    await lesson.waitForStep('tokens');
    await lesson.page.keyboard.press('ArrowRight');
    await lesson.waitForStep('encoded_input');
    await lesson.page.keyboard.press('ArrowLeft');
    await lesson.waitForStep('tokens');
    expect(await lesson.page.getByRole('region', { name: /^Cell \d+:/ }).count()).toBe(1);
    const prompt = lesson.page.getByRole('textbox', { name: 'Prompt' });
    await prompt.focus();
    await lesson.page.keyboard.press('ArrowRight');
    expect(await lesson.step()).toBe('tokens');
  });

  it('presents one step a screen, the next one peeking', async () => {
    const lesson = await visit('deep-dive/?mode=present&step=tokens', {
      viewport: { width: 1280, height: 800 }
    });
    await lesson.ran('tokens');
    await lesson.page.keyboard.press('ArrowRight');
    await lesson.waitForStep('encoded_input');
    const top = () =>
      lesson.page.locator('#encoded_input').evaluate((cell) => cell.getBoundingClientRect().top);
    await eventually(top).toBeLessThan(400);
    const size = await lesson.page
      .locator('.prose')
      .first()
      .evaluate((words) => parseFloat(getComputedStyle(words).fontSize));
    expect(size).toBeGreaterThanOrEqual(24);
  });

  it('brings a step out from under the bar, also where that takes two rows', async () => {
    const lesson = await visit('deep-dive/?mode=present&step=tokens', {
      viewport: { width: 1024, height: 768 }
    });
    await lesson.ran('tokens');
    await lesson.page.keyboard.press('ArrowRight');
    await lesson.waitForStep('encoded_input');
    const clearance = () =>
      lesson.page.evaluate(() => {
        const step = document.querySelector('.step:has(#encoded_input)')!;
        const bar = document.querySelector('.flow > .bar')!;
        return step.getBoundingClientRect().top - bar.getBoundingClientRect().bottom;
      });
    await eventually(clearance).toBeGreaterThan(-1);
    expect(await clearance()).toBeLessThan(1);
  });

  it('is at its first Run a few Tabs after the link that skips to the content', async () => {
    const lesson = await visit('deep-dive/');
    await lesson.ran('tokens');
    const { keyboard } = lesson.page;
    const focused = () => lesson.page.evaluate(() => document.activeElement!.textContent!.trim());
    await keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await keyboard.press('Enter');
    const isFirst = () =>
      lesson.button('tokens', 'Run').evaluate((button) => button === document.activeElement);
    for (let tabs = 1; tabs <= 5 && !(await isFirst()); tabs++) await keyboard.press('Tab');
    expect(await isFirst()).toBe(true);
  });

  it('presents from the step in view on, each picture on its first screen, and reads a long step to its end', async () => {
    const viewport = { width: 1280, height: 720 };
    const lesson = await visit('deep-dive/', { viewport });
    const { page } = lesson;
    await lesson.ran('ln_f'); // the last cell with a picture
    await page.locator('#attn_weights').evaluate((cell) => cell.scrollIntoView({ block: 'center' }));
    await page.getByText('Present', { exact: true }).click();
    await lesson.waitForStep('attn_weights');

    const status = () => page.getByText(/^Step \d+ of/).innerText();
    const { steps, begins, number } = await page.evaluate((cell) => {
      const all = [...document.querySelectorAll('[data-step]')];
      const covered = document.querySelector('.flow > .bar')!.getBoundingClientRect().height;
      const tops = all.map((step) => {
        const top = step.querySelector('.cell > .picture')?.getBoundingClientRect().top;
        return top === undefined ? [] : [covered + top - step.getBoundingClientRect().top];
      });
      const number = all.findIndex((step) => step.querySelector(cell)) + 1;
      return { steps: all.length, begins: tops.flat(), number };
    }, '#attn_weights');
    expect(begins.length).toBeGreaterThan(5);
    expect(Math.max(...begins)).toBeLessThan(viewport.height / 2);
    expect(await status()).toBe(`Step ${number} of ${steps}`);

    /** Px of the step below the window, and whether nothing of it lies over the bar. */
    const seen = () =>
      page.evaluate(() => {
        const bar = document.querySelector('.flow > .bar')!;
        const { left, right, bottom } = bar.getBoundingClientRect();
        const isOver = (x: number) => bar.contains(document.elementFromPoint(x, bottom - 4));
        const places = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => left + share * (right - left));
        const step = document.querySelector('[data-step]:has(#attn_weights)')!;
        return { below: step.getBoundingClientRect().bottom - innerHeight, isFree: places.every(isOver) };
      });
    for (let left = await seen(); left.below > 1;) {
      expect(await lesson.step()).toBe('attn_weights');
      await page.keyboard.press('PageDown');
      const before = left;
      await eventually(async () => (left = await seen()).below).toBeLessThan(before.below);
      expect(left.isFree).toBe(true);
    }
    await page.keyboard.press('PageDown');
    await lesson.waitForStep('attn_output_heads');
    await page.keyboard.press('ArrowLeft');
    await lesson.waitForStep('attn_weights');
    expect(await status()).toBe(`Step ${number} of ${steps}`);
  });

  it('enlarges a picture as a whole, and knows what the pointer is on in it', async () => {
    const lesson = await visit('deep-dive/?mode=present&step=attn_weights', {
      viewport: { width: 1440, height: 900 }
    });
    await lesson.ran('attn_weights');
    const picture = lesson.cell('attn_weights');
    const cells = picture.getByRole('button', { name: /^Cells of the map/ });
    expect(await cells.evaluate((element) => element.currentCSSZoom)).toBeCloseTo(1.3, 5);
    await cells.scrollIntoViewIfNeeded();
    const side = (await cells.boundingBox())!.width / 5; // of five tokens' map
    await cells.hover({ position: { x: 0.5 * side, y: 4.5 * side } });
    await eventually(() => picture.getByRole('tooltip').innerText()).toMatch(/^·sentence 4 → This 0\n/);
  });

  it('keeps an answer and shows the gap', async () => {
    const lesson = await visit('deep-dive/?mode=step&step=which_key');
    const question = lesson.page.locator('#which_key');
    await question.getByRole('button', { name: '0 This' }).click();
    const reveal = question.getByRole('button', { name: 'Reveal' });
    await eventually(() => reveal.isEnabled()).toBe(true);
    await reveal.click();
    expect(await question.innerText()).toMatch(/Your answer: 0 This\.[\s\S]*(Right|The model): /);
  });
});

describe('a link to a cell', () => {
  it.each(['deep-dive/#position_embeds', 'deep-dive/?v=1&layer=2#position_embeds'])(
    'scrolls to it, and keeps it in the address: %s',
    async (path) => {
      const lesson = await visit(path);
      await lesson.waitForStep('position_embeds');
      await eventually(async () => {
        const box = await lesson.cell('position_embeds').boundingBox();
        return box !== null && box.y > 0 && box.y < 720;
      }).toBe(true);
      expect(await lesson.page.getByText("The link's").count()).toBe(0);
    }
  );
});
