import { readFile } from 'node:fs/promises';
import { csvParseRows } from 'd3';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../models/tiny-folder.ts';
import { eventually, TABS, type ExplorerPage, type Tab } from '../page.ts';
import { useExplorer } from '../session.ts';

/** Presses one entry of a picture's menu, and reads the file that the browser saves. */
async function taken(
  { page }: ExplorerPage,
  menu: number,
  entry: RegExp
): Promise<{ name: string; bytes: Buffer }> {
  const away = page.getByRole('tabpanel').locator('.take-away').nth(menu);
  await away.locator('summary').click();
  const download = page.waitForEvent('download');
  await away.getByRole('button', { name: entry }).first().click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/**
 * Parses an SVG as a browser opens the file, by itself: its texts, those outside its box, and whether it is well
 * formed. The page's own policy would refuse the style element with the fonts.
 */
async function readSvg({ page }: ExplorerPage, text: string) {
  const blank = await page.context().newPage();
  const read = await blank.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    const svg = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
    document.body.append(svg);
    const box = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map((each) => ({
      text: each.textContent ?? '',
      inside:
        each.getBoundingClientRect().right <= box.right + 1 && each.getBoundingClientRect().top >= box.top - 1
    }));
    svg.remove();
    return {
      errors: parsed.querySelectorAll('parsererror').length,
      texts: texts.map(({ text: each }) => each),
      outside: texts.filter(({ inside }) => !inside).map(({ text: each }) => each)
    };
  }, text);
  await blank.close();
  return read;
}

/** Decodes a PNG in the browser: its size, and how many colours it has. */
function readPng({ page }: ExplorerPage, bytes: Buffer) {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    return { width: image.width, colours: new Set(pixels).size, corner: pixels[0] };
  }, bytes.toString('base64'));
}

/** The rows of a table that the page draws, by their place among all. */
async function rowsDrawn({ page }: ExplorerPage, caption: string): Promise<[number, string[]][]> {
  const details = page
    .getByRole('tabpanel')
    .locator('details', { has: page.locator('caption').getByText(caption, { exact: false }) })
    .first();
  const isOpen = (await details.getAttribute('open')) !== null;
  if (!isOpen) await details.locator('summary').first().click();
  const rows = details.locator('tr[aria-rowindex]');
  await eventually(() => rows.count()).toBeGreaterThan(0);
  const drawn = await rows.evaluateAll((all) =>
    all.map((row): [number, string[]] => [
      Number(row.getAttribute('aria-rowindex')) - 2,
      [...row.querySelectorAll('td')].map((cell) => cell.textContent)
    ])
  );
  if (!isOpen) await details.locator('summary').first().click();
  await page.evaluate(() => scrollTo(0, 0)); // the prompt folds where the page is scrolled
  return drawn;
}

/** What the page writes of a value: the value itself, or a number to 4 digits. */
function isWritten(text: string, value: string): boolean {
  const [written, number] = [text.replaceAll('−', '-').replaceAll(',', ''), Number(value)];
  return text === value || Math.abs(Number(written) - number) <= 5e-4 * Math.abs(number);
}

/** Views of several pictures, each with its own menu. */
const MANY_PICTURES: readonly Tab[] = ['Residual stream', 'Heads'];

/** A small model, so that each view of many tokens is there soon: bands, canvases, lists of which only a window is drawn. */
const LONG = {
  query: `#v=2&model=tiny&prompt=${'dogran'.repeat(50)}`, // a letter is a token
  models: [{ name: 'tiny', files: makeFolder({ config: { n_ctx: 512 } }), n_ctx: 512 }]
};

describe.each([
  ['14 tokens, light', { colorScheme: 'light' as const }],
  ['300 tokens, dark', { colorScheme: 'dark' as const, ...LONG }]
])('the menu of every picture, %s', (_, options) => {
  const session = useExplorer({ ...options, viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const isLong = 'models' in options;

  it.each(TABS)('%s saves as SVG, PNG, CSV and JSON that open again', async (tab: Tab) => {
    const { explorer } = session;
    await explorer.openPicture(tab);
    await explorer.idle();
    await explorer.page.getByText('Show as table').first().waitFor();
    await eventually(() => explorer.page.getByRole('tabpanel').innerText()).not.toMatch(
      /being (computed|read)/
    );

    const svg = await taken(explorer, 0, /SVG/);
    expect(svg.name).toMatch(/\.svg$/);
    const title = (await explorer.title()).split(' ')[0];
    const { errors, texts, outside } = await readSvg(explorer, svg.bytes.toString('utf8'));
    expect(errors).toBe(0);
    expect(texts.join(' ')).toContain(title);
    expect(texts.at(-1)).toMatch(/^http/);
    expect(outside).toEqual([]);

    if (MANY_PICTURES.includes(tab)) {
      const menus = explorer.page.getByRole('tabpanel').locator('.take-away');
      await eventually(() => menus.count()).toBeGreaterThan(1);
      const others = await menus.count();
      for (let menu = 1; menu < others; menu++) {
        const other = await readSvg(explorer, (await taken(explorer, menu, /SVG/)).bytes.toString('utf8'));
        expect([other.errors, other.outside]).toEqual([0, []]);
        expect(other.texts.at(-1)).toMatch(/^http/);
      }
    }

    const png = await readPng(explorer, (await taken(explorer, 0, /PNG/)).bytes);
    expect(png.width).toBeGreaterThan(600);
    expect(png.colours).toBeGreaterThan(20);

    const json = JSON.parse((await taken(explorer, 0, /JSON/)).bytes.toString('utf8')) as {
      tables: { caption: string; columns: string[]; rows: (string | number)[][] }[];
    };
    const [columns, ...rows] = csvParseRows((await taken(explorer, 0, /CSV/)).bytes.toString('utf8'));
    const [{ caption, ...table }] = json.tables;
    expect(columns).toEqual(table.columns);
    expect(rows).toEqual(table.rows.map((row) => row.map(String)));
    const differing = (await rowsDrawn(explorer, caption)).flatMap(([at, texts]) =>
      texts.filter((text, column) => !isWritten(text, rows[at][column]))
    );
    expect(differing).toEqual([]);
  });

  it.skipIf(isLong)("the colours of the prompt's tokens are copied as Python", async () => {
    const { page } = session.explorer;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByLabel('Colour tokens by').selectOption('gradient × input');
    const away = page.getByRole('region', { name: 'Prompt', exact: true }).locator('.take-away');
    await away.locator('summary').click();
    await away.getByRole('button', { name: 'as Python (transformers)' }).click();
    await away.getByText('Code copied').waitFor();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    expect(code).toContain('GPT2LMHeadModel.from_pretrained');
    expect(code).toContain('torch.autograd.grad');
  });
});
