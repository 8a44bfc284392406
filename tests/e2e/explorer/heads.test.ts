import { describe, expect, it } from 'vitest';
import { eventually, linkIn, type ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';

const COUNTED_MS = 60_000;
const status = ({ page }: ExplorerPage) => page.getByRole('tabpanel').locator('p[role=status]').first();
const head = ({ page }: ExplorerPage, name: string) =>
  page.getByRole('radiogroup', { name: /of 144 heads/ }).locator(`[data-head="${name}"]`);

describe('Heads', () => {
  const session = useExplorer({ query: '#v=2&view=heads', viewport: { width: 1440, height: 900 } });

  it('scores every head on random repeats, and says the data and the threshold', async () => {
    const { explorer } = session;
    await eventually(() => status(explorer).innerText()).toMatch(
      /^The strongest is head 8\.8: induction 0\.98, on 50 random tokens said twice \(seed 0\)\. \d+ of 144 heads reach 0\.40/
    );
    expect(await head(explorer, '9.8').getAttribute('aria-label')).toMatch(/^head 9\.8: induction 0\.9/);
  });

  it('opens a head by a click and by keys, with what it adds and what changes without it', async () => {
    const { explorer } = session;
    await head(explorer, '8.8').click();
    await eventually(() => linkIn(explorer.page).get('head')).toBe('8');
    await eventually(() => explorer.page.getByRole('heading', { name: /^Head 8\.8/ }).count()).toBe(1);
    await eventually(() => explorer.page.getByText(/Head 8\.8 adds −?\d+\.\d+ of it directly/).count()).toBe(
      1
    );
    await explorer.page.keyboard.press('ArrowRight');
    await eventually(() => linkIn(explorer.page).get('head')).toBe('9');
  });

  it('counts over the built-in stories with progress, and shows where the head fires', async () => {
    const { explorer } = session;
    await explorer.page.getByRole('radio', { name: 'a text' }).click();
    await explorer.page.getByRole('button', { name: /^Count over/ }).click();
    await explorer.page.getByRole('button', { name: 'Cancel' }).waitFor();
    // the grid has numbers of some rows long before all are counted
    await eventually(() => status(explorer).innerText()).toMatch(/tokens in [1-5]?\d rows\)/);
    await expect
      .poll(() => status(explorer).innerText(), { timeout: COUNTED_MS, interval: 500 })
      .toMatch(/on built-in stories \(8\d{3} tokens in 64 rows\)/);
    await eventually(() => explorer.page.getByRole('heading', { name: /^Where it puts most/ }).count()).toBe(
      1
    );
  }, 90_000);

  it("takes a dropped file as the reader's own text, and as nothing else", async () => {
    const panel = session.explorer.page.getByRole('tabpanel');
    await panel.getByRole('radio', { name: 'your own text' }).click();
    const dropped = await session.explorer.page.evaluateHandle(() => {
      const files = new DataTransfer();
      files.items.add(new File(['A dog saw a cat.'], 'mine.txt', { type: 'text/plain' }));
      return files;
    });
    await panel
      .getByRole('textbox', { name: /^Paste a text/ })
      .dispatchEvent('drop', { dataTransfer: dropped });
    await eventually(() => panel.getByText('16 characters').count()).toBe(1);
    expect(await session.explorer.page.getByRole('alert').allInnerTexts()).toEqual([]);
    await panel.getByRole('radio', { name: 'built-in stories' }).click();
  });

  it('leads to the neurons of the block, which are counted over the same text', async () => {
    const { explorer } = session;
    const panel = explorer.page.getByRole('tabpanel');
    await panel.getByRole('button', { name: /^Neurons of block/ }).click();
    await panel.getByRole('button', { name: /^Count over/ }).click();
    await panel
      .getByRole('button', { name: /^neuron \d+ \S+, its largest post/ })
      .first()
      .click();
    await eventually(() => panel.getByRole('list', { name: /^Where neuron \d+ is largest/ }).locator('li').count()).toBe(8); // prettier-ignore
    await expect
      .poll(() => panel.innerText(), { timeout: COUNTED_MS, interval: 500 })
      .toMatch(/on built-in stories \(8\d{3} tokens in 64 rows\)/);
    expect(linkIn(explorer.page).get('neuron')).toMatch(/^\d+$/);
  }, 90_000);

  it('gives its whole view back from the link', async () => {
    const other = await session.open({ query: '#v=2&view=heads&heads_on=prompt&heads_form=scatter&score=first&against=self' }); // prettier-ignore
    await eventually(() =>
      other.page.getByRole('radiogroup', { name: /^All heads: first position/ }).count()
    ).toBe(1);
    await eventually(() => status(other).innerText()).toMatch(/on the prompt \(14 tokens\)/);
  });
});

describe('Weights', () => {
  const session = useExplorer({ query: '#v=2&view=weights&parameter=transformer.ln_f.weight' });

  it('shows a parameter with its numbers, and what a LayerNorm’s weight does', async () => {
    const { explorer } = session;
    await eventually(() => status(explorer).innerText()).toMatch(
      /transformer\.ln_f\.weight has 192 values: mean/
    );
    await eventually(() => explorer.page.getByText(/are below a tenth of that/).count()).toBe(1);
  });

  it('zooms into a map by key, keeps that in the link, and places wpe on two components', async () => {
    const { explorer } = session;
    await explorer.page
      .getByRole('combobox', { name: 'parameter' })
      .selectOption('transformer.h.0.attn.c_attn.weight');
    const cells = explorer.page.getByRole('button', { name: /^Read cells/ });
    await cells.focus();
    await explorer.page.keyboard.press('+');
    await eventually(() => linkIn(explorer.page).get('matrix_zoom')).toMatch(/^1\.5_/);
    await explorer.page.getByRole('radio', { name: 'wpe as a map' }).click();
    await eventually(() => explorer.page.getByRole('img', { name: /^The 512 rows of wpe/ }).count()).toBe(1);
  });
});
