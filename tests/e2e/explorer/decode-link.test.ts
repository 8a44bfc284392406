import { describe, expect, it } from 'vitest';
import { eventually, patiently } from '../page.ts';
import { useExplorer } from '../session.ts';
import { decodeQuery, DecodePage } from './decode-page.ts';
import { namelessPictures, overflow, unreached, violations } from './page-checks.ts';

const ONCE = [7454, 2402, 257, 640];
const PARTS = ['Step by step', 'Beam tree', 'Compare', 'Loss'] as const;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 }
];
const SCHEMES = ['light', 'dark'] as const;

const session = useExplorer({
  query: decodeQuery(ONCE, {
    max_new_tokens: 4,
    columns: 'best_sample-t0.7',
    generated: '11.612',
    top_k: 40,
    temperature: 1.2
  })
});

/** What differs from visit to visit: how long it took, or the hint that stands there before the first run. */
const TIMES = /[\d.]+ tokens\/s \([^)]*\)|in [\d.]+ s|Step adds one token[^.]*\./g;

/** Everything that the panel says and has chosen, times left out. */
async function snapshot(decode: DecodePage): Promise<string> {
  const panel = decode.page.getByRole('tabpanel');
  const text = (await panel.innerText()).replaceAll(TIMES, '');
  const values = await panel
    .getByRole('slider')
    .evaluateAll((all) => all.map((slider) => slider.getAttribute('aria-valuetext')));
  return [text.replaceAll(/\s+/g, ' '), ...values].join('\n');
}

async function quiet(decode: DecodePage): Promise<void> {
  const panel = decode.page.getByRole('tabpanel');
  await eventually(() => panel.getByText(/Being computed|being computed|Searching|idle/).count()).toBe(0);
  await eventually(() => panel.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  const animations = () => document.getAnimations().filter(({ playState }) => playState === 'running').length;
  await eventually(() => decode.page.evaluate(animations)).toBe(0); // colours half-way have no contrast to speak of
}

describe('a link of the decode view', () => {
  it('opens the same tokens, settings, seed and draw elsewhere', async () => {
    const decode = new DecodePage(
      await session.open({ query: decodeQuery(ONCE, { seed: 4294967295, max_new_tokens: 5 }) })
    );
    await decode.processor('temperature').getByRole('slider').fill('30'); // 1.55
    await decode.processor('min_p').getByRole('slider').fill('2'); // 0.02
    await decode.processor('repetition_penalty').getByRole('slider').fill('5'); // 1.2
    await decode.run.click();
    await decode.settled(5);
    await decode.addedToken(2).click();
    await decode.explorer.radio('Scale of the bars', 'log').click();
    await eventually(() => decode.explorer.link().get('scale')).toBe('log');
    await eventually(() => decode.explorer.link().get('step')).toBe('2');
    const query = new URL(decode.page.url()).hash;
    const elsewhere = new DecodePage(await session.open({ query }));
    await elsewhere.settled(5);
    await patiently(async () => expect(await snapshot(elsewhere)).toBe(await snapshot(decode)));
    expect(await elsewhere.whyText()).toContain('seed 4294967295');
    expect(await elsewhere.page.locator('[data-token]', { hasText: '← taken' }).count()).toBe(1);
  });

  it('draws the same tokens from the seed alone', async () => {
    const query = decodeQuery(ONCE, { seed: 11, temperature: 1.4, max_new_tokens: 6 });
    const drawn: number[][] = [];
    for (let visit = 0; visit < 2; visit++) {
      const decode = new DecodePage(await session.open({ query }));
      await eventually(() => decode.why.count()).toBe(1);
      expect(await decode.addedCount()).toBe(0); // a link runs nothing that was not asked for
      await decode.run.click();
      await decode.settled(6);
      drawn.push(decode.generated());
    }
    expect(drawn[1]).toEqual(drawn[0]);
  });

  it.each([
    ['Beam tree', 'beams'],
    ['Compare', 'compare'],
    ['Loss', 'loss']
  ])('restores %s', async (part, inLink) => {
    const decode = new DecodePage(session.explorer);
    await decode.part(part).click();
    await quiet(decode);
    await eventually(() => decode.explorer.link().get('decode')).toBe(inLink); // not yet that of the part before
    const elsewhere = new DecodePage(await session.open({ query: new URL(decode.page.url()).hash }));
    await quiet(elsewhere);
    expect(await elsewhere.part(part).getAttribute('aria-checked')).toBe('true');
    await patiently(async () => expect(await snapshot(elsewhere)).toBe(await snapshot(decode)));
  });

  it('forgets added tokens with the prompt they were added to', async () => {
    const decode = new DecodePage(await session.open({ query: decodeQuery(ONCE, { generated: '11.612' }) }));
    await decode.settled(2);
    await decode.explorer.write('Monday, Tuesday,');
    await decode.settled(0);
  });
});

describe.each(SIZES)('at $width × $height', (viewport) => {
  describe.each(SCHEMES)('in %s', (colorScheme) => {
    it.each(PARTS)('%s passes axe-core, fits the width and names its pictures', async (part) => {
      const decode = new DecodePage(session.explorer);
      const { page } = decode;
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await eventually(() => page.locator(`html[data-theme="${colorScheme}"]`).count()).toBe(1);
      await decode.part(part).click();
      await quiet(decode);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await namelessPictures(page)).toEqual([]);
    });
  });
});

describe('by keyboard alone', () => {
  it.each(PARTS)('everything of %s can be reached', async (part) => {
    const decode = new DecodePage(session.explorer);
    await decode.page.setViewportSize(SIZES[0]);
    await decode.part(part).click();
    await quiet(decode);
    expect(await unreached(decode.page)).toEqual([]);
  });
});
