/** A prompt that fills the context, and one that does not fit. */
import { describe, expect, it } from 'vitest';
import { eventually, TABS, type ExplorerPage, type Tab } from '../page.ts';
import { useExplorer } from '../session.ts';
import { overflow, violations } from './page-checks.ts';

const N_CTX = 512; // of gpt2-nano
const LAST = N_CTX - 1;
/** One token each. */
const text = (tokens: number) => ' dog'.repeat(tokens);
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const WAITING = /Reading |Being computed|being computed|being read|not read yet/;

const session = useExplorer();

async function openView(explorer: ExplorerPage, tab: Tab): Promise<void> {
  await explorer.openTab(tab);
  const waiting = explorer.page.getByRole('tabpanel').getByText(WAITING);
  await eventually(() => explorer.tab(tab).getAttribute('aria-selected')).toBe('true');
  await eventually(() => waiting.count()).toBe(0);
}

/** Writes a prompt and waits for its run; the chips of a long one are not all drawn. */
async function fill(explorer: ExplorerPage, tokens: number): Promise<void> {
  await explorer.prompt.fill(text(tokens));
  await eventually(() => explorer.count()).toMatch(new RegExp(`^${tokens} of ${N_CTX} tokens`));
  await explorer.idle();
}

describe('a prompt of n_ctx tokens', () => {
  it('runs', async () => {
    await session.explorer.page.setViewportSize(DESKTOP);
    await fill(session.explorer, N_CTX);
    expect(await session.explorer.predictedAfter()).toBe('·dog');
  });

  it.each([DESKTOP, PHONE])('every view opens and fits at $width px, and passes axe-core', async (size) => {
    const { explorer } = session;
    await explorer.page.setViewportSize(size);
    for (const tab of TABS) {
      await openView(explorer, tab);
      expect(await overflow(explorer.page), tab).toBeLessThanOrEqual(0);
      expect(await violations(explorer.page), tab).toEqual([]);
    }
  });

  it('draws some chips only, and reaches every position by number and by keyboard', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await page.setViewportSize(DESKTOP);
    expect((await explorer.chips()).length).toBeLessThan(N_CTX / 2);
    const jump = page.getByRole('spinbutton', { name: /^Go to position/ });
    await jump.fill('300');
    await jump.press('Enter');
    await explorer.chip(300).waitFor();
    expect(await explorer.chip(300).getAttribute('aria-pressed')).toBe('true');
    await explorer.chip(300).focus();
    for (const [key, position] of [
      ['ArrowRight', 301],
      ['Home', 0],
      ['End', LAST]
    ] as const) {
      await page.keyboard.press(key);
      await eventually(() => explorer.focusName()).toMatch(new RegExp(`^position ${position}:`));
    }
    await page.keyboard.press('ArrowUp'); // a row above
    await eventually(() => explorer.focusName()).not.toMatch(new RegExp(`^position ${LAST}:`));
  });

  it('shows the whole map first, zooms by wheel and keys, and locks a cell by click', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await openView(explorer, 'Attention');
    await explorer.cells.hover(); // waits until the map stands still
    const map = (await explorer.cells.boundingBox())!;
    expect(map.y + map.height).toBeLessThanOrEqual(DESKTOP.height + 1);
    const corner = { x: map.x + map.width - 2, y: map.y + map.height - 2 };
    await page.mouse.move(corner.x - 9, corner.y - 9);
    await page.mouse.move(corner.x, corner.y);
    const scale = () => Number(explorer.link().get('zoom')?.split('_')[0] ?? 1);
    for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, -400);
    const most = (32 * N_CTX) / map.width; // a cell of 32 px
    await eventually(scale).toBeCloseTo(most, 1);
    const at = { x: map.width - 6.5 * 32, y: map.height - 2.5 * 32 };
    await explorer.cells.hover({ position: at });
    const TOLD = /query (\d+) ·dog reads key (\d+) ·dog/;
    await eventually(() => explorer.story()).toMatch(TOLD);
    const [, query, key] = TOLD.exec(await explorer.story())!;
    expect(Number(query)).toBeGreaterThan(LAST - 16); // near the corner that was zoomed at
    expect(Number(key)).toBeGreaterThan(LAST - 16);
    await explorer.cells.click({ position: at });
    await eventually(() => explorer.link().get('position')).toBe(query);
    expect(explorer.link().get('key')).toBe(key);
    await explorer.cells.press('-');
    await eventually(scale).toBeCloseTo(most / 1.5, 1);
    await explorer.cells.press('0');
    await eventually(() => explorer.link().has('zoom')).toBe(false);
  });

  it('shows all 144 heads, and says what a pixel of them is', async () => {
    const { explorer } = session;
    await explorer.radio('Heads shown', '144').click();
    const note = explorer.page.getByText(/A pixel is the largest of 6 × 6 cells/); // 512 positions on 96 cells
    await note.waitFor();
    await eventually(() => explorer.page.getByText(/Reading … /).count()).toBe(0);
    const heads = explorer.page.getByRole('radio', { name: /^head \d+\.\d+: (mostly|on average)/ });
    expect(await heads.count()).toBe(144);
    await explorer.radio('Heads shown', '12').click();
  });

  it('reads the lens where it is scrolled to, and the selected position', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await openView(explorer, 'Logit lens');
    const grid = page.getByRole('tabpanel').getByRole('grid');
    await grid.evaluate((table) => (table.parentElement!.scrollLeft = 0));
    const cell = page.locator('[data-cell="12,3"]');
    await eventually(() => cell.getAttribute('aria-label')).toMatch(/position 3: .*%/);
    await cell.click();
    await eventually(() => explorer.position()).toBe(3);
  });

  it('a table holds every key, and draws those in view', async () => {
    const { explorer } = session;
    await openView(explorer, 'Attention');
    await explorer.page.evaluate(() => scrollTo(0, 0)); // further down the prompt is folded
    await explorer.page.getByRole('spinbutton', { name: /^Go to position/ }).fill(String(LAST));
    await explorer.page.keyboard.press('Enter');
    await eventually(() => explorer.link().get('position')).not.toBe('3');
    const rows = await explorer.table(new RegExp(`what query ${LAST} `));
    expect(rows.map(([key]) => Number(key))).toEqual(Array.from({ length: N_CTX }, (_, key) => key));
    const details = explorer.page.locator('details[open]').filter({ hasText: `what query ${LAST} ` });
    expect(await details.locator('tr[aria-rowindex]').count()).toBeLessThan(N_CTX / 2);
  });

  it('LayerNorm lists every position, draws those in view, and is walked by keyboard', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await openView(explorer, 'LayerNorm');
    const list = page.getByRole('region', { name: 'Every position' }).getByRole('table').first();
    expect(await list.locator('tr[aria-rowindex]').count()).toBeLessThan(64);
    expect(await list.getAttribute('aria-rowcount')).toBe(String(N_CTX + 1));
    await list.locator(`[data-position="${LAST}"]`).focus(); // selected, so in sight
    for (const [key, position] of [
      ['Home', 0],
      ['ArrowUp', LAST], // round the end
      ['ArrowUp', LAST - 1],
      ['End', LAST]
    ] as const) {
      await page.keyboard.press(key);
      await eventually(() => explorer.focusName()).toMatch(new RegExp(`^position ${position}:`));
      expect(await list.locator('tr[aria-rowindex]').count()).toBeLessThan(64);
    }
    const rows = await explorer.table(/^Mean and standard deviation at every position/);
    expect(rows.map(([position]) => Number(position))).toEqual(Array.from({ length: N_CTX }, (_, at) => at));
  });

  it('the loss colours every token, draws those in view, and is walked by keyboard', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await openView(explorer, 'Decode');
    await explorer.radio('Part of decoding', 'Loss').click();
    const words = page.getByRole('toolbar', { name: /^The text/ });
    const drawn = words.getByRole('button');
    await words.locator(`[data-position="${LAST}"]`).focus(); // selected, so in sight
    for (const [key, position] of [
      ['Home', 1], // the first has no loss
      ['ArrowLeft', LAST],
      ['ArrowLeft', LAST - 1]
    ] as const) {
      await page.keyboard.press(key);
      await eventually(() => explorer.focusName()).toMatch(new RegExp(`^position ${position}:`));
      await eventually(() => explorer.link().get('position')).toBe(String(position));
      expect(await drawn.count()).toBeLessThan(N_CTX / 2);
    }
    await page.keyboard.press('ArrowUp'); // a row above
    await eventually(() => explorer.focusName()).not.toMatch(new RegExp(`^position ${LAST - 1}:`));
    const rows = await explorer.table('The loss of every token');
    expect(rows.map(([position]) => Number(position))).toEqual(Array.from({ length: LAST }, (_, i) => i + 1));
    await openView(explorer, 'Attention'); // beside it stands the prediction
  });

  it('says how much memory the activations take, of how much', async () => {
    const { explorer } = session;
    const said = explorer.page.getByText(/^Weights .* Activations of your prompts .* MB, of at most 268 MB/);
    await said.waitFor();
  });

  it('an added token asks what to keep, and nothing is lost', async () => {
    const { explorer } = session;
    await explorer.chip(LAST).click();
    await eventually(() => explorer.best.isEnabled()).toBe(true);
    await explorer.best.click();
    const group = explorer.page.getByRole('group', { name: 'The prompt is too long' });
    await group.getByText(`This prompt has ${N_CTX + 1} tokens; this model reads ${N_CTX}.`).waitFor();
    expect((await explorer.prompt.inputValue()).startsWith(text(N_CTX))).toBe(true);
    await group.getByRole('button', { name: `Keep the last ${N_CTX}` }).click();
    await explorer.page.getByText(`The first 1 of ${N_CTX + 1} tokens were left out.`).waitFor();
    await explorer.idle();
  });
});

