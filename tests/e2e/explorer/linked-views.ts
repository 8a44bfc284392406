import { eventually, type ExplorerPage } from '../page.ts';
import { promptOf } from './reference.ts';

const emoji = promptOf('emoji');
const names = promptOf('names');

/** Views that differ in every setting that a link holds, and what the reader does to get there. */
export const LINKED_VIEWS: { name: string; go: (explorer: ExplorerPage) => Promise<void> }[] = [
  {
    name: 'a locked cell of another head, before the softmax, with sampling changed',
    async go(explorer) {
      await explorer.write(names.text);
      await explorer.place('Block 3 attention').click();
      await explorer.head(3, 7).click();
      await explorer.radio('Stage shown', 'scaled').click();
      await explorer.cells.click({ position: await explorer.cellMiddle(13, 8) });
      await explorer.slider('temperature').fill('0.7');
      await explorer.slider('top-k').fill('10');
      await explorer.slider('top-p').fill('0.1');
      await explorer.seed.fill('4294967295');
    }
  },
  {
    name: 'arcs, all heads, <|endoftext|> in front, emoji in the prompt',
    async go(explorer) {
      await explorer.write(emoji.text);
      await explorer.page.getByRole('checkbox', { name: /endoftext/ }).check();
      await eventually(async () => (await explorer.chips())[0].label).toBe('<|endoftext|>');
      await explorer.radio('Form', 'arcs').click();
      await explorer.radio('Heads shown', '144').click();
      await explorer.chip(9).click();
    }
  },
  {
    name: 'the logit lens by rank of a followed token, its table open, in dark',
    async go(explorer) {
      await explorer.openTab('Logit lens');
      await explorer.page.locator('[data-cell="7,4"]').click();
      await explorer.radio('Colour shows', 'rank').click();
      await explorer.page.getByRole('tabpanel').getByText('Show as table').first().click();
      await eventually(() => explorer.link().get('tables')).toBe('lens');
      await explorer.page.locator('select').filter({ hasText: 'dark' }).selectOption('dark');
    }
  },
  {
    name: 'one neuron of an MLP',
    async go(explorer) {
      await explorer.place('Block 10 MLP').click();
      const list = explorer.page.getByRole('list', { name: 'Most active neurons' });
      await list.getByRole('button').nth(2).click();
    }
  },
  {
    name: 'ln_2 of a block',
    async go(explorer) {
      await explorer.openTab('LayerNorm');
      await explorer.radio('LayerNorm', 'ln_2').click();
      await explorer.chip(2).click();
    }
  }
];
