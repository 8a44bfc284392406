import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../models/tiny-folder.ts';
import { eventually, type ExplorerPage } from '../page.ts';
import { useExplorer } from '../session.ts';
import { FLOW, legend, picture, sentence } from './flow-page.ts';

const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 }
];
const STORY =
  'Once upon a time there was a little girl named Lily who liked to play with her red ball in the park near her house.';

/** Writes a prompt and waits for its picture; the prompt is one line again when the reader leaves it. */
async function writeTokens(explorer: ExplorerPage, prompt: string, count: string): Promise<void> {
  await explorer.prompt.fill(prompt);
  await eventually(() => explorer.count()).toMatch(new RegExp(`^${count}`));
  await explorer.idle();
  await eventually(() => sentence(explorer).innerText()).toMatch(/^At |^The first token/);
  await sentence(explorer).click();
}

/** What of the picture is in the window, without scrolling. */
async function seen(explorer: ExplorerPage, { width, height }: (typeof WINDOWS)[number]) {
  await explorer.page.setViewportSize({ width, height });
  expect(await explorer.page.evaluate(() => scrollY)).toBe(0);
  const isIn = async (part: ReturnType<typeof picture>) => {
    const box = (await part.boundingBox())!;
    return box.y >= 0 && box.x >= 0 && box.y + box.height <= height && box.x + box.width <= width;
  };
  return {
    sentence: await isIn(sentence(explorer)),
    picture: await isIn(picture(explorer)),
    legend: await isIn(legend(explorer))
  };
}
const rowsOf = (explorer: ExplorerPage) => picture(explorer).locator('path.stream').count();
const WHOLE = { sentence: true, picture: true, legend: true };

describe('Flow of prompts of other lengths', () => {
  const session = useExplorer({ query: FLOW, viewport: WINDOWS[0] });

  it.each([1, 14])('%i tokens are whole in the window, legend and all', async (T) => {
    const { explorer } = session;
    await writeTokens(explorer, STORY.split(' ').slice(0, T).join(' '), `${T} of`);
    for (const window of WINDOWS) {
      await eventually(() => seen(explorer, window)).toEqual(WHOLE);
      expect(await rowsOf(explorer)).toBe(T);
    }
  });

  it('60 tokens have a row of 9 px each, and in a low window stand in bands', async () => {
    const { explorer } = session;
    await writeTokens(explorer, ' dog'.repeat(60), '60 of');
    const [high, low] = WINDOWS;
    await eventually(() => seen(explorer, high)).toMatchObject({ sentence: true, picture: true });
    await eventually(() => rowsOf(explorer)).toBe(60);
    const row = await picture(explorer).locator('rect.selected').getAttribute('height');
    expect(Number(row)).toBeCloseTo(9, 0);
    await eventually(() => seen(explorer, low)).toEqual(WHOLE);
    expect(await rowsOf(explorer)).toBeLessThan(60);
  });

  it('300 tokens stand in bands, and the sentence’s steps leave them as they are', async () => {
    const { explorer } = session;
    await writeTokens(explorer, ' dog ran'.repeat(150), '300 of');
    for (const window of WINDOWS) {
      await eventually(() => seen(explorer, window)).toEqual(WHOLE);
      const count = await rowsOf(explorer);
      await explorer.page.getByRole('button', { name: 'Step forward' }).click();
      await eventually(() => sentence(explorer).innerText()).toMatch(/^Embeddings: /);
      expect(await rowsOf(explorer)).toBe(count);
      await explorer.page.getByRole('button', { name: 'Show all blocks' }).click();
    }
  });

  it('follows a row of a long prompt back: the strongest links between single rows, the others in bands', async () => {
    const { page } = session.explorer;
    await page.getByRole('radio', { name: 'followed back' }).click();
    await eventually(() => sentence(session.explorer).innerText()).toMatch(
      /^Followed back .* comes from ·\S+ \(position \d+: \S+ %\)/
    );
    await page.getByText(/of the end of the row: \d+ of [\d,]+ links of all rows drawn/).waitFor();
    await legend(session.explorer)
      .getByText(/between two bands as one/)
      .waitFor();
    await page.getByRole('radio', { name: 'this row' }).click();
  });

  it('is clipped nowhere in a window of half the size, as at a zoom of 200 %', async () => {
    const { page } = session.explorer;
    await session.explorer.write('When Mary and John went to the store, John gave a drink to');
    await page.setViewportSize({ width: 720, height: 450 });
    await eventually(() =>
      page.getByRole('tabpanel').evaluate((panel) => {
        const { right } = panel.getBoundingClientRect();
        const cut = [...panel.querySelectorAll('h2, p, label, button, text.token, text.label, svg')].filter(
          (part) => part.getBoundingClientRect().right > right + 1
        );
        return [document.documentElement.scrollWidth - innerWidth, ...cut.map((part) => part.textContent)];
      })
    ).toEqual([0]);
  });

  it('on a phone depth runs down, and each block says what the row reads from', async () => {
    const { explorer } = session;
    await explorer.page.setViewportSize({ width: 390, height: 844 });
    await explorer.page.getByRole('button', { name: 'Block 10' }).waitFor();
    const steps = explorer.page.getByRole('tabpanel').getByRole('list').first().locator('> li');
    await eventually(() => steps.nth(11).innerText()).toMatch(/reads from\s+·Mary/);
    expect(
      await explorer.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    ).toBeLessThanOrEqual(0);
  });
});

describe('Flow of 1,024 tokens', () => {
  const n_ctx = 1024;
  const models = [{ name: 'tiny', files: makeFolder({ config: { n_ctx } }), n_ctx }];
  const query = '#v=2&model=tiny&prompt=abc&view=flow';
  const session = useExplorer({ query, models, viewport: WINDOWS[0] });

  it('stand in bands, whole in the window, legend and all', async () => {
    const { explorer } = session;
    const letters = STORY.repeat(9).slice(0, n_ctx); // a token each
    await writeTokens(explorer, letters, '1,024 of');
    for (const window of WINDOWS) {
      await eventually(() => seen(explorer, window)).toEqual(WHOLE);
      expect(await rowsOf(explorer)).toBeLessThanOrEqual(60);
    }
  });
});
