import { describe, expect, it } from 'vitest';
import { eventually, TABS, type ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';
import { promptOf, Reference } from './reference.ts';
import { expectedAt, followed, litRows, markedRow } from './selection.ts';
import { expectPercent, expectShown } from './shown.ts';

const prompt = promptOf('names');
const reference = new Reference('names');
const T = prompt.ids.length;
const LAST = T - 1;
const N_HEAD = 12;
const D_HEAD = 16;
const QUERY = 8;
const KEY = 2;

const session = useExplorer({ query: `?v=1&prompt=${encodeURIComponent(prompt.text)}` });

const selectedTab = (explorer: ExplorerPage) =>
  explorer.page.getByRole('tab', { selected: true }).innerText();
const pressed = async (explorer: ExplorerPage, ...keys: string[]) => {
  for (const key of keys) await explorer.page.keyboard.press(key);
};
const away = (explorer: ExplorerPage) => explorer.page.mouse.move(0, 0);

describe('the model map', () => {
  it('goes to a part by a click', async () => {
    const { explorer } = session;
    await explorer.place('Block 2 MLP').click();
    await eventually(() => explorer.title()).toBe('MLP neurons of block 2');
    await explorer.place('ln_f').click();
    await eventually(() => selectedTab(explorer)).toBe('LayerNorm');
    expect(await explorer.radio('LayerNorm', 'ln_f').getAttribute('aria-checked')).toBe('true');
    await explorer.place('Block 6 attention').click();
    await eventually(() => explorer.title()).toBe('Head 6.4 attention, block 6');
  });

  it('goes along the stream and across it by arrow keys, with the focus', async () => {
    const { explorer } = session;
    await explorer.place('Block 6 attention').focus();
    const steps = [
      ['ArrowUp', 'Block 5 attention', 'Head 5.4 attention, block 5'],
      ['ArrowRight', 'Block 5 MLP', 'MLP neurons of block 5'],
      ['ArrowDown', 'Block 6 MLP', 'MLP neurons of block 6'],
      ['ArrowLeft', 'Block 6 attention', 'Head 6.4 attention, block 6'],
      ['Home', 'Embeddings', `Embeddings position ${LAST}`],
      ['ArrowDown', 'Block 0 attention', 'Head 0.4 attention, block 0'],
      ['End', 'Next token', 'Logit lens']
    ];
    for (const [key, place, title] of steps) {
      await pressed(explorer, key);
      await eventually(() => explorer.focusName()).toMatch(new RegExp(`^${place}:`));
      await eventually(() => explorer.title()).toBe(title);
      expect(await explorer.place(place).getAttribute('aria-current')).toBe('true');
    }
  });
});

describe('the tabs', () => {
  it('open by arrow keys, round the ends, with the focus', async () => {
    const { explorer } = session;
    await explorer.openTab(TABS[0]);
    for (const tab of [...TABS.slice(1), TABS[0]]) {
      await pressed(explorer, 'ArrowRight');
      await eventually(() => selectedTab(explorer)).toBe(tab);
      expect(await explorer.focusName()).toBe(tab);
    }
    await pressed(explorer, 'ArrowLeft');
    await eventually(() => selectedTab(explorer)).toBe(TABS.at(-1));
  });
});

describe('the small maps', () => {
  it('choose a head by a click and by arrow keys', async () => {
    const { explorer } = session;
    await explorer.place('Block 6 attention').click();
    await explorer.head(6, 1).click();
    await eventually(() => explorer.title()).toBe('Head 6.1 attention, block 6');
    const steps = [
      ['ArrowRight', '6.2'],
      ['ArrowDown', '6.8'],
      ['ArrowLeft', '6.7'],
      ['ArrowUp', '6.1'],
      ['End', '6.11'],
      ['Home', '6.0']
    ];
    for (const [key, head] of steps) {
      await pressed(explorer, key);
      await eventually(() => explorer.title()).toBe(`Head ${head} attention, block 6`);
      expect(await explorer.focusName()).toMatch(new RegExp(`^head ${head}:`));
    }
    await eventually(() => explorer.link().get('head')).toBe('0');
  });

  it('show the heads of all layers, where the keys also move between layers', async () => {
    const { explorer } = session;
    const maps = explorer.page.getByRole('radio', { name: /^head \d+\.\d+:/ });
    expect(await maps.count()).toBe(N_HEAD);
    await explorer.radio('Heads shown', '144').click();
    await eventually(() => maps.count()).toBe(144);
    await eventually(async () =>
      (await maps.evaluateAll((all) => all.map((map) => map.getAttribute('aria-label')))).filter((name) =>
        name?.includes('not read yet')
      )
    ).toEqual([]);
    expect(await explorer.page.locator('[data-head] canvas').count()).toBe(144);
    await explorer.head(9, 3).click();
    await eventually(() => explorer.title()).toBe('Head 9.3 attention, block 9');
    await pressed(explorer, 'ArrowUp', 'ArrowRight');
    await eventually(() => explorer.title()).toBe('Head 8.4 attention, block 8');
    await explorer.radio('Heads shown', '12').click();
    await eventually(() => maps.count()).toBe(N_HEAD);
    expect(await explorer.head(8, 4).getAttribute('aria-checked')).toBe('true');
  });
});

describe('the chips and the one selection', () => {
  it('moves by arrow keys in the chips and every picture follows at once', async () => {
    const { explorer } = session;
    await explorer.chip(LAST).click();
    for (const [key, position] of [
      ['ArrowLeft', LAST - 1],
      ['Home', 0],
      ['ArrowRight', 1],
      ['End', LAST]
    ] as const) {
      await pressed(explorer, key);
      await eventually(() => followed(explorer)).toEqual(await expectedAt(explorer, position));
      expect(await explorer.focusName()).toMatch(new RegExp(`^position ${position}:`));
    }
  });

  it('moves by a click on a chip, a cell of the map or the lens, and every picture follows', async () => {
    const { explorer } = session;
    await explorer.chip(5).click();
    await eventually(() => followed(explorer)).toEqual(await expectedAt(explorer, 5));
    await explorer.cells.click({ position: await explorer.cellMiddle(9, 4) });
    await eventually(() => followed(explorer)).toEqual(await expectedAt(explorer, 9));
    await explorer.page.locator('[data-cell="3,7"]').click();
    await eventually(() => followed(explorer)).toEqual(await expectedAt(explorer, 7));
    await eventually(() => explorer.title()).toMatch(/block 3$/);
    await eventually(() => explorer.link().get('position')).toBe('7');
    await explorer.place('Block 6 attention').click();
    await explorer.head(6, 4).click();
  });
});

describe('a query under the pointer', () => {
  const everyMap = (query: number) => Array<number>(N_HEAD).fill(query);

  it('lights up in every map, wherever the pointer is', async () => {
    const { explorer } = session;
    const { page } = explorer;
    const smallMap = explorer.head(6, 9).locator('.map');
    await away(explorer);
    await eventually(() => litRows(explorer)).toEqual([]);
    const box = (await smallMap.boundingBox())!;
    const inSmallMap = { x: box.width / 2, y: ((QUERY + 0.5) * box.height) / T };
    for (const point of [
      async () => explorer.cells.hover({ position: await explorer.cellMiddle(QUERY, KEY) }),
      () => smallMap.hover({ position: inSmallMap }),
      () => explorer.chip(QUERY).hover()
    ]) {
      await point();
      await eventually(() => litRows(explorer)).toEqual(everyMap(QUERY));
      await eventually(() => markedRow(explorer, 'hovered-row')).toBe(QUERY);
      await eventually(() => explorer.story()).toMatch(new RegExp(`^query ${QUERY} `));
      await eventually(() => page.locator('.chip.preview').getAttribute('data-position')).toBe(String(QUERY));
      await away(explorer);
      await eventually(() => litRows(explorer)).toEqual([]);
      await eventually(() => markedRow(explorer, 'hovered-row')).toBeNull();
    }
  });

  it('locks with its key by a click, and frees the key by another', async () => {
    const { explorer } = session;
    const position = await explorer.cellMiddle(QUERY, KEY);
    const locked = explorer.page.locator('.marks .locked');
    await explorer.cells.click({ position });
    await away(explorer);
    await eventually(() => explorer.story()).toMatch(new RegExp(`^query ${QUERY} .* reads key ${KEY} `));
    expect(await locked.count()).toBe(1);
    await eventually(() => explorer.link().get('key')).toBe(String(KEY));
    await explorer.cells.click({ position });
    await away(explorer);
    await eventually(() => locked.count()).toBe(0);
    await eventually(() => explorer.story()).toMatch(new RegExp(`^query ${QUERY} .* reads most from`));
    await eventually(() => explorer.link().get('key')).toBeNull();
    expect(await explorer.position()).toBe(QUERY);
  });
});

describe('the large map by keyboard', () => {
  it('moves with arrows, locks with Enter and frees with Escape, and says so', async () => {
    const { explorer } = session;
    const spoken = explorer.page.locator('.spoken');
    await explorer.chip(QUERY).click();
    await explorer.cells.focus();
    await pressed(explorer, 'ArrowUp', 'ArrowLeft', 'ArrowLeft');
    const [query, key] = [QUERY - 1, QUERY - 2];
    await eventually(() => explorer.story()).toMatch(new RegExp(`^query ${query} .* reads key ${key} `));
    await eventually(() => litRows(explorer)).toEqual(Array<number>(N_HEAD).fill(query));
    expect(await explorer.position()).toBe(QUERY);
    await pressed(explorer, 'Enter');
    await eventually(() => explorer.position()).toBe(query);
    await eventually(() => explorer.link().get('key')).toBe(String(key));
    expect(await spoken.innerText()).toMatch(new RegExp(`^locked: .* ${query} → .* ${key}; q·k = `));
    await pressed(explorer, 'Escape');
    await eventually(() => explorer.link().get('key')).toBeNull();
    expect(await spoken.innerText()).toBe('key freed');
    expect(await explorer.position()).toBe(query);
  });
});

describe('the stages and forms of the large map', () => {
  it('shows one cell at every stage as TransformerLens computes it', async () => {
    const { explorer } = session;
    await explorer.chip(LAST).click();
    await explorer.cells.click({ position: await explorer.cellMiddle(LAST, QUERY) });
    await away(explorer);
    const score = reference.keys('blocks.6.attn.hook_attn_scores', LAST, 4)[QUERY];
    const weight = reference.keys('blocks.6.attn.hook_pattern', LAST, 4)[QUERY];
    const squares = explorer.page.locator('svg.picture rect[fill]');
    const value = explorer.page.getByTestId('cell-story').getByRole('strong');
    const formula = explorer.page.getByRole('tabpanel').locator('code.formula').first();
    const causal = (T * (T + 1)) / 2;
    for (const [stage, expected, words, cells] of [
      ['q·k', score * Math.sqrt(D_HEAD), 'q·k', T * T],
      ['scaled', score, 'q·k / √16', T * T],
      ['masked', score, 'q·k / √16, −∞ where key > query', causal],
      ['softmax', weight, 'softmax(q·k / √16)', causal]
    ] as const) {
      await explorer.radio('Stage shown', stage).click();
      await eventually(() => formula.innerText()).toBe(words);
      await eventually(() => squares.count()).toBe(cells);
      const shown = await value.innerText();
      if (stage === 'softmax') expectPercent(shown, expected, stage);
      else expectShown(shown, expected, stage);
    }
  });

  it('draws the same head as arcs between two columns that answer to pointer and keys', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await explorer.radio('Form', 'arcs').click();
    const queries = page.getByRole('toolbar', { name: 'Queries', exact: true });
    const keys = page.getByRole('toolbar', { name: 'Keys', exact: true });
    const query = (at: number) => queries.getByRole('button', { name: new RegExp(`^query ${at}:`) });
    await query(5).hover();
    await eventually(() => litRows(explorer)).toEqual(Array<number>(N_HEAD).fill(5));
    await query(5).click();
    await eventually(() => explorer.position()).toBe(5);
    await pressed(explorer, 'ArrowDown', 'Enter');
    await eventually(() => explorer.position()).toBe(6);
    const pattern = reference.keys('blocks.6.attn.hook_pattern', LAST, 4);
    await explorer.chip(LAST).click();
    const shares = await keys
      .getByRole('button')
      .evaluateAll((all) => all.map((key) => key.getAttribute('aria-label')?.split(', ').at(-1)));
    expect(shares).toHaveLength(T);
    shares.forEach((share, at) => expectPercent(share ?? '', pattern[at], `share of key ${at}`));
    await keys.getByRole('button', { name: new RegExp(`^key ${KEY}:`) }).click();
    await eventually(() => explorer.link().get('key')).toBe(String(KEY));
    await eventually(() => explorer.link().get('form')).toBe('arcs');
    await explorer.radio('Form', 'matrix').click();
    await eventually(() => explorer.cells.count()).toBe(1);
  });
});
