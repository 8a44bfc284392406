import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually, patiently, type ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';
import { LINKED_VIEWS } from './linked-views.ts';
import { promptOf } from './reference.ts';
import { viewSnapshot } from './view-snapshot.ts';

const names = promptOf('names');

const session = useExplorer({ query: '#view=attention', permissions: ['clipboard-read', 'clipboard-write'] });

const parameters = (explorer: ExplorerPage) => Object.fromEntries(explorer.link());

/** The fragment of the link that the button puts on the clipboard. */
async function copiedLink(explorer: ExplorerPage): Promise<string> {
  const { page } = explorer;
  await page.evaluate(() => navigator.clipboard.writeText('nothing'));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await eventually(() => page.getByRole('status').filter({ hasText: 'Link copied.' }).count()).toBe(1);
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.origin).toBe(new URL(page.url()).origin);
  expect(link.search).toBe('');
  return link.hash;
}

/** Waits until both pages show the same: what either still computes arrives in its own time. */
const expectSameView = (one: ExplorerPage, other: ExplorerPage) =>
  patiently(async () => expect(await viewSnapshot(one)).toEqual(await viewSnapshot(other)));

describe('the address bar', () => {
  it('holds model and prompt from the start, and nothing that is at its default', async () => {
    const { explorer } = session;
    await eventually(() => parameters(explorer)).toMatchObject({
      model: 'gpt2-nano',
      prompt: names.text,
      layer: '9',
      head: '8'
    });
  });

  it('follows every selection, which adds nothing to the history', async () => {
    const { explorer } = session;
    const before = await explorer.page.evaluate(() => history.length);
    await explorer.place('Block 3 attention').click();
    await eventually(() => parameters(explorer)).toMatchObject({ layer: '3' });
    await explorer.head(3, 0).click();
    await eventually(() => parameters(explorer)).toMatchObject({ layer: '3', head: '0' });
    await explorer.slider('temperature').fill('1.25');
    await eventually(() => parameters(explorer)).toMatchObject({ head: '0', temperature: '1.25' });
    expect(await explorer.page.evaluate(() => history.length)).toBe(before);
    await explorer.slider('temperature').fill('1');
  });
});

describe('Back and Forward', () => {
  it('undo and redo what was chosen to be run or opened, each with its selection', async () => {
    const explorer = await session.open({ query: '#prompt=Once upon a time&layer=2&head=1&position=1' });
    const { page } = explorer;
    const before = await page.evaluate(() => history.length);
    const place = async () => [
      await explorer.promptOnChips(),
      await explorer.position(),
      await explorer.title()
    ];
    await page.getByRole('button', { name: 'Mary and John', exact: true }).click();
    await explorer.settled(names.text);
    await explorer.chip(5).click();
    await explorer.head(9, 4).click();
    await eventually(() => parameters(explorer)).toMatchObject({ position: '5', head: '4' });
    await explorer.openTab('MLP');
    await eventually(() => parameters(explorer)).toMatchObject({ view: 'mlp' });
    await page.goBack();
    await patiently(async () =>
      expect(await place()).toEqual([names.text, 5, 'Head 9.4 attention, block 9'])
    );
    await page.goBack();
    await patiently(async () =>
      expect(await place()).toEqual(['Once upon a time', 1, 'Head 2.1 attention, block 2'])
    );
    await page.goForward();
    await explorer.settled(names.text);
    await eventually(() => explorer.position()).toBe(5);
    expect(await page.evaluate(() => history.length)).toBe(before + 2);
  });

  it('lead back from another page to the view that was left', async () => {
    const explorer = await session.open({ query: '#prompt=Once upon a time&position=1' });
    await explorer.write('Monday, Tuesday,');
    await explorer.chip(2).click();
    await eventually(() => parameters(explorer)).toMatchObject({ prompt: 'Monday, Tuesday,', position: '2' });
    await explorer.page.getByRole('link', { name: 'Models' }).click();
    await explorer.page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    await explorer.page.goBack();
    await explorer.settled('Monday, Tuesday,');
    expect(await explorer.position()).toBe(2);
    await explorer.page.goBack();
    await explorer.settled('Once upon a time');
    await eventually(() => explorer.position()).toBe(1);
  });
});

