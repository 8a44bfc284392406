import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually, linkIn, type ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';

const { rows, last } = JSON.parse(readFileSync('tests/fixtures/contributions.json', 'utf8')) as {
  rows: { position: number; own: number[]; shares: number[][] }[];
  /** Of the last row: norms and the logit lens, by depth. */
  last: { resid: number[]; mlp_out: number[]; best: number[]; probability: number[] };
};
const LAST = rows[rows.length - 1];
const N_LAYER = 12;
const FLOW = '?v=1&view=flow';

const picture = ({ page }: ExplorerPage) => page.getByRole('application', { name: /^Flow:/ });
const sentence = ({ page }: ExplorerPage) => page.getByRole('tabpanel').getByRole('heading', { level: 2 });
const card = ({ page }: ExplorerPage) => page.locator('#flow-card');
const linkCount = (explorer: ExplorerPage) => picture(explorer).locator('path.link').count();
const isDrawn = (explorer: ExplorerPage) => eventually(() => linkCount(explorer)).toBeGreaterThan(0);
/** Links of the last row from earlier positions with at least this share, by the NumPy pass. */
const expected = (threshold: number) =>
  LAST.shares.flatMap((layer) => layer.slice(0, -1)).filter((share) => share >= threshold).length;

/** What the last row is made of, by the NumPy pass's shares, each block as one matrix: shares of the embeddings, and links. */
function followedBack(threshold: number): { origins: number[]; count: number } {
  let passed: number[] = rows.map((_, at) => (at === rows.length - 1 ? 1 : 0));
  let count = 0;
  for (let layer = N_LAYER - 1; layer >= 0; layer--) {
    const before: number[] = rows.map(() => 0);
    rows.forEach(({ own, shares }, target) => {
      before[target] += passed[target] * own[layer];
      shares[layer].forEach((share, source) => {
        before[source] += passed[target] * share;
        if (source < target && passed[target] * share >= threshold) count += 1;
      });
    });
    passed = before;
  }
  return { origins: passed, count };
}