describe('a prompt over n_ctx', () => {
  it('asks, keeps the text and the pictures, cuts, and undoes the cut', async () => {
    const explorer = await session.open();
    const { page } = explorer;
    const title = await explorer.title();
    await explorer.prompt.fill(text(N_CTX + 28));
    const group = page.getByRole('group', { name: 'The prompt is too long' });
    await group.waitFor();
    expect(await explorer.prompt.inputValue()).toBe(text(N_CTX + 28));
    expect(await explorer.title()).toBe(title);
    expect(await explorer.predictedAfter()).toBe('·to'); // of the prompt before
    await group.getByRole('button', { name: `Keep the first ${N_CTX}` }).click();
    await page.getByText(`The last 28 of ${N_CTX + 28} tokens were left out.`).waitFor();
    await eventually(() => explorer.count()).toBe(`${N_CTX} of ${N_CTX} tokens`);
    await explorer.idle();
    expect(await explorer.prompt.inputValue()).toBe(text(N_CTX));
    await page.getByRole('button', { name: 'Undo' }).click();
    await group.waitFor();
    expect(await explorer.prompt.inputValue()).toBe(text(N_CTX + 28));
  });

  it('asks of a link too, where nothing was run yet', async () => {
    const explorer = await session.open();
    const { page } = explorer;
    await page.goto(`${new URL(page.url()).origin}/?prompt=${encodeURIComponent(text(N_CTX + 3))}`);
    await page.getByText('Nothing has been run yet').waitFor();
    await page.getByRole('button', { name: `Keep the last ${N_CTX}` }).click();
    await explorer.ready();
    expect(await explorer.count()).toBe(`${N_CTX} of ${N_CTX} tokens`);
  });
});
