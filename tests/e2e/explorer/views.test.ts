import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, TABS, type ExplorerPage, type Tab } from '../page.ts';
import { useExplorer } from '../session.ts';
import {
  groundLightness,
  moving,
  namelessPictures,
  overflow,
  settled,
  unreached,
  violations
} from './page-checks.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 }
];
const [DESKTOP, , PHONE] = SIZES;
const SCHEMES = ['light', 'dark'] as const;

const session = useExplorer();

/** Opens a view and waits until every value of it has been read from the worker. */
async function openView(explorer: ExplorerPage, tab: Tab): Promise<void> {
  await explorer.openTab(tab);
  const panel = explorer.page.getByRole('tabpanel');
  const waiting = panel.getByText(/Reading |Being computed|being computed|being read|not read yet/);
  await eventually(() => explorer.tab(tab).getAttribute('aria-selected')).toBe('true');
  await eventually(() => waiting.count()).toBe(0);
}

async function openAll(explorer: ExplorerPage): Promise<void> {
  const closed = explorer.page.locator('details:not([open]) > summary:not(.take-away summary)');
  while ((await closed.count()) > 0) await closed.first().click();
}

describe.each(SIZES)('at $width × $height', (viewport) => {
  describe.each(SCHEMES)('in %s', (colorScheme) => {
    it('is drawn in that scheme', async () => {
      const { page } = session.explorer;
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const theme = page.locator(`html[data-theme="${colorScheme}"]`);
      await eventually(() => theme.count()).toBe(1);
      const lightness = await groundLightness(page);
      expect(lightness > 0.5).toBe(colorScheme === 'light');
    });

    it.each(TABS)('%s passes axe-core, fits the width and names its pictures', async (tab) => {
      const { explorer } = session;
      const { page } = explorer;
      await openView(explorer, tab);
      if (tab === 'Why') await page.getByRole('radio', { name: 'Who wrote it' }).click(); // no edit yet: no picture
      const isList = tab === 'Flow' && viewport === PHONE; // there Flow is a list of steps
      const drawn = isList ? 'ol' : 'svg, canvas, [role=grid], [role=radiogroup]';
      const pictures = page.getByRole('tabpanel').locator(drawn);
      await eventually(() => pictures.count()).toBeGreaterThan(0);
      await eventually(() => violations(page)).toEqual([]); // colours change for a moment after a click
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await namelessPictures(page)).toEqual([]);
      expect(await page.getByRole('tabpanel').locator('details table').count()).toBeGreaterThan(0);
    });
  });
});

describe('the forms of a view that a tab does not open with', () => {
  const forms: [string, Tab, (explorer: ExplorerPage) => Promise<void>][] = [
    ['144 heads', 'Attention', (explorer) => explorer.radio('Heads shown', '144').click()],
    ['arcs', 'Attention', (explorer) => explorer.radio('Form', 'arcs').click()],
    ['masked scores', 'Attention', (explorer) => explorer.radio('Stage shown', 'masked').click()],
    ['a followed token', 'Logit lens', (explorer) => explorer.page.locator('[data-cell="12,13"]').click()],
    ['sampling changed', 'MLP', (explorer) => explorer.slider('temperature').fill('0.5')],
    ['a prompt that is too long', 'MLP', (explorer) => explorer.prompt.fill(' dog'.repeat(530))]
  ];

  it.each(forms)('%s passes axe-core and fits, dark and light, with every table open', async (_, tab, go) => {
    const explorer = await session.open({ viewport: DESKTOP });
    await openView(explorer, tab);
    await go(explorer);
    await openAll(explorer);
    for (const colorScheme of SCHEMES) {
      await explorer.page.emulateMedia({ colorScheme });
      await eventually(() => explorer.page.locator(`html[data-theme="${colorScheme}"]`).count()).toBe(1);
      expect(await violations(explorer.page)).toEqual([]);
      expect(await overflow(explorer.page)).toBeLessThanOrEqual(0);
      expect(await namelessPictures(explorer.page)).toEqual([]);
    }
  });
});

describe('by keyboard alone', () => {
  it.each(TABS)('everything of %s can be reached', async (tab) => {
    const { explorer } = session;
    await explorer.page.setViewportSize(DESKTOP);
    await openView(explorer, tab);
    await settled(explorer.page);
    expect(await unreached(explorer.page)).toEqual([]);
  });
});