describe('a link that is long', () => {
  it('opens whole, is sent to no server, is copied compressed, and says where programs may cut it', async () => {
    const prompt = '很'.repeat(150) + '\nThe end';
    const explorer = await session.open({ query: `#prompt=${encodeURIComponent(prompt)}` });
    const { page } = explorer;
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url(), request.headers().referer ?? ''));
    await page.reload();
    await explorer.ready();
    expect(await explorer.prompt.inputValue()).toBe(prompt);
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.filter((text) => text.includes('prompt') || text.includes('%E5'))).toEqual([]);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await explorer.prompt.fill(' walk'.repeat(450));
    await eventually(() => explorer.link().get('prompt')?.length).toBe(2250);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await eventually(copied).toMatch(/#z:[\w-]{50,500}$/);
    await explorer.prompt.fill(randomBytes(3000).toString('hex')); // half a byte a letter: no way to make it short
    await eventually(() => explorer.link().get('prompt')?.length).toBe(6000);
    await page.getByRole('button', { name: 'Copy link' }).click();
    const said = page.getByRole('status').filter({ hasText: 'Link copied. It has' });
    await eventually(() => said.innerText()).toMatch(/It has 4,\d{3} letters, .* more than about 2,000\./);
    const long = await copied();
    await page.goto('about:blank');
    await page.goto(long);
    await eventually(() => explorer.link().get('prompt')?.length).toBe(6000);
  });

  it('shows the line ends that its tokens have', async () => {
    const explorer = await session.open({ query: '#prompt=one%0D%0Atwo' });
    expect((await explorer.chips()).map(({ label }) => label)).toEqual(['one', '⏎', 'two']);
    expect(explorer.link().get('prompt')).toBe('one\ntwo');
  });
});

describe('a copied link', () => {
  it.each(LINKED_VIEWS)('opens the same view elsewhere: $name', async ({ go }) => {
    const { explorer } = session;
    await go(explorer);
    await explorer.idle();
    await explorer.page.mouse.move(0, 0);
    const query = await copiedLink(explorer);
    expect(query).not.toBe('');
    await eventually(() => new URL(explorer.page.url()).hash).toBe(query);
    const elsewhere = await session.open({ query });
    await eventually(() => new URL(elsewhere.page.url()).hash).toBe(query);
    await expectSameView(elsewhere, explorer);
    await elsewhere.close();
  });

  it('opens the same view in another tab of the same browser', async () => {
    const { explorer } = session;
    const tab = await session.openBeside(await copiedLink(explorer));
    await expectSameView(tab, explorer);
  });

  it('draws the same token there', async () => {
    const { explorer } = session;
    await explorer.page.getByRole('checkbox', { name: /endoftext/ }).uncheck();
    await explorer.write(names.text);
    await explorer.chip(13).click();
    await explorer.seed.fill('7');
    const tab = await session.openBeside(await copiedLink(explorer));
    for (const page of [explorer, tab]) {
      await page.draw.click();
      await eventually(() => page.count()).toBe('15 of 512 tokens');
    }
    expect((await tab.chips()).map(({ id }) => id)).toEqual((await explorer.chips()).map(({ id }) => id));
  });
});

