import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNpz } from '../../../src/lib/gpt2/recording/npz.ts';
import { eventually, type ExplorerPage, type Tab } from '../page.ts';
import { useExplorer } from '../session.ts';
import { overflow, violations } from './page-checks.ts';

/** Those that a recorded run can draw whole. */
const DRAWN: readonly Tab[] = [
  'Flow',
  'Embeddings',
  'Attention',
  'Q · K · V',
  'MLP',
  'LayerNorm',
  'Residual stream',
  'Logit lens'
];
const SAME_READS = 4; // of the text of a view, until it counts as drawn
const READ_MS = 150;

const session = useExplorer({ query: '?v=1&prompt=Once%20upon%20a%20time&layer=3&head=7' });

/** Everything that a view says, once it says no more. */
async function textOf(explorer: ExplorerPage, tab: Tab): Promise<string> {
  await explorer.openTab(tab);
  const panel = explorer.page.getByRole('tabpanel');
  let text = '';
  for (let same = 0; same < SAME_READS;) {
    await explorer.page.waitForTimeout(READ_MS);
    const now = await panel.innerText();
    same = now === text && now !== '' ? same + 1 : 0;
    text = now;
  }
  return text;
}

/** Drops a file anywhere on the page. */
const dropFile = ({ page }: ExplorerPage, path: string) =>
  page.evaluate(
    ([name, base64]) => {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    },
    ['dropped.lens', readFileSync(path).toString('base64')]
  );

const openFiles = async ({ page }: ExplorerPage) => {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  return page.getByRole('dialog', { name: 'Share this view' });
};

describe('a recorded run', () => {
  const live = new Map<Tab, string>();
  let file = '';

  it('is written by the page, with its size said', async () => {
    const { explorer } = session;
    for (const tab of DRAWN) live.set(tab, await textOf(explorer, tab));
    const dialog = await openFiles(explorer);
    const download = explorer.page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Record this run' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('gpt2-nano.lens');
    file = await saved.path();
    await eventually(() => dialog.innerText()).toContain('gpt2-nano.lens is saved (');
    const { page } = explorer;
    const trace = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save the trace (.npz)' }).click();
    const arrays = readNpz(readFileSync(await (await trace).path()));
    expect(arrays['blocks.3.attn.hook_pattern'].shape).toEqual([12, 4, 4]);
    expect(arrays.logits.shape).toEqual([4, 50257]);
    await page.keyboard.press('Escape');
  });

  it('is shown by another page without its weights, number by number as it was', async () => {
    const explorer = await session.open({ query: '#v=2&prompt=Tom&layer=3&head=7' });
    const { page } = explorer;
    await dropFile(explorer, file);
    await page.getByText('A recorded run of gpt2-nano').waitFor();
    expect(await explorer.promptOnChips()).toBe('Once upon a time');
    expect(await page.getByRole('banner').innerText()).toContain('recorded');
    for (const tab of DRAWN) expect(await textOf(explorer, tab), tab).toBe(live.get(tab));
    expect(await page.getByText('needs the model’s weights').count()).toBe(0);
    await explorer.openTab('Weights');
    await page.getByText('needs the model’s weights').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Compute it with gpt2-nano' }).click();
    await eventually(() => page.getByText('A recorded run of').count()).toBe(0);
    await explorer.ready();
    await explorer.openPicture('Weights');
    expect(await explorer.promptOnChips()).toBe('Once upon a time');
  });

  it('gives way to a session from a file: its prompt, its view and its notes', async () => {
    const explorer = await session.openBeside('#v=2&view=residual&prompt=Tom&layer=2');
    const { page } = explorer;
    const dialog = await openFiles(explorer);
    await dialog.getByLabel('Notes').fill('Block 2, at the end.');
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save the session (.json)' }).click();
    const saved = await (await download).path();
    await page.keyboard.press('Escape');
    await dropFile(explorer, file);
    await page.getByText('A recorded run of gpt2-nano').waitFor();
    const again = await openFiles(explorer);
    await again.getByLabel('Notes').fill('');
    const chosen = { name: 'session.json', mimeType: 'application/json', buffer: readFileSync(saved) };
    await again.getByLabel('Open a recording or a session').setInputFiles(chosen);
    await eventually(() => page.getByText('A recorded run of').count()).toBe(0);
    await eventually(() => explorer.link().get('prompt')).toBe('Tom');
    expect(explorer.link().get('layer')).toBe('2');
    await eventually(() => explorer.link().get('view')).toBe('residual');
    const last = await openFiles(explorer);
    expect(await last.getByLabel('Notes').inputValue()).toBe('Block 2, at the end.');
  });

  it('is opened by its name in a link: no weights are fetched, no engine is started', async () => {
    const explorer = await session.openBeside('#v=2&prompt=Tom');
    const { page } = explorer;
    await page.route('**/recordings/once.lens', (route) => route.fulfill({ body: readFileSync(file) }));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(page.url().replace(/#.*/, '?again#v=2&view=lens&recording=once&layer=3&head=7'));
    await page.getByText('A recorded run of gpt2-nano').waitFor();
    expect(await textOf(explorer, 'Logit lens')).toBe(live.get('Logit lens'));
    expect(explorer.link().get('recording')).toBe('once');
    expect(asked.filter((url) => /safetensors|engine\.worker/.test(url))).toEqual([]);
    const { origin } = new URL(page.url());
    await page.goto(`${origin}/embed/#${explorer.link()}`.replace('view=lens', 'view=attention'));
    await page.getByText('gpt2-nano · recorded').waitFor();
    await eventually(() => page.getByRole('main').innerText()).toContain('Head 3.7');
  });
});
