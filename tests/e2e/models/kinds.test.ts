import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE } from '../../gpt2/checkpoint-kinds.ts';
import { launch, openIn } from '../browser.ts';
import { eventually, ExplorerPage, linkIn, TABS } from '../page.ts';
import { serveKinds } from './serve-kinds.ts';

/**
 * Every view of checkpoints of every kind that transformers reads, on each backend. A few of them stand for the rest here;
 * `npm run test:kinds` opens them all.
 */
const ALL = Object.keys(FIXTURE.cases);
const FEW = {
  wasm: [
    'act-relu',
    'inverse-layer',
    'head-untied',
    'sharded',
    'bf16',
    'padded-embedding',
    'tj-template',
    'words-whitespace'
  ],
  cpu: ['act-xielu', 'head-only'],
  webgl: ['act-prelu', 'unscaled-inverse']
};
const KINDS = process.env.TEST_KINDS === 'all' ? { wasm: ALL, cpu: ALL, webgl: ALL } : FEW;
const PROMPT = 'the cat';
const READING = /Reading |Being computed|being computed|being read|not read yet/;

let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launch(['--use-angle=swiftshader', '--enable-unsafe-swiftshader']);
  context = await browser.newContext({ serviceWorkers: 'block' }); // its requests cannot be answered here
  await serveKinds(context, ALL);
});
afterAll(() => browser.close());

async function openKind(name: string, backend: string, view: string): Promise<ExplorerPage> {
  const link = new URLSearchParams({ v: '2', model: name, backend, prompt: PROMPT, view });
  const { page, complaints } = await openIn(context, `/#${link}`);
  const explorer = new ExplorerPage(page, complaints);
  await explorer.ready();
  expect(await page.getByRole('combobox', { name: 'Model', exact: true }).inputValue()).toBe(name);
  return explorer;
}

/** Opens every view: each draws a picture, and nothing complains. */
async function expectEveryView(explorer: ExplorerPage): Promise<void> {
  const { page, complaints } = explorer;
  for (const tab of TABS) {
    await explorer.openPicture(tab);
    await eventually(() => page.getByRole('tabpanel').getByText(READING).count()).toBe(0);
    await eventually(() => explorer.pictures.count()).toBeGreaterThan(0);
  }
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
  expect(complaints).toEqual([]);
}

describe.each(['wasm', 'cpu', 'webgl'] as const)('a checkpoint on %s', (backend) => {
  it.each(KINDS[backend])('"%s" is shown in every view', async (name) => {
    const explorer = await openKind(name, backend, 'attention');
    await expectEveryView(explorer);
    await explorer.page.close();
  });
});

/** Opens a model, and another beside it as run B; every view then shows what is named. */
async function openBeside(a: string, b: string, shown: 'B' | 'B − A'): Promise<ExplorerPage> {
  const explorer = await openKind(a, 'wasm', 'why');
  const { page } = explorer;
  await page.getByRole('combobox', { name: 'model', exact: true }).selectOption(b);
  await page.getByText('Both models together take about').waitFor();
  await page.getByRole('button', { name: 'Open it beside this one' }).click();
  await eventually(() => linkIn(page).get('other_model')).toBe(b);
  await page.getByRole('radio', { name: shown, exact: true }).click();
  return explorer;
}

describe('a checkpoint beside another model, as run B', () => {
  it('of fewer blocks and more tokens: every view shows B, the rest of the page too', async () => {
    const explorer = await openBeside('gpt2-nano', 'inverse-layer', 'B');
    await expectEveryView(explorer);
    const { page } = explorer;
    expect(await explorer.map.getByRole('button', { name: /^Block \d+ attention/ }).count()).toBe(12); // Decode runs A
    await explorer.openPicture('Attention');
    await eventually(() => explorer.map.getByRole('button', { name: /^Block \d+ attention/ }).count()).toBe(
      2
    );
    await page.getByRole('radio', { name: 'B − A', exact: true }).click();
    await page.getByText('so these numbers cannot be subtracted').first().waitFor();
    expect(explorer.complaints).toEqual([]);
    await page.close();
  });

  it('of the same shape: every view shows B − A, or A where it counts over one model', async () => {
    const explorer = await openBeside('plain', 'inverse-layer', 'B − A');
    await expectEveryView(explorer);
    await explorer.openTab('Heads');
    await explorer.page.getByText('This view counts over the model of A: it shows A.').waitFor();
    await explorer.page.close();
  });
});

it('says at every step of a lesson in what the model departs from the GPT-2 that the lesson describes', async () => {
  const { page, complaints } = await openIn(
    context,
    '/lessons/deep-dive/#v=2&model=unscaled-inverse&backend=wasm&mode=step&step=which_key'
  );
  const note = page.getByRole('note').filter({ hasText: 'unscaled-inverse computes differently' });
  await note.waitFor();
  expect(await note.getByRole('listitem').allInnerTexts()).toEqual([
    'Scores are q·k, not divided by √d_head.',
    'The scores of block L are also divided by L + 1.'
  ]);
  await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('plain');
  await note.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await page.close();
});

it('offers what generation_config.json proposes, and applies it when asked', async () => {
  const { page, complaints } = await openKind('eos-generation', 'wasm', 'decode');
  const offer = page.getByText("The model's authors propose temperature 0.7, do_sample true.");
  await offer.waitFor();
  expect(linkIn(page).get('temperature')).toBeNull();
  await page.getByRole('button', { name: 'Use these settings' }).click();
  await page.getByText('In use.').waitFor();
  await eventually(() => linkIn(page).get('temperature')).toBe('0.7');
  expect(complaints).toEqual([]);
  await page.close();
});
