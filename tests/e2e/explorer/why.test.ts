import { describe, expect, it } from 'vitest';
import { eventually, linkIn, PATIENCE_MS } from '../page.ts';
import { useExplorer } from '../session.ts';
import { namelessPictures, violations } from './page-checks.ts';

const session = useExplorer({ query: '#v=2&view=attention&layer=8&head=2' });

describe('the view Why', () => {
  it('takes a head out where it is seen, and says what changes; a link opens the same in a fresh profile', async () => {
    const { page } = session.explorer;
    await page.getByRole('button', { name: 'Take head 8.2 out' }).click();
    const sentence = page.locator('.sentence');
    await sentence.waitFor({ timeout: PATIENCE_MS });
    await eventually(() => sentence.innerText()).toMatch(/^Without head 8\.2, .*Mary.* % .*KL\(A ‖ B\) = /s);
    await eventually(() => linkIn(page).get('edits')).toBe('zero:z.8.2');
    const said = await sentence.innerText();
    const { pathname, hash } = new URL(page.url());
    const context = await page.context().browser()!.newContext();
    const other = await context.newPage();
    await other.goto(new URL(pathname + hash, page.url()).href);
    await other.locator('.sentence').waitFor({ timeout: PATIENCE_MS });
    expect(await other.locator('.sentence').innerText()).toBe(said);
    await context.close();
    expect(await violations(page)).toEqual([]);
  });

  it('shows B − A in every view that reads a run, on a signed scale; the link holds it', async () => {
    const { page } = session.explorer;
    await page.getByRole('radio', { name: 'B − A' }).click();
    await eventually(() => linkIn(page).get('shown')).toBe('diff');
    const { explorer } = session;
    for (const tab of [
      'Embeddings',
      'MLP',
      'LayerNorm',
      'Residual stream',
      'Logit lens',
      'Attention'
    ] as const) {
      await explorer.openTab(tab);
      await page.getByRole('heading', { name: `${tab} B − A` }).waitFor({ timeout: PATIENCE_MS });
      await page
        .getByText(/, B − A, /)
        .first()
        .waitFor({ timeout: PATIENCE_MS });
      expect(await namelessPictures(page)).toEqual([]);
    }
    // the edit sets z of head 8.2 to 0; what the head reads is as before
    const readouts = page.getByRole('tabpanel').locator('.readout');
    await eventually(() => readouts.first().innerText()).toMatch(/B − A = 0$/);
    await explorer.openTab('Q · K · V');
    await eventually(() => readouts.last().innerText()).toMatch(/A −?-?\d[^,]*, B 0, B − A = /);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('heading', { name: 'Next token B − A' }).waitFor();
    await page.getByRole('radio', { name: 'A', exact: true }).click();
    await explorer.openTab('Why');
  });

  it('lists parts that add up to the logit', async () => {
    const { page } = session.explorer;
    await page.getByRole('radio', { name: 'Who wrote it' }).click();
    const sum = page.getByText(/^The parts sum to/);
    await sum.waitFor({ timeout: PATIENCE_MS });
    const [parts, logit] = (await sum.innerText()).match(/\d+\.\d+/g)!.map(Number);
    expect(Math.abs(parts - logit)).toBeLessThanOrEqual(0.01);
    expect(await violations(page)).toEqual([]);
  });

  it('colours the prompt’s tokens by what each adds, and says what the sum misses', async () => {
    const { page } = session.explorer;
    await page.getByLabel('Colour tokens by').selectOption('integrated_gradients');
    await page.getByText(/\(the completeness gap\)/).waitFor({ timeout: PATIENCE_MS });
    await eventually(() => linkIn(page).get('chips')).toBe('integrated_gradients');
    const chips = session.explorer.chipRow.getByRole('button');
    await eventually(() => chips.first().innerText()).toMatch(/adds [+−-]?\d/);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Colour tokens by').selectOption('none');
    await eventually(() => chips.first().innerText()).not.toMatch(/adds/);
  });

  it('fills a grid over two prompts, and makes a cell an edit', async () => {
    const { page } = session.explorer;
    await page.getByRole('radio', { name: 'Where it matters' }).click();
    await page.getByLabel('Prompts to start with').selectOption('names');
    await page.getByRole('button', { name: 'Fill the grid' }).click();
    await page.getByText('168 of 168 runs').waitFor({ timeout: PATIENCE_MS });
    // what block 0 reads at the place where the prompts differ is the whole difference
    const cell = page.locator('[data-cell="0,9"]');
    await eventually(() => cell.getAttribute('aria-label')).toMatch(/: (1\.000|0\.999\d|1)$/);
    await cell.click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make this patch an edit' }).click();
    await eventually(() => linkIn(page).get('edits')).toBe('zero:z.8.2;patch:resid_pre.0@9');
    await eventually(() => session.explorer.position()).toBe(13); // where the grid measured its effect
  });

  it('takes a token, an MLP and a row of the stream out where each is seen, and nothing of a removed list', async () => {
    const { explorer } = session;
    const { page } = explorer;
    await page.getByRole('button', { name: 'Remove all' }).click();
    await eventually(() => linkIn(page).get('edits')).toBe(null);
    for (const [tab, name, edits] of [
      ['Embeddings', 'Take the token at position 13 out', 'zero:embed@13'],
      ['MLP', 'Take MLP 0 out', 'zero:mlp_out.0'],
      ['Residual stream', /^Take out what block 0 adds at/, 'zero:attn_out.0@13;zero:mlp_out.0@13']
    ] as const) {
      const before = linkIn(page).get('edits');
      await explorer.openTab(tab);
      await page.getByRole('button', { name }).click();
      await eventually(() => linkIn(page).get('edits')).toBe([...(before ? [before] : []), edits].join(';'));
    }
    await eventually(() => page.locator('.sentence').innerText()).toMatch(/^With these 4 edits, /);
  });

  it('opens a model with another vocabulary beside it, and says what B leaves out and cannot be compared', async () => {
    const { page } = session.explorer;
    await page.getByRole('button', { name: 'Remove all' }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('combobox', { name: 'model' }).selectOption('sorter');
    await page.getByRole('button', { name: 'Open it beside this one' }).click();
    await panel
      .getByText('sorter has no token for 56 of the prompt’s 58 characters')
      .waitFor({ timeout: PATIENCE_MS });
    await panel.getByText('The two models have different vocabularies').waitFor();
    await page.getByRole('radio', { name: 'B', exact: true }).click();
    await eventually(() => page.getByText('run B is without them').count()).toBe(2);
    expect(await violations(page)).toEqual([]);
  });
});
