import { describe, expect, it } from 'vitest';
import { EXAMPLE_PROMPTS } from '../../../src/lib/state/example-prompts.ts';
import { eventually, type ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';
import { promptOf, Reference } from './reference.ts';
import { expectPercent } from './shown.ts';

const names = promptOf('names');
const emoji = promptOf('emoji');
const LIMIT = 512;
const TOO_LONG = ' dog'.repeat(LIMIT + 18);

const session = useExplorer({ query: '?v=1&prompt=Once' });

const alert = (explorer: ExplorerPage) => explorer.page.getByRole('alert');
const bos = (explorer: ExplorerPage) => explorer.page.getByRole('checkbox', { name: /endoftext/ });

/** Fails unless the bars are those that Hugging Face computed for a prompt of the fixtures. */
async function expectBarsOf(explorer: ExplorerPage, slug: string): Promise<void> {
  const { next } = promptOf(slug);
  await eventually(async () =>
    (await explorer.bars()).slice(0, next.length).map(({ token }) => token)
  ).toEqual(next.map(({ text }) => text.replaceAll(' ', '·').replaceAll('\n', '⏎')));
  const bars = await explorer.bars();
  next.forEach(({ probability, text }, i) => expectPercent(bars[i].probability, probability, text));
}

/** Puts texts into the box one right after another, in the page, and gives every token that was predicted after. */
function typeAtOnce(explorer: ExplorerPage, texts: readonly string[]): Promise<() => Promise<string[]>> {
  return explorer.prompt
    .evaluate((box, typed) => {
      const region = document.querySelector('section[aria-label="Next token"]')!;
      const seen: string[] = [];
      const look = () => seen.push(/“(.*)”/su.exec(region.querySelector('h2')?.textContent ?? '')?.[1] ?? '');
      new MutationObserver(look).observe(region, { subtree: true, childList: true, characterData: true });
      Object.assign(window, { predictedAfter: seen });
      for (const text of typed) {
        (box as HTMLTextAreaElement).value = text;
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    }, texts)
    .then(
      () => () =>
        explorer.page.evaluate(() => [
          ...new Set((window as unknown as { predictedAfter: string[] }).predictedAfter)
        ])
    );
}

describe('typing', () => {
  it('runs once after a pause, not at every key', async () => {
    const { explorer } = session;
    const texts = Array.from(names.text, (_, i) => names.text.slice(0, i + 1));
    const predicted = await typeAtOnce(explorer, texts);
    await explorer.settled(names.text);
    await expectBarsOf(explorer, 'names');
    expect((await predicted()).filter((token) => token !== 'Once')).toEqual(['·to']);
  });

  it('shows the chips of what is typed before it has run', async () => {
    const { explorer } = session;
    await explorer.prompt.press('End');
    await explorer.prompt.pressSequentially(' her');
    await eventually(async () => (await explorer.chips()).at(-1)?.label).toBe('·her');
    await explorer.settled(`${names.text} her`);
    await eventually(() => explorer.predictedAfter()).toBe('·her');
  });

  it('cancels a long run for a newer prompt, which alone is shown', async () => {
    const { explorer } = session;
    const story = promptOf('story').text;
    const predicted = await typeAtOnce(explorer, [story, 'Once']);
    await explorer.settled('Once');
    await expectBarsOf(explorer, 'one-token');
    expect((await predicted()).filter((token) => token !== '·her')).toEqual(['Once']);
  });
});

describe('the chips', () => {
  it('show spaces, newlines and the bytes of split characters, with the reference ids', async () => {
    const { explorer } = session;
    await explorer.write(emoji.text);
    const chips = await explorer.chips();
    expect(chips.map(({ id }) => id)).toEqual(emoji.ids);
    const labels = chips.map(({ label }) => label);
    expect(labels.slice(0, 3)).toEqual(['Tom', '·saw', '·a']);
    expect(labels).toContain('⏎');
    expect(labels.filter((label) => /<[0-9A-F]{2}>/.test(label)).join('')).toBe(
      '·<F0><9F><A6><8A>·<F0><9F><98><80>'
    );
    await expectBarsOf(explorer, 'emoji');
  });

  it('tell id, position and bytes under the pointer and in focus', async () => {
    const { explorer } = session;
    const tip = explorer.page.getByRole('tooltip');
    await explorer.chip(3).hover();
    await eventually(() => tip.innerText()).toMatch(/^·<F0><9F>.*, id \d+, position 3, bytes 20 f0 9f/);
    const labels = (await explorer.chips()).map(({ label }) => label);
    const newline = labels.indexOf('⏎');
    await explorer.chip(newline).focus();
    await eventually(() => tip.innerText()).toBe(`⏎, id 198, position ${newline}, bytes 0a`);
    await explorer.page.mouse.move(0, 0);
    await explorer.prompt.focus();
    await eventually(() => tip.count()).toBe(0);
  });

  it('are read aloud with position, token and id', async () => {
    const name = await session.explorer.chip(1).innerText();
    expect(name.replaceAll(/\s+/g, ' ')).toContain(`position 1: " saw", id ${emoji.ids[1]}`);
  });
});

describe('a prompt that cannot be run', () => {
  it('that is too long says by how much, and loses nothing', async () => {
    const { explorer } = session;
    await explorer.write(names.text);
    await expectBarsOf(explorer, 'names');
    expect(await explorer.count()).toBe('14 of 512 tokens');
    await explorer.prompt.fill(TOO_LONG);
    await eventually(() => explorer.count()).toBe('530 of 512 tokens: shorten by 18 tokens');
    const choice = explorer.page.getByRole('group', { name: 'The prompt is too long' });
    expect((await choice.innerText()).replaceAll(/\s+/g, ' ')).toBe(
      'This prompt has 530 tokens; this model reads 512. The text stays as you wrote it, and the pictures show the last prompt that fitted, until you choose or shorten it yourself. Keep the last 512 Keep the first 512'
    );
    expect(await explorer.prompt.inputValue()).toBe(TOO_LONG);
    expect(await explorer.prompt.getAttribute('aria-invalid')).toBe('true');
    expect(await explorer.predictedAfter()).toBe('·to');
    await expectBarsOf(explorer, 'names');
    expect(await explorer.best.isDisabled()).toBe(true);
    expect(await explorer.draw.isDisabled()).toBe(true);
  });

  it('runs again as soon as it fits', async () => {
    const { explorer } = session;
    await explorer.write(names.text);
    await eventually(() => alert(explorer).count()).toBe(0);
    await expectBarsOf(explorer, 'names');
    expect(await explorer.best.isEnabled()).toBe(true);
  });

  it('that is empty says what to do, and <|endoftext|> alone is enough', async () => {
    const { explorer } = session;
    await explorer.prompt.fill('');
    await eventually(() => alert(explorer).innerText()).toBe(
      'There is no token to read yet. Write some text, or put <|endoftext|> in front.'
    );
    expect(await explorer.count()).toBe('0 of 512 tokens');
    expect(await explorer.best.isDisabled()).toBe(true);
    await expectBarsOf(explorer, 'names');
    await bos(explorer).check();
    await eventually(() => explorer.predictedAfter()).toBe('<|endoftext|>');
    expect(await alert(explorer).count()).toBe(0);
    expect(await explorer.count()).toBe('1 of 512 tokens');
    await bos(explorer).uncheck();
  });
});

describe('the examples', () => {
  it('each runs at once, at its last position', async () => {
    const { explorer } = session;
    await explorer.write(names.text);
    await explorer.chip(1).click();
    const buttons = explorer.page.getByRole('group', { name: 'Example prompts' }).getByRole('button');
    for (const [i, text] of Object.values(EXAMPLE_PROMPTS).entries()) {
      if (i === 0) continue; // it is shown already
      const button = buttons.nth(i);
      await button.click();
      await explorer.settled(text);
      const chips = await explorer.chips();
      await eventually(() => explorer.predictedAfter()).toBe(chips.at(-1)?.label);
      expect(chips.at(-1)?.selected, text).toBe(true);
      expect(await explorer.prompt.inputValue()).toBe(text);
      expect(await button.getAttribute('aria-pressed')).toBe('true');
      await explorer.chip(0).click();
    }
  });
});

describe('<|endoftext|> in front', () => {
  it('shifts every position and keeps the selection on the same tokens', async () => {
    const { explorer } = session;
    await explorer.write(names.text);
    await explorer.chip(7).click();
    await explorer.cells.click({ position: await explorer.cellMiddle(7, 2) });
    const story = () =>
      explorer.story().then((text) => /query (\d+) (\S+) reads key (\d+) (\S+)/.exec(text)?.slice(1));
    await explorer.page.mouse.move(0, 0);
    await eventually(story).toEqual(['7', '·store', '2', '·and']);
    await explorer.page.evaluate(() => scrollTo(0, 0)); // the prompt is folded further down
    await bos(explorer).check();
    await eventually(async () => (await explorer.chips())[0].label).toBe('<|endoftext|>');
    await eventually(story).toEqual(['8', '·store', '3', '·and']);
    expect(await explorer.position()).toBe(8);
    expect(await explorer.count()).toBe('15 of 512 tokens');
    expect(await explorer.prompt.inputValue()).toBe(names.text);
    await eventually(() => Object.fromEntries(explorer.link())).toMatchObject({
      bos: '1',
      position: '8',
      key: '3'
    });
    await explorer.chip(14).click();
    await expectBarsOf(explorer, 'endoftext');
    expect(new Reference('endoftext').T).toBe(15);
    await explorer.chip(8).click();
    await bos(explorer).uncheck();
    await eventually(() => explorer.position()).toBe(7);
    await eventually(() => explorer.predictedAfter()).toBe('·store');
  });
});
