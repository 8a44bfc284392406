import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../browser.ts';
import { eventually } from '../page.ts';
import { KeptSite } from '../kept-site.ts';
import { LESSONS, LessonPage } from './lesson-page.ts';

/** Twice all cells, and six walks, on a busy machine. */
const LONG_MS = 300_000;
const LARGE = { width: 1280, height: 720 };
const MIDDLE = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };
const SIZES = [LARGE, MIDDLE, PHONE];
type Size = typeof LARGE;

const site = new KeptSite();
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
  // a touch screen has the largest controls at each size
  await site.keep(browser, { viewport: LARGE, isMobile: true, hasTouch: true });
});
afterAll(async () => {
  await site.close();
  await browser.close();
});

/** The whole lesson fits at each size, without an accessibility fault at those that are named. */
async function fits(lesson: LessonPage, ...audited: Size[]): Promise<void> {
  for (const viewport of SIZES) {
    await lesson.page.setViewportSize(viewport);
    await eventually(() => lesson.overflow()).toBe(0);
    if (audited.includes(viewport)) expect(await lesson.violations()).toEqual([]);
  }
  await lesson.page.setViewportSize(LARGE);
}

/**
 * Through all steps at each size, forward, back, and forward again.
 *
 * @param key comes from the focus to the choice of how the lesson is shown
 */
async function walks(lesson: LessonPage, steps: number, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  await lesson.show('step', key);
  await lesson.reach(lesson.page.getByRole('button', { name: /→$/ }), 'Tab');
  await lesson.toFirst();
  for (const [i, viewport] of SIZES.entries()) {
    await lesson.page.setViewportSize(viewport);
    await lesson.walk(steps, i % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
  }
  await lesson.page.setViewportSize(LARGE);
  await lesson.show('read', 'Shift+Tab');
}

describe.each(LESSONS)('the lesson %s without the internet', (name) => {
  it(
    'runs, fits and is walked by the keyboard at three sizes in both languages',
    { timeout: LONG_MS },
    async () => {
      const { page, complaints } = await site.open(`/lessons/${name}/?lang=en`);
      const lesson = new LessonPage(page, complaints);
      expect(await lesson.wrongCells()).toEqual([]);
      const steps = await page.locator('[data-step]').count();
      await fits(lesson, LARGE, PHONE);
      await walks(lesson, steps, 'Tab');
      await lesson.speakChinese();
      await lesson.restart();
      expect(await lesson.wrongCells()).toEqual([]);
      await fits(lesson, MIDDLE);
      await walks(lesson, steps, 'Shift+Tab');
      await page.close();
      expect(complaints, 'the console and the requests').toEqual([]);
      expect(await site.reports(), 'reports against the Content-Security-Policy').toEqual([]);
    }
  );
});

describe('the server', () => {
  it('was asked for nothing of it: the browser alone looks for a newer version', () => {
    expect(site.asked.filter((path) => path !== '/service-worker.js')).toEqual([]);
  });
});
