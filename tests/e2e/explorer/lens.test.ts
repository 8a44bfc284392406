import { describe, expect, it } from 'vitest';
import { eventually } from '../page.ts';
import { useExplorer } from '../session.ts';
import { entropy, klFrom, labelOf, lensLogits, N_LAYER, rankIn } from './lens-reference.ts';
import { idsByRank, promptOf, Reference, softmax } from './reference.ts';
import { markedRow } from './selection.ts';
import { expectPercent, expectShown, parseShown } from './shown.ts';

const prompt = promptOf('names');
const reference = new Reference('names');
const LAST = reference.T - 1;
const QUERY = 8;
const DEPTHS = Array.from({ length: N_LAYER + 1 }, (_, depth) => depth);
const lens = (position: number) => DEPTHS.map((depth) => lensLogits(reference, depth, position));
const [atLast, atQuery] = [LAST, QUERY].map(lens);
const TOP = 10;
/** A rank far down counts tokens within the logits' tolerance of each other. */
const RANK_TOLERANCE = 0.005;

const session = useExplorer({ query: `?v=1&view=lens&prompt=${encodeURIComponent(prompt.text)}` });

const cell = (depth: number, position: number) =>
  session.explorer.page.locator(`[data-cell="${depth},${position}"]`);
/** Rows of the table beside the grid, the embedding first. */
async function tableRows(position: number): Promise<string[][]> {
  const caption = new RegExp(`^The logit lens after .* at position ${position},`);
  await eventually(async () => JSON.stringify(await session.explorer.table(caption))).not.toContain('…');
  return (await session.explorer.table(caption)).reverse();
}

describe('the reference of the logit lens', () => {
  it('ends in the logits that TransformerLens gives', () => {
    const final = reference.lastLogits();
    const far = Math.max(...final.map((logit, id) => Math.abs(logit - atLast[N_LAYER][id])));
    expect(far).toBeLessThan(1e-3);
  });
});

describe('the logit lens, beside what TransformerLens’s residual stream says', () => {
  it.each([
    [LAST, atLast],
    [QUERY, atQuery]
  ])('shows top token and probability of all 13 depths at position %i', async (position, rows) => {
    await session.explorer.chip(position).click();
    for (const depth of DEPTHS) {
      const [best] = idsByRank(rows[depth]);
      await eventually(() => cell(depth, position).innerText()).toBe(labelOf(best));
      const name = (await cell(depth, position).getAttribute('aria-label')) ?? '';
      const where = depth === 0 ? 'embed' : `after block ${depth - 1}`;
      expect(name).toMatch(new RegExp(`^${where}, at .*, position ${position}: `));
      expectPercent(/(\S+ %)$/.exec(name)![1], softmax(rows[depth])[best], name);
    }
    expect(await session.explorer.page.getByRole('grid').locator('tbody tr').count()).toBe(13);
  });

  it('lists the ten best of the cell under the pointer, and lights its query up', async () => {
    const { explorer } = session;
    const depth = 6;
    await cell(depth, QUERY).hover();
    const list = explorer.page.getByRole('table', { name: /^Top 10 · after block 5, at/ });
    const rows = await list
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((td) => td.innerText.trim()))
      );
    const probabilities = softmax(atQuery[depth]);
    const ids = idsByRank(atQuery[depth]).slice(0, TOP);
    expect(rows.map(([token]) => token)).toEqual(ids.map(labelOf));
    rows.forEach(([token, probability, logit], i) => {
      expectPercent(probability, probabilities[ids[i]], token);
      expectShown(logit, atQuery[depth][ids[i]], token);
    });
    const preview = explorer.page.locator('.chip.preview');
    expect(await preview.getAttribute('data-position')).toBe(String(QUERY));
    await explorer.page.mouse.move(0, 0);
    await eventually(() => preview.count()).toBe(0);
  });

  it('measures entropy and KL to the last row at every depth', async () => {
    await session.explorer.chip(LAST).click();
    const rows = await tableRows(LAST);
    rows.forEach(([depth, token, , logit, nats, kl], at) => {
      const [best] = idsByRank(atLast[at]);
      expect(token, depth).toBe(labelOf(best));
      expectShown(logit, atLast[at][best], `logit, ${depth}`);
      expectShown(nats, entropy(softmax(atLast[at])), `entropy, ${depth}`);
      if (at === N_LAYER) expect(kl).toBe('0');
      else expectShown(kl, klFrom(atLast[N_LAYER], atLast[at]), `KL, ${depth}`);
    });
  });

  it('colours by each measure and says which', async () => {
    const { explorer } = session;
    const name = () => cell(4, LAST).getAttribute('aria-label');
    const colours = new Set<string>();
    for (const [measure, says, expected] of [
      ['probability', 'Colour: the probability of', null],
      ['entropy', 'Colour: entropy of', entropy(softmax(atLast[4]))],
      ['KL to the last row', 'Colour: KL(last row ‖ this row)', klFrom(atLast[N_LAYER], atLast[4])]
    ] as const) {
      await explorer.radio('Colour shows', measure).click();
      await eventually(() => explorer.page.getByRole('tabpanel').innerText()).toContain(says);
      colours.add(await cell(4, LAST).evaluate((button) => getComputedStyle(button).backgroundColor));
      if (expected !== null) expectShown(/(\S+) nats$/.exec((await name()) ?? '')![1], expected, measure);
    }
    expect(colours.size).toBe(3);
  });
});