describe('Flow', () => {
  const session = useExplorer({ query: FLOW, viewport: { width: 1440, height: 900 } });

  it('draws the links of the selected row that a NumPy pass finds, and follows the threshold', async () => {
    const { explorer } = session;
    await isDrawn(explorer);
    expect(await linkCount(explorer)).toBe(expected(0.02));
    const slider = explorer.page.getByRole('slider', { name: 'show links of at least' });
    await slider.fill('0.05');
    await eventually(() => linkCount(explorer)).toBe(expected(0.05));
    await slider.fill('0.02');
  });

  it('says what happens on the row, and what one step does', async () => {
    const { explorer } = session;
    await eventually(() => sentence(explorer).innerText()).toMatch(
      /^At ·to, blocks 5 to 8 read mostly from ·John, blocks 9 to 11 from ·Mary; from block 9 on the best next token is ·Mary/
    );
    await explorer.page.getByRole('button', { name: 'Step forward' }).click();
    await eventually(() => sentence(explorer).innerText()).toMatch(/^Embeddings: ·to begins as/);
    await explorer.page.getByRole('button', { name: 'Step forward' }).click();
    await eventually(() => sentence(explorer).innerText()).toMatch(/^Block 0: attention reads/);
    await explorer.page.getByRole('button', { name: 'Show all blocks' }).click();
  });

  it('is walked by arrow keys: the card names the share of the link', async () => {
    const { explorer } = session;
    await picture(explorer).focus();
    for (let block = 0; block <= 10; block++) await explorer.page.keyboard.press('ArrowRight');
    await eventually(() => card(explorer).innerText()).toMatch(/Block 10: ·to reads from ·Mary/);
    const { y, height } = (await card(explorer).boundingBox())!;
    expect(y >= 0 && y + height <= 900).toBe(true);
    expect(await card(explorer).innerText()).toContain(`${(100 * LAST.shares[10][1]).toFixed(1)} %`);
    expect(await card(explorer).innerText()).toContain(`${(100 * LAST.own[10]).toFixed(1)} %`);
  });

  it('has on its cards the norms and the lens of a NumPy pass: tick, stream and lens token of a block', async () => {
    const { explorer } = session;
    const links = LAST.shares[10].slice(0, -1).filter((share) => share >= 0.02).length;
    for (let link = 0; link < links; link++) await explorer.page.keyboard.press('ArrowDown');
    const numberOf = async (name: string) =>
      Number(new RegExp(`${name}\\s+([\\d.]+)`).exec(await card(explorer).innerText())?.[1]);
    await eventually(() => card(explorer).innerText()).toMatch(/Block 10: the MLP adds to ·to/);
    expect((await numberOf('norm of mlp_out')) / last.mlp_out[10]).toBeCloseTo(1, 2);
    const ratio = last.mlp_out[10] / last.resid[10];
    expect((await numberOf('times the stream before the block')) / ratio).toBeCloseTo(1, 2);
    await explorer.page.keyboard.press('ArrowDown');
    await eventually(() => card(explorer).innerText()).toMatch(/Residual stream of ·to, after block 10/);
    expect((await numberOf('norm ‖x‖')) / last.resid[11]).toBeCloseTo(1, 2);
    await explorer.page.keyboard.press('ArrowDown');
    await eventually(() => card(explorer).innerText()).toMatch(/Logit lens of ·to, after block 10/);
    expect((await numberOf('probability')) / (100 * last.probability[11])).toBeCloseTo(1, 2);
  });

  it('follows the row back through all rows, as a NumPy pass does', async () => {
    const { explorer } = session;
    const { origins, count } = followedBack(0.02);
    await explorer.page.getByRole('radio', { name: 'followed back' }).click();
    await eventually(() => linkCount(explorer)).toBe(count);
    await eventually(() => linkIn(explorer.page).get('rows')).toBe('back');
    const most = Math.max(...origins);
    expect(await sentence(explorer).innerText()).toContain(
      `(position ${origins.indexOf(most)}: ${(100 * most).toFixed(1)} %)`
    );
    await picture(explorer).focus();
    await explorer.page.keyboard.press('End');
    await eventually(() => card(explorer).innerText()).toMatch(/of the end of the row followed back\s+100 %/);
  });

  it('lets keys walk the links of the other rows', async () => {
    const { explorer } = session;
    await explorer.page.getByRole('radio', { name: 'all rows' }).click();
    await eventually(() => linkCount(explorer)).toBeGreaterThan(expected(0.02) + 20);
    await picture(explorer).focus();
    await explorer.page.keyboard.press('Home');
    for (let block = 0; block <= 11; block++) await explorer.page.keyboard.press('ArrowRight');
    const { shares } = rows[9]; // ·John, the second time
    for (let row = 13; row > 9; row--) await explorer.page.keyboard.press('PageUp');
    await eventually(() => card(explorer).innerText()).toMatch(/Block 11: ·John reads from ·and/);
    const most = Math.max(...shares[11].slice(0, -1));
    expect(await card(explorer).innerText()).toContain(`${(100 * most).toFixed(1)} %`);
    await explorer.page.getByRole('radio', { name: 'this row' }).click();
    await picture(explorer).focus();
    await explorer.page.keyboard.press('Home');
    for (let row = 9; row < 13; row++) await explorer.page.keyboard.press('PageDown');
    for (let block = 0; block <= 10; block++) await explorer.page.keyboard.press('ArrowRight');
  });

  it('opens a block in place by Enter, keeps prompt and prediction in sight, and closes by Escape', async () => {
    const { explorer } = session;
    await explorer.page.keyboard.press('Enter');
    const heads = explorer.page.getByRole('radiogroup', { name: 'Heads of block 10' });
    await heads.waitFor();
    expect(await picture(explorer).locator('text.head').count()).toBe(N_LAYER + 1); // all columns but its own
    const columns = picture(explorer).locator('text.head');
    for (const part of [
      explorer.prompt,
      explorer.prediction.locator('.bar').first(),
      columns.first(),
      columns.last()
    ]) {
      const { x, y, width, height } = (await part.boundingBox())!;
      expect(x >= 0 && y >= 0 && x + width <= 1440 && y + height <= 900).toBe(true);
    }
    expect(await linkCount(explorer)).toBe(
      expected(0.02) - LAST.shares[10].slice(0, -1).filter((share) => share >= 0.02).length
    );
    await explorer.page.getByRole('radio', { name: 'MLP', exact: true }).click();
    const onRows = explorer.page.getByRole('img', { name: /^Block 10: ‖mlp_out‖: When / });
    await onRows.waitFor(); // what the MLP adds, on the picture's own rows
    const selectedBar = await onRows.locator('rect.on').first().boundingBox();
    const selectedRow = await picture(explorer).locator('rect.selected').boundingBox();
    expect(selectedBar!.y).toBeGreaterThan(selectedRow!.y);
    expect(selectedBar!.y + selectedBar!.height).toBeLessThan(selectedRow!.y + selectedRow!.height);
    await explorer.page
      .getByRole('heading', { name: /neurons/i })
      .first()
      .waitFor();
    await explorer.page.keyboard.press('Escape');
    await eventually(() => linkCount(explorer)).toBe(expected(0.02));
  });

  it('has the block’s numbers as a table', async () => {
    const { explorer } = session;
    await explorer.page.getByRole('tabpanel').getByText('Show as table').first().click();
    const table = explorer.page.getByRole('region', { name: /^What each block brings/ });
    await eventually(() => table.getByRole('row').count()).toBe(N_LAYER + 1);
  });

  it('has a presenter’s view: one picture, keys for the depth and the tabs, and a link to it', async () => {
    const { page } = session.explorer;
    await page.getByRole('button', { name: 'Present' }).click();
    await eventually(() => linkIn(page).get('present')).toBe('1');
    await eventually(() => linkCount(session.explorer)).toBe(expected(0.03)); // fewer
    const width = await picture(session.explorer).evaluate((svg) => svg.getBoundingClientRect().width);
    expect(width).toBeGreaterThan(1300);
    for (const [key, text] of [
      ['ArrowRight', /^Embeddings: /],
      ['ArrowRight', /^Block 0: /],
      ['ArrowLeft', /^Embeddings: /],
      ['Home', /^At ·to, /]
    ] as const) {
      await page.keyboard.press(key);
      await eventually(() => sentence(session.explorer).innerText()).toMatch(text);
    }
    await page.keyboard.press('PageDown');
    await page.getByRole('heading', { name: /^Embeddings/ }).waitFor();
    await page.keyboard.press('f');
    await isDrawn(session.explorer);
    await page.keyboard.press('Escape');
    await eventually(() => linkIn(page).get('present')).toBe(null);
    await eventually(() => linkCount(session.explorer)).toBe(expected(0.02));
  });

  it('leads from each part to the view about it, and back by one click', async () => {
    const { explorer } = session;
    for (const [name, tab] of [
      [/^residual stream/, 'Residual stream'],
      [/^attention: reads from/, 'Attention'],
      [/^MLP: adds/, 'MLP'],
      [/^logit lens/, 'Logit lens'],
      [/^Q · K · V/, 'Q · K · V'],
      [/^Heads/, 'Heads'],
      [/^Weights/, 'Weights'],
      [/^Why/, 'Why'],
      [/^Decode/, 'Decode']
    ] as const) {
      await explorer.page.getByRole('group', { name: 'Legend' }).getByRole('button', { name }).click();
      await eventually(() => explorer.tab(tab).getAttribute('aria-selected')).toBe('true');
      await explorer.openTab('Flow');
      await isDrawn(explorer);
    }
    const box = (await picture(explorer).boundingBox())!;
    await explorer.page.mouse.click(box.x + 140, box.y + 20); // the column head "embed"
    await eventually(() => explorer.tab('Embeddings').getAttribute('aria-selected')).toBe('true');
    await explorer.openTab('Flow');
    await isDrawn(explorer);
  });

  it('offers log bars where one token has nearly everything', async () => {
    const { page } = session.explorer;
    const second = page.locator('#prediction .bar').nth(1);
    const length = () => second.evaluate((bar) => bar.getBoundingClientRect().width);
    expect(await length()).toBeLessThan(2);
    await page.getByRole('radio', { name: 'log bars' }).click();
    await eventually(length).toBeGreaterThan(10);
    await page.getByRole('radio', { name: 'linear bars' }).click();
  });

  it('is whole on paper and under forced colours', async () => {
    const { page } = session.explorer;
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 1020, height: 700 }); // A4 at landscape, between its margins
    const inside = await picture(session.explorer).evaluate(
      (svg) => svg.getBoundingClientRect().right <= svg.closest('main')!.getBoundingClientRect().right
    );
    expect(inside).toBe(true);
    expect(await page.getByRole('tab').filter({ visible: true }).allInnerTexts()).toEqual(['Flow']);
    await page.emulateMedia({ media: null, forcedColors: 'active' });
    await page.setViewportSize({ width: 1440, height: 900 });
    const tick = picture(session.explorer).locator('.tick.on').first();
    const [fill, stroke] = await tick.evaluate((rect) => {
      const style = getComputedStyle(rect);
      return [style.fill, style.stroke];
    });
    expect(stroke).toMatch(/^rgb/);
    expect(stroke).not.toBe(fill);
    await page.emulateMedia({ forcedColors: null });
  });

  it('is kept in the link with all that changes it', async () => {
    const { explorer } = session;
    const query = `${FLOW}&links=0.05&upto=6&open=3&part=qkv&rows=all`;
    const other = await session.open({ query, viewport: { width: 1440, height: 900 } });
    await other.page.getByRole('radio', { name: 'Q · K · V' }).waitFor();
    expect(await other.page.getByRole('slider', { name: 'show links of at least' }).inputValue()).toBe(
      '0.05'
    );
    expect(await other.page.getByRole('radio', { name: 'all rows' }).isChecked()).toBe(true);
    await isDrawn(explorer);
  });
});

