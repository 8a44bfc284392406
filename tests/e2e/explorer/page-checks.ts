/** Checks that hold for every view: axe-core's rules, no overflow, a name for each picture, a way to it by keyboard. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type axe from 'axe-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAB_ROOM = 10; // presses more than there are stops: the browser's own frame takes some

/**
 * axe-core's serious and critical violations: rule, and the first places it is broken.
 *
 * @param without selectors of what is not looked at
 */
export async function violations(page: Page, without: string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (exclude) => {
    const { axe: tool } = window as unknown as { axe: typeof axe };
    const { violations: found } = await tool.run({ exclude }, { resultTypes: ['violations'] });
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => String(target))}`);
  }, without);
}

const SETTLED_MS = 700; // longer than the page rests before it says the memory in use

/** Waits until nothing more comes: what is computed after a view's first picture changes the page's length. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async (rest) => {
    for (let before = -1; before !== document.querySelectorAll('*').length;) {
      before = document.querySelectorAll('*').length;
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }, SETTLED_MS);

/** How many px the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Pictures that a screen reader meets without a name: neither an image with one, nor inside something named. */
export const namelessPictures = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('svg, canvas')]
      .filter((picture) => {
        if (picture.closest('[aria-hidden="true"]')) return false;
        const named = picture.closest(
          '[role="img"], [role="slider"], [role="radio"], [role="application"], button'
        );
        return !named?.getAttribute('aria-label')?.trim();
      })
      .map((picture) => picture.outerHTML.slice(0, 120))
  );

/**
 * Walks the page by Tab. Gives what the pointer can operate and the keyboard cannot: no Tab reaches it, and it is not
 * in a row, list or table whose arrow keys do.
 */
export async function unreached(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const reached = new Set<Element>();
    Object.assign(window, { reached });
    document.addEventListener('focusin', ({ target }) => reached.add(target as Element));
    (document.activeElement as HTMLElement | null)?.blur();
  });
  const stops = () =>
    page.evaluate(
      () => [...document.querySelectorAll<HTMLElement>('*')].filter((element) => element.tabIndex >= 0).length
    );
  // Counted anew each time: a view that is still being drawn gets more of them.
  for (let press = 0; press < (await stops()) + TAB_ROOM; press++) await page.keyboard.press('Tab');
  await page.evaluate(() => scrollTo(0, 0)); // the folded prompt's button is another test's
  await page.getByRole('button', { name: 'Edit prompt' }).waitFor({ state: 'hidden' });
  return page.evaluate(() => {
    const { reached } = window as unknown as { reached: Set<Element> };
    const composites = '[role="toolbar"], [role="radiogroup"], [role="tablist"], [role="grid"], ol, table';
    const operable = 'a[href], button, input, select, textarea, summary, [role="slider"], [tabindex="0"]';
    return [...document.querySelectorAll<HTMLElement>(operable)]
      .filter((element) => {
        if (element.matches(':disabled') || element.closest('[inert]')) return false;
        if (!element.checkVisibility({ visibilityProperty: true }) || reached.has(element)) return false;
        const row = element.closest(composites);
        return !row || ![...reached].some((stop) => row.contains(stop));
      })
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

/** What still moves: running animations, and transitions that take time. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const slow = [...document.querySelectorAll('*')].filter((element) =>
      getComputedStyle(element)
        .transitionDuration.split(', ')
        .some((duration) => parseFloat(duration) > 0)
    );
    const running = document.getAnimations().filter(({ playState }) => playState === 'running');
    return [...slow.map(({ outerHTML }) => outerHTML.slice(0, 120)), ...running.map(String)];
  });

/** Relative luminance (0 black, 1 white) of the page's ground, roughly. */
export const groundLightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d')!;
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  });