describe('the token that the prompt has next', () => {
  it('has its rank and cross-entropy at every depth', async () => {
    await session.explorer.chip(QUERY).click();
    const next = reference.fixture.ids[QUERY + 1];
    (await tableRows(QUERY)).forEach((row, depth) => {
      const expected = rankIn(atQuery[depth], next);
      expect(Math.abs(parseShown(row[6]).value - expected), `rank, ${row[0]}`).toBeLessThanOrEqual(
        expected * RANK_TOLERANCE
      );
      expectShown(row[7], -Math.log(softmax(atQuery[depth])[next]), `cross-entropy, ${row[0]}`);
    });
  });
});

describe('other rows of the lens', () => {
  it('are those inside the blocks, after the attention', async () => {
    const { page } = session.explorer;
    await page.getByLabel('rows inside the blocks').click();
    await eventually(() => page.getByRole('grid').locator('tbody tr').count()).toBe(25);
    for (const depth of [0.5, 5.5, 11.5]) {
      const [best] = idsByRank(lensLogits(reference, depth, QUERY));
      await eventually(() => cell(depth, QUERY).innerText()).toBe(labelOf(best));
    }
    await cell(5.5, QUERY).click();
    await eventually(() => session.explorer.link().get('row')).toBe('inside');
    await page.getByLabel('rows inside the blocks').click();
    await eventually(() => page.getByRole('grid').locator('tbody tr').count()).toBe(13);
    await cell(N_LAYER, QUERY).click();
  });

  it('are read without ln_f where it is switched off', async () => {
    const { explorer } = session;
    await explorer.page.getByLabel('ln_f applied').click();
    for (const depth of [0, 6, N_LAYER]) {
      const [best] = idsByRank(lensLogits(reference, depth, QUERY, false));
      await eventually(() => cell(depth, QUERY).innerText()).toBe(labelOf(best));
    }
    await eventually(() => explorer.link().get('lens_ln_f')).toBe('0');
    await explorer.page.getByLabel('ln_f applied').click();
  });
});

describe('a followed token', () => {
  it('is followed by a click on a cell and let go by a second', async () => {
    const { explorer } = session;
    await explorer.radio('Colour shows', 'probability').click();
    const [best] = idsByRank(atLast[N_LAYER]);
    const region = explorer.page.getByRole('region', { name: `Following ${labelOf(best)}` });
    await cell(N_LAYER, LAST).click();
    await eventually(() => region.count()).toBe(1);
    await eventually(() => explorer.link().get('track')).toBe(String(best));
    await cell(N_LAYER, LAST).click();
    await eventually(() => region.count()).toBe(0);
    await eventually(() => explorer.link().get('track')).toBeNull();
  });

  it('has its rank and probability at every depth', async () => {
    const { explorer } = session;
    const followed = prompt.next[1].id; // one that is not first everywhere
    await cell(N_LAYER, LAST).click();
    const list = explorer.page.getByRole('table', { name: /^Top 10 · after block 11, at/ });
    await list.getByRole('button', { name: `Follow ${labelOf(followed)}`, exact: true }).click();
    await eventually(() => explorer.link().get('track')).toBe(String(followed));
    await eventually(async () => (await tableRows(LAST)).every((row) => row[8] !== '')).toBe(true);
    const rows = await tableRows(LAST);
    rows.forEach((row, depth) => {
      const expected = rankIn(atLast[depth], followed);
      expect(Math.abs(parseShown(row[8]).value - expected), `rank, ${row[0]}`).toBeLessThanOrEqual(
        expected * RANK_TOLERANCE
      );
      expectPercent(row[9], softmax(atLast[depth])[followed], `probability, ${row[0]}`);
    });
    expect(rows.at(-1)?.[8]).toBe('2');
    await explorer.radio('Colour shows', 'rank').click();
    await eventually(() => cell(N_LAYER, LAST).getAttribute('aria-label')).toMatch(/, rank 2$/);
    await explorer.radio('Colour shows', 'probability').click();
  });

  it('can be one of the predicted tokens, chosen beside the bars', async () => {
    const { explorer } = session;
    const [best] = idsByRank(atLast[N_LAYER]);
    await explorer.openTab('Attention');
    await explorer.prediction.getByRole('button', { name: 'Follow it in the logit lens' }).click();
    await eventually(() => explorer.title()).toBe('Logit lens');
    await eventually(() =>
      explorer.page.getByRole('region', { name: `Following ${labelOf(best)}` }).count()
    ).toBe(1);
  });

  it('is moved to by keys: arrows walk the grid, Enter follows, Escape lets go', async () => {
    const { explorer } = session;
    const { keyboard } = explorer.page;
    await cell(5, QUERY).click();
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowRight');
    await eventually(() => explorer.focusName()).toMatch(
      new RegExp(`^after block 5, at .*, position ${QUERY + 1}: `)
    );
    await keyboard.press('Enter');
    await eventually(() => explorer.position()).toBe(QUERY + 1);
    await eventually(() => explorer.link().get('track')).not.toBeNull();
    await keyboard.press('Escape');
    await eventually(() => explorer.link().get('track')).toBeNull();
    await explorer.openTab('Attention');
    await eventually(() => markedRow(explorer, 'selected')).toBe(QUERY + 1);
  });
});
