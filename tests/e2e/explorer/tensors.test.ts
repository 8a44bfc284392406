/** What the engine holds after a long prompt was looked at from every side. */
import { describe, expect, it } from 'vitest';
import { eventually, TABS, type ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';

const N_CTX = 512; // of gpt2-nano
const LONG = 400;
const SHORT = 'Once upon a time';
/** One more than the runs that the engine keeps beside the one on screen: after them nothing older is there. */
const OTHERS = Array.from({ length: 9 }, (_, i) => `${SHORT}${' there'.repeat(i + 1)}`);
const WAITING = /Reading |Being computed|being computed|being read|not read yet/;
const DECODE_PARTS = ['Loss', 'Beam tree', 'Compare', 'Step by step'];

const session = useExplorer({ query: '?max_new_tokens=3' });

/** Tensors that live in the engine's worker, as TensorFlow.js counts them. */
async function tensors({ page }: ExplorerPage): Promise<number> {
  const worker = page.workers().find((one) => one.url().includes('engine.worker'))!;
  return worker.evaluate(() => {
    const { _tfengine } = self as unknown as { _tfengine: { memory(): { numTensors: number } } };
    return _tfengine.memory().numTensors;
  });
}

async function openEveryView(explorer: ExplorerPage): Promise<void> {
  const { page } = explorer;
  const rest = () => eventually(() => page.getByRole('tabpanel').getByText(WAITING).count()).toBe(0);
  for (const tab of TABS) {
    await explorer.openTab(tab);
    await rest();
    if (tab === 'Attention') {
      await explorer.radio('Heads shown', '144').click();
      await rest();
      await explorer.radio('Heads shown', '12').click();
    }
  }
  for (const part of DECODE_PARTS) {
    await explorer.radio('Part of decoding', part).click();
    await rest();
    await eventually(() => page.getByRole('button', { name: 'Cancel', exact: true }).count()).toBe(0);
  }
}

/** Short prompts until nothing of an older one is left, the last of them looked at from every side. */
async function tensorsOfShortPrompts(explorer: ExplorerPage): Promise<number> {
  for (const prompt of [...OTHERS, SHORT]) await explorer.write(prompt);
  await openEveryView(explorer);
  await explorer.openTab('Embeddings');
  let before = NaN;
  await eventually(async () => {
    const now = await tensors(explorer);
    const isSteady = now === before;
    before = now;
    return isSteady;
  }).toBe(true);
  return before;
}

describe('a short prompt, a long one, and the short one again', () => {
  it('hold the same number of tensors before and after, with every view opened', async () => {
    const { explorer } = session;
    const before = await tensorsOfShortPrompts(explorer);
    expect(before).toBeGreaterThan(0);
    await explorer.prompt.fill(' dog'.repeat(LONG));
    await eventually(() => explorer.count()).toMatch(new RegExp(`^${LONG} of ${N_CTX} tokens`));
    await explorer.idle();
    await openEveryView(explorer);
    const during = await tensors(explorer);
    expect(during).not.toBe(before); // so the count can tell
    expect(await tensorsOfShortPrompts(explorer)).toBe(before);
  });
});