describe('lists with one tab stop', () => {
  it('walk by arrow keys: neurons, and positions in the table of LayerNorm', async () => {
    const { explorer } = session;
    await openView(explorer, 'MLP');
    const neurons = explorer.page.getByRole('list', { name: 'Most active neurons' }).getByRole('button');
    await neurons.first().focus();
    await explorer.page.keyboard.press('ArrowDown');
    expect(await neurons.nth(1).evaluate((row) => row === document.activeElement)).toBe(true);
    await openView(explorer, 'LayerNorm');
    await explorer.chip(5).click();
    await explorer.page.locator('table [aria-label^="position 5:"]').focus();
    await explorer.page.keyboard.press('ArrowDown');
    await eventually(() => explorer.position()).toBe(6);
    await eventually(() => explorer.focusName()).toMatch(/^position 6:/);
  });
});

describe('with the system’s colours, and on paper', () => {
  const styleOf = (place: Locator, property: string) =>
    place.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

  /** Two colours side by side are told apart without colour, too. */
  async function hatchesMlp(page: Page): Promise<void> {
    const swatch = (name: string) => styleOf(page.locator(`.map .words .swatch.${name}`), 'background-image');
    expect(await swatch('mlp')).toContain('repeating-linear-gradient');
    expect(await swatch('attn')).toBe('none');
  }

  it('bars, cells, legends and what is chosen keep their colour under forced colours', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await page.setViewportSize(DESKTOP);
    await openView(explorer, 'Attention');
    await page.emulateMedia({ forcedColors: 'active' });
    const ground = await styleOf(page.locator('body'), 'background-color');
    const chosen = await styleOf(explorer.tab('Attention'), 'border-bottom-color');
    expect(chosen).not.toBe(await styleOf(explorer.tab('MLP'), 'border-bottom-color'));
    const marks = [
      page.locator('#prediction .track .bar').first(),
      page.locator('[data-cell="5,1"]'),
      page.locator('.legend .ramp').first()
    ];
    for (const mark of marks) {
      const [color, image] = [
        await styleOf(mark, 'background-color'),
        await styleOf(mark, 'background-image')
      ];
      expect(image !== 'none' || (color !== ground && color !== 'rgba(0, 0, 0, 0)'), String(mark)).toBe(true);
    }
    await hatchesMlp(page);
    await page.emulateMedia({ forcedColors: 'none' });
  });

  it('prints in light colours, with the prompt whole and nothing pinned', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await page.evaluate(() => scrollTo(0, 600));
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await eventually(() => page.locator('html[data-theme="light"]').count()).toBe(1);
    await eventually(() => page.getByRole('button', { name: 'Edit prompt' }).count()).toBe(0);
    expect(await styleOf(page.locator('[data-cell="5,1"]'), 'print-color-adjust')).toBe('exact');
    await hatchesMlp(page);
    expect(await page.getByRole('button', { name: 'Copy link' }).isVisible()).toBe(false);
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
  });

  it('marks what is below zero on paper and under forced colours, and only there', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await openView(explorer, 'Embeddings');
    const canvas = page.getByRole('tabpanel').locator('canvas').first();
    /** Pixels that have the colour of the text, as no cell does. */
    const lines = () =>
      canvas.evaluate((picture: HTMLCanvasElement) => {
        const { width, height } = picture;
        const copy = new OffscreenCanvas(width, height + 1).getContext('2d', { willReadFrequently: true })!;
        copy.drawImage(picture, 0, 0);
        copy.fillStyle = getComputedStyle(picture).getPropertyValue('--ink');
        copy.fillRect(0, height, width, 1);
        const { data } = copy.getImageData(0, 0, width, height);
        const [ink] = new Uint32Array(copy.getImageData(0, height, 1, 1).data.buffer);
        return new Uint32Array(data.buffer).filter((pixel) => pixel === ink).length;
      });
    const scale = page.getByRole('tabpanel').locator('.legend .below-zero').first();
    const COLOURLESS = [{ media: 'print' }, { forcedColors: 'active' }] as const;
    for (const colourless of COLOURLESS) {
      expect(await lines()).toBe(0);
      expect(await styleOf(scale, 'background-image')).toBe('none');
      await page.emulateMedia(colourless);
      await eventually(lines).toBeGreaterThan(100);
      expect(await styleOf(scale, 'background-image')).toContain('linear-gradient');
      await page.emulateMedia({ media: 'screen', forcedColors: 'none' });
      await eventually(lines).toBe(0);
    }
  });
});

describe('with reduced motion', () => {
  it('nothing moves', async () => {
    const { explorer } = session;
    await explorer.openTab('Attention');
    expect(await moving(explorer.page)).not.toEqual([]); // else the check below could not fail
    await explorer.page.emulateMedia({ reducedMotion: 'reduce' });
    for (const tab of TABS) {
      await openView(explorer, tab);
      expect(await moving(explorer.page), tab).toEqual([]);
    }
    await explorer.page.emulateMedia({ reducedMotion: 'no-preference' });
  });
});