describe('a link of version 1', () => {
  it('keeps opening the view that it was made of', async () => {
    const explorer = await session.open({
      query:
        '?v=1&model=gpt2-nano&prompt=When+Mary+and+John+went+to+the+store%2C+John+gave+a+drink+to&bos=1&view=qkv' +
        '&layer=3&head=7&position=14&key=9&temperature=0.7&top_k=5&top_p=0.9&seed=7&backend=wasm'
    });
    await eventually(() => explorer.title()).toMatch(/^Head 3\.7/);
    const view = await viewSnapshot(explorer);
    expect(view).toMatchObject({ tab: 'Q · K · V', seed: '7', bos: true, prompt: names.text });
    expect(view.sliders).toEqual(['0.70', '5', '0.90']);
    expect(await explorer.position()).toBe(14);
    await eventually(async () => (await viewSnapshot(explorer)).text).toContain('weight of key 9');
    expect(await explorer.page.getByRole('combobox', { name: 'Computation runs on' }).inputValue()).toBe(
      'wasm'
    );
  });

  it('keeps opening lens, norm, neuron, arcs and token ids', async () => {
    const explorer = await session.open({
      query:
        '?v=1&model=gpt2-nano&prompt=Once&ids=7454.2402&view=lens&measure=kl&track=257&position=1&form=arcs'
    });
    await eventually(() => explorer.title()).toBe('Logit lens');
    const view = await viewSnapshot(explorer);
    expect(view.chips.map(({ id }) => id)).toEqual([7454, 2402]);
    expect(view.choices).toContain('Colour shows: KL to the last row');
    expect(await explorer.page.getByRole('region', { name: 'Following ·a' }).count()).toBe(1);
    await explorer.openTab('Attention');
    expect(await explorer.radio('Form', 'arcs').getAttribute('aria-checked')).toBe('true');
  });

  it('without a version is read as one', async () => {
    const explorer = await session.open({ query: '?prompt=Once&layer=2&head=1' });
    await eventually(() => explorer.title()).toBe('Head 2.1 attention, block 2');
    await eventually(() => parameters(explorer)).toEqual({
      v: '2',
      model: 'gpt2-nano',
      prompt: 'Once',
      view: 'attention',
      layer: '2',
      head: '1'
    });
  });
});

describe('a link with wrong values', () => {
  it('keeps the defaults, names each, and can be told to be quiet', async () => {
    const explorer = await session.open({
      query: `?prompt=${encodeURIComponent(names.text)}&layer=99&head=abc&position=500&temperature=-1&seed=x&view=nope`
    });
    const notice = explorer.page.getByRole('status').filter({ has: explorer.page.getByRole('listitem') });
    const said = await notice.getByRole('listitem').allInnerTexts();
    for (const name of ['layer', 'head', 'position', 'temperature', 'seed', 'view']) {
      expect(
        said.filter((sentence) => sentence.startsWith(`The link's ${name} `)),
        name
      ).toHaveLength(1);
    }
    expect(said).toHaveLength(6);
    expect(await explorer.page.getByRole('tab', { selected: true }).innerText()).toBe('Flow');
    await eventually(() => parameters(explorer)).toMatchObject({ view: 'flow', layer: '9', head: '8' });
    expect(await explorer.position()).toBe(13);
    await explorer.openTab('Attention');
    expect((await viewSnapshot(explorer)).sliders[0]).toBe('1.00');
    expect(await explorer.seed.inputValue()).toBe('42');
    await notice.getByRole('button', { name: 'Close' }).click();
    await eventually(() => notice.count()).toBe(0);
    await eventually(() => parameters(explorer)).toMatchObject({
      model: 'gpt2-nano',
      prompt: names.text,
      layer: '9',
      head: '8'
    });
  });

  it('puts what it holds into the box as text, never into the page as HTML', async () => {
    const prompt = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const explorer = await session.open({
      query: `?v=1&prompt=${encodeURIComponent(prompt)}&model=${'<b>'}`
    });
    expect(await explorer.prompt.inputValue()).toBe(prompt);
    expect(await explorer.promptOnChips()).toBe(prompt);
    expect(await explorer.page.locator('img').count()).toBe(0);
    expect(await explorer.page.title()).toBe('GPT-2 Lens');
    await eventually(() =>
      explorer.page.getByText("The link's model should be the name of a model").count()
    ).toBe(1);
  });
});
