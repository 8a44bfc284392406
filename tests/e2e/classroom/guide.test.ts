import { describe, expect, it } from 'vitest';
import { overflow, violations } from '../explorer/page-checks.ts';
import { eventually, PATIENCE_MS } from '../page.ts';
import { useExplorer } from '../session.ts';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 }
];

describe('the guide', () => {
  const session = useExplorer({ query: '#view=flow', viewport: SIZES[0], offline: true });

  it(
    'is walked by the keyboard alone and without the internet, each step done when the learner did it',
    async () => {
      const { explorer } = session;
      const { page } = explorer;
      const guide = page
        .getByRole('region', { name: /./ })
        .filter({ has: page.getByRole('button', { name: 'Leave the guide' }) });
      const next = guide.getByRole('button', { name: /^(Next|Finish)$/ });
      const press = async (...keys: string[]) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const focus = async (
        name: RegExp | string,
        role: 'button' | 'slider' | 'radio' | 'spinbutton' = 'button'
      ) => page.getByRole(role, { name }).first().focus();

      await focus('Guide');
      await press('Enter');
      await guide.waitFor();

      const does: readonly (() => Promise<void>)[] = [
        async () => {
          await explorer.prompt.focus();
          await press('End');
          await page.keyboard.type(' again and again');
          await explorer.idle();
        },
        async () => {
          await explorer.chip(3).focus();
          await press('Enter');
        },
        async () => {
          await focus('Step back');
          await press('Enter');
        },
        async () => {
          await explorer.slider('temperature').focus();
          await press('ArrowRight');
        },
        async () => {
          await page.getByRole('radio', { name: /^head \d+\.\d+:/, checked: true }).focus();
          await press('ArrowRight');
        },
        async () => {
          await explorer.cells.focus();
          await press('ArrowLeft', 'Enter');
        },
        async () => {
          await page
            .getByRole('list', { name: 'Most active neurons' })
            .locator('button[tabindex="0"]')
            .focus();
          await press('Enter');
        },
        async () => {
          await page.getByRole('tabpanel').getByRole('radio', { checked: true }).first().focus();
          await press('ArrowRight');
        },
        async () => {
          await page.getByRole('button', { name: 'Add', exact: true }).focus();
          await press('Enter');
        },
        async () => {
          await page.getByRole('tabpanel').getByRole('button', { name: 'Step', exact: true }).focus();
          await press('Enter');
        }
      ];
      for (const [at, act] of does.entries()) {
        await eventually(() => guide.innerText()).toContain(`Step ${at + 1} of 10`);
        await eventually(() => explorer.link().get('guide')).toBe(String(at + 1));
        await explorer.idle();
        expect(await next.isDisabled(), `step ${at + 1} before`).toBe(true);
        await act();
        await eventually(async () => [at + 1, await next.isEnabled()]).toEqual([at + 1, true]);
        await next.focus();
        await press('Enter');
      }
      await guide.waitFor({ state: 'hidden' });
      await eventually(() => explorer.link().get('guide')).toBeNull();
    },
    4 * PATIENCE_MS
  );

  it.each(SIZES)(
    'covers nothing it speaks of, and passes axe-core, at $width × $height',
    async (viewport) => {
      const explorer = await session.open({ query: '#view=mlp&guide=5', viewport });
      const { page } = explorer;
      const title = page.getByRole('heading', { name: 'Heads', exact: true });
      await title.waitFor();
      await eventually(() => explorer.link().get('view')).toBe('attention'); // the step has put it right
      const how = page.getByRole('tabpanel').getByRole('button', { name: 'How to read this' }).first();
      expect(await how.getAttribute('aria-expanded')).toBe('true'); // in the guide from the start
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      const dock = (await page.locator('.guide').boundingBox())!;
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const bottom = async () => {
        const { y, height } = (await page.getByRole('main').boundingBox())!;
        return Math.round(y + height);
      };
      await eventually(bottom).toBeLessThanOrEqual(Math.ceil(dock.y) + 1);
      await page.getByRole('button', { name: 'Leave the guide' }).click();
      await eventually(() => explorer.link().get('guide')).toBeNull();
    }
  );
});