const topOf = async (place: Locator) => (await place.boundingBox())!.y;

describe('where the page is scrolled', () => {
  it.each([...SIZES, { width: 800, height: 900 }])(
    'tabs and tokens stay at the top at $width px, and nothing else moves as they fold',
    async (size) => {
      const { explorer } = session;
      const { page } = explorer;
      await page.setViewportSize(size);
      await openView(explorer, 'LayerNorm');
      await page.evaluate(() => scrollTo(0, 0));
      await settled(page);
      const pageHeight = () => page.evaluate(() => document.documentElement.scrollHeight);
      const unfolded = await pageHeight();
      const title = page.getByRole('tabpanel').getByRole('heading', { level: 2 }).first();
      const below = (await topOf(title)) - 400;
      await page.evaluate(() => scrollTo(0, 400));
      await eventually(async () => Math.round(await topOf(explorer.tab('MLP')))).toBeLessThan(80);
      expect(await topOf(explorer.tab('MLP'))).toBeGreaterThan(30);
      const selected = explorer.chip(await explorer.position());
      expect(await topOf(selected)).toBeGreaterThanOrEqual(0);
      expect(await topOf(selected)).toBeLessThan(30);
      expect(Math.abs((await topOf(title)) - below)).toBeLessThan(8);
      expect(Math.abs((await pageHeight()) - unfolded)).toBeLessThan(8);
      expect(await violations(page)).toEqual([]);
    }
  );

  it('the folded prompt opens to be edited, over the view, and folds again', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await page.setViewportSize(DESKTOP);
    await page.evaluate(() => scrollTo(0, 0));
    await eventually(() => page.getByRole('button', { name: 'Edit prompt' }).count()).toBe(0);
    await page.evaluate(() => scrollTo(0, 600));
    await page.getByRole('button', { name: 'Edit prompt' }).waitFor();
    const scroll = await page.evaluate(() => scrollY);
    expect(scroll).toBeGreaterThan(300);
    await explorer.tab('LayerNorm').click();
    await page.keyboard.press('Shift+Tab');
    expect(await explorer.focusName()).toBe('Edit prompt');
    await page.keyboard.press('Enter');
    expect(await explorer.prompt.evaluate((field) => field === document.activeElement)).toBe(true);
    expect((await explorer.prompt.boundingBox())!.height).toBeGreaterThan(20);
    expect(await page.evaluate(() => scrollY)).toBe(scroll);
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('button', { name: 'Edit prompt' }).count()).toBe(1);
  });

  it.each(SIZES.slice(0, 2))(
    'both columns show their end at $width px, without scrolling inside',
    async (size) => {
      const { explorer } = session;
      const { page } = explorer;
      await page.setViewportSize(size);
      await openView(explorer, 'LayerNorm');
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const meter = page.getByRole('meter', { name: /^Activations kept/ });
      const box = (await meter.boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(size.height);
      const column = page.getByRole('complementary', { name: 'Prediction' });
      expect(await column.evaluate((element) => getComputedStyle(element).overflowY)).toBe('visible');
    }
  );
});

describe('on a phone', () => {
  it('the first screen holds the prompt, the tabs and the beginning of the picture', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await page.setViewportSize(PHONE);
    await openView(explorer, 'Attention');
    await page.evaluate(() => scrollTo(0, 0));
    expect(await topOf(explorer.chip(await explorer.position()))).toBeLessThan(80);
    expect(await topOf(explorer.tab('Attention'))).toBeLessThan(140);
    expect(await topOf(explorer.cells)).toBeLessThan(PHONE.height - 120);
  });

  it('the prediction stays in sight at the bottom, and takes a token there', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await page.setViewportSize(PHONE);
    await openView(explorer, 'Attention');
    await explorer.chip((await explorer.chips()).length - 1).click();
    const bar = page.getByRole('region', { name: 'Next token, in short' });
    for (const y of [0, 600, 1e6]) {
      await page.evaluate((top) => scrollTo(0, top), y);
      const box = (await bar.boundingBox())!;
      expect(box.y + box.height).toBeCloseTo(PHONE.height, 0);
      expect(box.width).toBeCloseTo(PHONE.width, 0);
    }
    const [first] = await explorer.bars();
    expect((await bar.innerText()).replaceAll(/\s+/g, ' ')).toContain(`${first.token} ${first.probability}`);
    await bar.getByRole('button', { name: 'Best' }).click();
    await eventually(() => explorer.count()).toBe('15 of 512 tokens');
    await explorer.idle();
    expect((await explorer.chips()).at(-1)?.label).toBe(first.token);
  });
});
