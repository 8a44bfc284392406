import { describe, expect, it } from 'vitest';
import { eventually, linkIn } from '../page.ts';
import { useExplorer } from '../session.ts';
import { card, FLOW, isDrawn, LAST, last, linkCount, N_LAYER, picture, rows, sentence } from './flow-page.ts';

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
});
