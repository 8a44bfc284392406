import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, linkIn, TABS, type ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';
import { overflow, violations } from './page-checks.ts';
import { untranslated } from './untranslated.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 }
];
const DECODE = TABS.indexOf('Decode');
const DECODE_PARTS = 4;
/** A word of the Chinese file alone. */
const CHINESE = '复制链接';

const session = useExplorer();

const choice = (page: Page) => page.getByRole('combobox', { name: /^(Language|语言)$/ });
const spoken = (page: Page) => page.evaluate(() => document.documentElement.lang);

async function choose(page: Page, code: 'en' | 'zh'): Promise<void> {
  if (!(await choice(page).isVisible())) await page.getByRole('button', { name: /^(Menu|菜单)$/ }).click();
  await choice(page).selectOption(code);
  await eventually(() => spoken(page)).toBe(code === 'zh' ? 'zh-Hans' : 'en');
}

/** What a switch of language may not change: prompt, tokens, selection, open tables and the numbers in them, link. */
async function kept({ page, prompt }: ExplorerPage) {
  const link = linkIn(page);
  link.delete('lang');
  const rest = await page.evaluate(() => ({
    tokens: [...document.querySelectorAll('.token')].map(({ textContent }) => textContent),
    pressed: [...document.querySelectorAll('[aria-pressed=true] .token')].map(
      ({ textContent }) => textContent
    ),
    tables: document.querySelectorAll('details[open] table').length,
    numbers: [...document.querySelectorAll('details[open] td')]
      .map(({ textContent }) => textContent)
      .filter((text) => /^[−\d.,]+( %)?$/.test(text))
  }));
  return { prompt: await prompt.inputValue(), link: [...link], ...rest };
}

async function openAll(page: Page): Promise<void> {
  const closed = page.locator('details:not([open]) > summary:not(.take-away summary)');
  while ((await closed.count()) > 0) await closed.first().click();
}

describe('switching the language', () => {
  it('says everything else and keeps prompt, selection, open tables and results', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await explorer.openTab('MLP');
    await explorer.write('The cat sat on the mat');
    await explorer.chip(3).click();
    await explorer.table('The most likely next tokens');
    await openAll(page);
    await eventually(() => page.getByText('Being computed').count()).toBe(0);
    await eventually(() => explorer.link().get('position')).toBe('3');
    await eventually(() => explorer.link().get('tables')).toBe('next.map.neurons'); // the last one is told a moment later
    const before = await kept(explorer);
    expect(before.numbers.length).toBeGreaterThan(20);

    await choose(page, 'zh');
    await eventually(() => explorer.link().get('lang')).toBe('zh');
    expect(await page.getByRole('tab', { name: '注意力', exact: true }).count()).toBe(1);
    const { prompt } = explorer;
    const inChinese = { page, prompt: page.getByRole('textbox', { name: '提示词' }) } as ExplorerPage;
    expect(await kept(inChinese)).toEqual(before);
    expect(await page.getByRole('main').getAttribute('aria-busy')).toBe('false'); // nothing was run again

    await choose(page, 'en');
    await eventually(() => explorer.link().get('lang')).toBe('en');
    expect(await kept({ page, prompt } as ExplorerPage)).toEqual(before);
  });

  it('changes what is already said about a link', async () => {
    const { page } = await session.open({ query: '?head=40' });
    const notice = page.getByRole('status').getByRole('listitem');
    await eventually(() => notice.innerText()).toMatch(/^The link's head 40 does not exist here/);
    await choose(page, 'zh');
    expect(await notice.innerText()).toBe('链接中的 head 40 在这里不存在（0 到 11）；现按默认显示。');
  });

  it('says so where the Chinese words cannot be fetched, stays English, and gets them when asked again', async () => {
    const explorer = await session.open({ serviceWorkers: 'block' });
    const { page } = explorer;
    let isCut = true;
    await page.route('**/_app/immutable/**/*.js*', async (route) => {
      const response = await route.fetch();
      const isChinese = (await response.text()).includes(CHINESE);
      await (isChinese && isCut ? route.abort() : route.fulfill({ response }));
    });
    await choice(page).selectOption('zh');
    const problem = page.getByRole('status').filter({ hasText: 'Chinese could not be fetched' });
    await eventually(() => problem.count()).toBe(1);
    expect([await spoken(page), await choice(page).inputValue()]).toEqual(['en', 'en']);
    expect(await page.getByRole('button', { name: 'Copy link' }).count()).toBe(1);
    expect(explorer.link().has('lang')).toBe(false);
    expect(explorer.complaints.splice(0)).toEqual(['error: Failed to load resource: net::ERR_FAILED']);
    isCut = false;
    await choose(page, 'zh');
    expect(await problem.count()).toBe(0);
  });
});

describe('a link with lang', () => {
  it('opens in Chinese, whatever the browser speaks, and names a language it does not know', async () => {
    const { page } = await session.open({ query: '?lang=zh&view=mlp', locale: 'en-GB' });
    expect(await spoken(page)).toBe('zh-Hans');
    expect(await choice(page).inputValue()).toBe('zh');
    const other = await session.open({ query: '?lang=xx' });
    expect(await spoken(other.page)).toBe('en');
    const said = other.page.getByText("The link's lang should be one of en, zh; the usual one is shown.");
    expect(await said.count()).toBe(1);
  });

  it('is not needed where the browser asks for Chinese', async () => {
    const { page } = await session.open({ locale: 'zh-CN' });
    expect(await spoken(page)).toBe('zh-Hans');
    expect(linkIn(page).has('lang')).toBe(false);
  });
});

describe.each(SIZES)('in Chinese at $width × $height', (viewport) => {
  const views = [
    ...TABS.map((tab, i) => [tab, i, 0] as const).filter(([tab]) => tab !== 'Decode'),
    ...Array.from({ length: DECODE_PARTS }, (_, part) => [`Decode ${part}`, DECODE, part] as const)
  ];
  it.each(views)('%s fits, passes axe-core and says nothing in English', async (_, tab, part) => {
    const { page } = session.explorer;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce' }); // a colour on its way to another has no contrast of its own
    await choose(page, 'zh');
    await page.getByRole('tab').nth(tab).click();
    await eventually(() => page.getByRole('tab').nth(tab).getAttribute('aria-selected')).toBe('true');
    if (tab === DECODE) {
      const parts = page.getByRole('tabpanel').getByRole('radiogroup').first();
      await parts.getByRole('radio').nth(part).click();
    }
    await eventually(() =>
      page
        .getByRole('tabpanel')
        .getByText(/正在计算|正在读取|尚未/)
        .count()
    ).toBe(0);
    await openAll(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    expect(await untranslated(page)).toEqual([]);
  });
});
