import { describe, expect, it } from 'vitest';
import { eventually } from '../page.ts';
import { useExplorer } from '../session.ts';
import { card, LAST, legend, N_LAYER, picture, sentence } from './flow-page.ts';

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
    await session.explorer.openTab('MLP');
    const stream = () =>
      session.explorer.map
        .locator('path, line')
        .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke));
    await eventually(stream).toContain(ofB);
    await session.explorer.openTab('Flow');
    await picture(session.explorer).waitFor();
    await legend(session.explorer).getByText('residual stream of run B').waitFor();
    await page.getByRole('radio', { name: 'A', exact: true }).click();
    await legend(session.explorer)
      .getByText(/^residual stream ›/)
      .waitFor();
    expect(await fill()).not.toBe(ofB);
  });
});
