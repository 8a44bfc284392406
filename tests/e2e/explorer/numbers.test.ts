import { describe, expect, it } from 'vitest';
import type { ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';
import { deviation, dot, idsByRank, mean, norm, promptOf, Reference } from './reference.ts';
import { expectPercent, expectShown } from './shown.ts';

/** A place that no default selects; every kept row of the fixture holds its query and its key. */
const LAYER = 3;
const HEAD = 7;
const QUERY = 13;
const KEY = 8;
const D_HEAD = 16;

const session = useExplorer({ query: '?v=1&prompt=Once' });
const prompt = promptOf('names');
const reference = new Reference('names');
const block = (name: string, layer = LAYER) => `blocks.${layer}.${name}`;

/** Types the prompt and goes to the head by the map and the small maps. */
async function goToHead(explorer: ExplorerPage): Promise<void> {
  await explorer.write(prompt.text);
  await explorer.place(`Block ${LAYER} attention`).click();
  await explorer.head(LAYER, HEAD).click();
}

describe('the numbers on screen, beside those of Hugging Face and TransformerLens', () => {
  it('shows the ids of the typed prompt on its chips', async () => {
    const { explorer } = session;
    await goToHead(explorer);
    const chips = await explorer.chips();
    expect(chips.map(({ id }) => id)).toEqual(prompt.ids);
    expect(chips.map(({ label }) => label).join('')).toBe(prompt.text.replaceAll(' ', '·'));
    await explorer.chip(1).hover();
    const tip = explorer.page.getByRole('tooltip');
    expect(await tip.innerText()).toBe('·Mary, id 5335, position 1, bytes 20 4d 61 72 79');
  });

  it('lists the ten likeliest next tokens with probability, logit and rank', async () => {
    const bars = await session.explorer.bars();
    const rows = await session.explorer.table('The most likely next tokens');
    expect(bars).toHaveLength(12);
    for (const [i, next] of prompt.next.entries()) {
      expect(bars[i].token).toBe(next.text.replaceAll(' ', '·'));
      expect(bars[i].rank).toBe(String(i + 1));
      expectPercent(bars[i].probability, next.probability, `probability of ${next.text}`);
      expectShown(bars[i].logit, next.logit, `logit of ${next.text}`);
      const [rank, token, id, logit, before, after] = rows[i];
      expect([rank, token, id]).toEqual([String(i + 1), bars[i].token, String(next.id)]);
      expectShown(logit, next.logit);
      expectPercent(before, next.probability);
      expectPercent(after, next.probability);
    }
  });

  it('shows what a head reads: q·k, the masked score and the pattern of one row', async () => {
    const rows = await session.explorer.table(`Head ${LAYER}.${HEAD}: what query ${QUERY} ·to reads`);
    const pattern = reference.keys(block('attn.hook_pattern'), QUERY, HEAD);
    const scores = reference.keys(block('attn.hook_attn_scores'), QUERY, HEAD);
    expect(rows).toHaveLength(reference.T);
    rows.forEach(([key, , qk, masked, probability], at) => {
      expect(key).toBe(String(at));
      expectShown(qk, scores[at] * Math.sqrt(D_HEAD), `q·k of key ${at}`);
      expectShown(masked, scores[at], `score of key ${at}`);
      expectPercent(probability, pattern[at], `pattern of key ${at}`);
    });
  });

  it('shows −∞ and 0 % for the keys that come after the query', async () => {
    const { explorer } = session;
    await explorer.chip(KEY).click();
    const rows = await explorer.table(`Head ${LAYER}.${HEAD}: what query ${KEY}`);
    const scores = reference.keys(block('attn.hook_attn_scores'), KEY, HEAD);
    expect(rows.map(([, , , masked]) => masked === '−∞')).toEqual(scores.map((score) => score === -Infinity));
    expect(rows.slice(KEY + 1).map((row) => row.at(-1))).toEqual(Array(reference.T - KEY - 1).fill('0 %'));
  });

  it('tells how the cell under the pointer came about', async () => {
    const { explorer } = session;
    await explorer.chip(QUERY).click();
    await explorer.cells.hover({ position: await explorer.cellMiddle(QUERY, KEY) });
    const story = await explorer.story();
    const score = reference.keys(block('attn.hook_attn_scores'), QUERY, HEAD)[KEY];
    const weight = reference.keys(block('attn.hook_pattern'), QUERY, HEAD)[KEY];
    const found = /query 13 ·to reads key 8 , (\S+ %) q·k = (\S+) ÷ √16 = (\S+) softmax over 14 keys/.exec(
      story
    );
    expect(found, story).not.toBeNull();
    expectPercent(found![1], weight);
    expectShown(found![2], score * Math.sqrt(D_HEAD));
    expectShown(found![3], score);
  });

  it('multiplies q and k by component up to the weighted value', async () => {
    const { explorer } = session;
    await explorer.cells.click({ position: await explorer.cellMiddle(QUERY, KEY) });
    await explorer.openTab('Q · K · V');
    const at = (name: string, position: number) =>
      reference.headRow(block(`attn.hook_${name}`), position, HEAD);
    const [q, k, v, z] = [at('q', QUERY), at('k', KEY), at('v', KEY), at('z', QUERY)];
    const weight = reference.keys(block('attn.hook_pattern'), QUERY, HEAD)[KEY];
    const rows = await explorer.table(`Head ${LAYER}.${HEAD}, query ${QUERY}, key ${KEY}`);
    expect(rows).toHaveLength(D_HEAD);
    rows.forEach((row, i) => {
      const expected = [i, q[i], k[i], q[i] * k[i], v[i], weight * v[i], z[i]];
      row.forEach((text, column) => expectShown(text, expected[column], `component ${i}, column ${column}`));
    });
    const text = (await explorer.page.getByRole('tabpanel').innerText()).replaceAll(/\s+/g, ' ');
    const found = /q·k = Σ qᵢkᵢ = (\S+) .* (\S+) \/ √16 = (\S+) score.* = (\S+ %) weight of key 8/.exec(text);
    expect(found, text).not.toBeNull();
    expectShown(found![1], dot(q, k));
    expectShown(found![2], dot(q, k));
    expectShown(found![3], dot(q, k) / Math.sqrt(D_HEAD));
    expectPercent(found![4], weight);
  });

  it('adds wte and wpe to the first residual stream', async () => {
    const { explorer } = session;
    await explorer.place('Embeddings').click();
    expect(await explorer.title()).toBe(`Embeddings position ${QUERY}`);
    const rows = await explorer.table(`Components of ·to at position ${QUERY}`);
    const names = ['hook_embed', 'hook_pos_embed', block('hook_resid_pre', 0)];
    const columns = names.map((name) => reference.row(name, QUERY));
    expect(rows).toHaveLength(columns[0].length);
    rows.forEach(([, ...texts], i) => {
      texts.forEach((text, column) => expectShown(text, columns[column][i], `${names[column]}[${i}]`));
    });
    const says = await explorer.page.getByRole('tabpanel').innerText();
    expect(says).toContain('In float32 every component adds up exactly.');
  });

  it('shows pre and post of the neurons in order of size', async () => {
    const { explorer } = session;
    await explorer.place(`Block ${LAYER} MLP`).click();
    expect(await explorer.title()).toBe(`MLP neurons of block ${LAYER}`);
    const pre = reference.row(block('mlp.hook_pre'), QUERY);
    const post = reference.row(block('mlp.hook_post'), QUERY);
    const rows = await explorer.table(`Neurons of block ${LAYER} at position ${QUERY}`);
    for (const [neuron, before, after] of rows) {
      expectShown(before, pre[Number(neuron.replace(',', ''))], `pre of ${neuron}`);
      expectShown(after, post[Number(neuron.replace(',', ''))], `post of ${neuron}`);
    }
    const [most] = idsByRank(post.map(Math.abs));
    expect(rows[0][0]).toBe(String(most));
    const list = explorer.page.getByRole('list', { name: 'Most active neurons' });
    await list.getByRole('button', { name: new RegExp(`^neuron ${most}:`) }).click();
    const says = await explorer.page.getByRole('tabpanel').innerText();
    const found = new RegExp(`neuron ${most}: GELU\\((\\S+)\\) = (\\S+)`).exec(says);
    expectShown(found![1], pre[most]);
    expectShown(found![2], post[most]);
  });
});

describe('LayerNorm and the residual stream, beside TransformerLens', () => {
  const norms = [
    {
      which: 'ln_1',
      before: block('hook_resid_pre'),
      after: block('ln1.hook_normalized'),
      scale: block('ln1.hook_scale')
    },
    {
      which: 'ln_2',
      before: block('hook_resid_mid'),
      after: block('ln2.hook_normalized'),
      scale: block('ln2.hook_scale')
    },
    {
      which: 'ln_f',
      before: block('hook_resid_post', 11),
      after: 'ln_final.hook_normalized',
      scale: 'ln_final.hook_scale'
    }
  ];

  it.each(norms)(
    'shows mean and standard deviation of $which, and its output',
    async ({ which, before, after, scale }) => {
      const { explorer } = session;
      await explorer.openTab('LayerNorm');
      await explorer.radio('LayerNorm', which).click();
      const rows = await explorer.table(`${which} at position ${QUERY}: every component`);
      const input = reference.row(before, QUERY);
      const output = reference.row(after, QUERY);
      rows.forEach((row, i) => {
        expectShown(row[1], input[i], `x[${i}]`);
        expectShown(row[6], output[i], `x[${i}] + bias`);
        expectShown(row[7], output[i], `output[${i}]`);
      });
      const says = (await explorer.page.getByRole('tabpanel').innerText()).replaceAll(/\s+/g, ' ');
      const found = /mean = (\S+) std = √variance = (\S+) .*to its own scale \((\S+)\)/.exec(says);
      expect(found, says).not.toBeNull();
      expectShown(found![1], mean(input));
      expectShown(found![2], deviation(input));
      expectShown(found![3], reference.row(scale, QUERY)[0]);
    }
  );

  it('shows mean and standard deviation at every position', async () => {
    const { explorer } = session;
    await explorer.radio('LayerNorm', 'ln_1').click();
    const table = explorer.page.getByRole('table', {
      name: /^Mean and standard deviation at every position/
    });
    for (const position of reference.fixture.positionsOf(block('hook_resid_pre'))) {
      const [meanBefore, stdBefore, meanAfter, stdAfter] = await table
        .locator('tbody tr')
        .nth(position)
        .getByRole('cell')
        .allInnerTexts();
      const input = reference.row(block('hook_resid_pre'), position);
      const output = reference.row(block('ln1.hook_normalized'), position);
      expectShown(meanBefore, mean(input));
      expectShown(stdBefore, deviation(input));
      expectShown(meanAfter, mean(output));
      expectShown(stdAfter, deviation(output));
    }
  });

  it('shows the norm of the stream at all 13 depths', async () => {
    const { explorer } = session;
    await explorer.openTab('Residual stream');
    const rows = await explorer.table('Norm of the residual stream by position and depth');
    expect(rows).toHaveLength(reference.T);
    for (const position of reference.fixture.positionsOf(block('hook_resid_post'))) {
      const depths = [
        block('hook_resid_pre', 0),
        ...Array.from({ length: 12 }, (_, l) => block('hook_resid_post', l))
      ];
      const [at, , ...texts] = rows[position];
      expect(at).toBe(String(position));
      expect(texts).toHaveLength(13);
      texts.forEach((text, depth) =>
        expectShown(text, norm(reference.row(depths[depth], position)), `depth ${depth}`)
      );
    }
  });

  it('shows what attention and MLP of each block add, and the share of attention', async () => {
    const { explorer } = session;
    const rows = await explorer.table(`Each block’s step at position ${QUERY}`);
    expect(rows).toHaveLength(12);
    rows.forEach(([name, before, attn, mlp, after, share], layer) => {
      const expected = ['hook_resid_pre', 'hook_attn_out', 'hook_mlp_out', 'hook_resid_post'].map((kind) =>
        norm(reference.row(block(kind, layer), QUERY))
      );
      expect(name).toBe(`block ${layer}`);
      [before, attn, mlp, after].forEach((text, i) => expectShown(text, expected[i], `${name}, column ${i}`));
      expectPercent(share, expected[1] / (expected[1] + expected[2]), `share of block ${layer}`);
    });
  });

  it('shows the same norms on the map', async () => {
    const name = await session.explorer.place(`Block ${LAYER} MLP`).getAttribute('aria-label');
    expectShown(/= (\S+)$/.exec(name!)![1], norm(reference.row(block('hook_mlp_out'), QUERY)));
  });
});