describe('Flow, B − A', () => {
  const session = useExplorer({
    query: '#v=2&view=flow&edits=zero:z.10.5&shown=diff',
    viewport: { width: 1440, height: 900 }
  });
  const difference = () => session.explorer.page.getByRole('application', { name: /^Flow, B minus A/ });

  it('draws what a row reads less of without a head, signed, with its sentence, card and table', async () => {
    const { explorer } = session;
    await difference().waitFor();
    await eventually(() => sentence(explorer).innerText()).toMatch(
      /^At ·to, in B beside A, block 10 reads \S+ % less of the row from ·Mary/
    );
    expect(await difference().locator('path.link.dashed').count()).toBeGreaterThan(0);
    await difference().focus();
    for (let block = 0; block <= 10; block++) await explorer.page.keyboard.press('ArrowRight');
    await eventually(() => card(explorer).innerText()).toMatch(/Block 10: ·to reads from ·Mary/);
    const inA = (100 * LAST.shares[10][1]).toFixed(1);
    expect(await card(explorer).innerText()).toMatch(new RegExp(`${inA} %\\s+\\S+ %\\s+−`));
    const table = explorer.page.getByRole('region', { name: /in A and in B$/ });
    await explorer.page.getByRole('tabpanel').getByText('Show as table').first().click();
    await eventually(() => table.getByRole('row').count()).toBe(N_LAYER + 1);
  });

  it('is a list on a phone, with whole tokens and nothing cut off', async () => {
    const { page } = session.explorer;
    await page.setViewportSize({ width: 390, height: 844 });
    const depth = page.getByRole('tabpanel').getByRole('list').first().locator('> li').nth(11);
    await eventually(() => depth.innerText()).toMatch(
      /^Block 10\s+reads from\s+·Mary\s+−\S+ pp · 10\.\d+[^]*A\s+·Mary\s+B\s+·Mary$/
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('draws B alone in a colour of its own, which the legend names', async () => {
    const { page } = session.explorer;
    await page.getByRole('radio', { name: 'B', exact: true }).click();
    await picture(session.explorer).waitFor();
    const fill = () =>
      picture(session.explorer)
        .locator('.stream.on')
        .evaluate((path) => getComputedStyle(path).fill);
    const ofB = await fill();
    await page.getByRole('group', { name: 'Legend' }).getByText('residual stream of run B').waitFor();
    await page.getByRole('radio', { name: 'A', exact: true }).click();
    await page
      .getByRole('group', { name: 'Legend' })
      .getByText(/^residual stream ›/)
      .waitFor();
    expect(await fill()).not.toBe(ofB);
  });
});

describe('Flow of prompts of other lengths', () => {
  const session = useExplorer({ query: FLOW, viewport: { width: 1280, height: 720 } });

  it.each([
    ['one token', 'Once', 1],
    ['60 tokens', ' dog'.repeat(60), 60],
    ['300 tokens, in bands', ' dog ran'.repeat(150), 300]
  ])('%s', async (_, prompt, T) => {
    const { explorer } = session;
    await explorer.prompt.fill(prompt);
    await explorer.page.getByText(`${T} of 512 tokens`).waitFor();
    await explorer.idle();
    await eventually(() => sentence(explorer).innerText()).toMatch(/^At /);
    const height = await picture(explorer).evaluate((svg) => svg.getBoundingClientRect().height);
    expect(height).toBeLessThan(720);
  });

  it('follows a row of a long prompt back: the strongest links between single rows, the others in bands', async () => {
    const { page } = session.explorer;
    await page.getByRole('radio', { name: 'followed back' }).click();
    await eventually(() => sentence(session.explorer).innerText()).toMatch(
      /^Followed back .* comes from ·\S+ \(position \d+: \S+ %\)/
    );
    await page.getByText(/of the end of the row: \d+ of [\d,]+ links of all rows drawn/).waitFor();
    await page.getByRole('radio', { name: 'this row' }).click();
  });

  it.each([
    [1440, 900],
    [1280, 720]
  ])('is whole, legend and all, in a window of %i x %i', async (width, height) => {
    const { explorer } = session;
    await explorer.page.setViewportSize({ width, height });
    await explorer.write('When Mary and John went to the store, John gave a drink to');
    const legend = explorer.page.getByRole('group', { name: 'Legend' });
    const isInside = async () => {
      const [upper, lower] = [await sentence(explorer).boundingBox(), await legend.boundingBox()];
      return upper!.y >= 0 && lower!.y + lower!.height <= height;
    };
    await eventually(isInside).toBe(true);
  });

  it('is clipped nowhere in a window of half the size, as at a zoom of 200 %', async () => {
    const { page } = session.explorer;
    await page.setViewportSize({ width: 720, height: 450 });
    await eventually(() =>
      page.getByRole('tabpanel').evaluate((panel) => {
        const { right } = panel.getBoundingClientRect();
        const cut = [...panel.querySelectorAll('h2, p, label, button, text.token, text.label, svg')].filter(
          (part) => part.getBoundingClientRect().right > right + 1
        );
        return [document.documentElement.scrollWidth - innerWidth, ...cut.map((part) => part.textContent)];
      })
    ).toEqual([0]);
  });

  it('on a phone depth runs down, and each block says what the row reads from', async () => {
    const { explorer } = session;
    await explorer.page.setViewportSize({ width: 390, height: 844 });
    await explorer.page.getByRole('button', { name: 'Block 10' }).waitFor();
    const steps = explorer.page.getByRole('tabpanel').getByRole('list').first().locator('> li');
    await eventually(() => steps.nth(11).innerText()).toMatch(/reads from\s+·Mary/);
    expect(
      await explorer.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    ).toBeLessThanOrEqual(0);
  });
});
