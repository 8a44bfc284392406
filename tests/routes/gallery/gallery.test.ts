// @vitest-environment jsdom
/**
 * Every picture of every view, drawn from stored answers of the engine and held beside its snapshot: the text of its SVGs,
 * and of each canvas what is drawn to it. In dark the shapes are the same, and the whole has a digest. Write the snapshots anew with `-u`, the answers, too, with COMPUTE=1; see
 * docs/HOWTO.md, "The gallery".
 */
import { cleanup, render } from '@testing-library/svelte';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/lib/engine';
import { loadPicture, VIEWS } from '../../../src/lib/views';
import type { Theme } from '../../../src/lib/viz';
import GalleryPicture from '../../../src/routes/gallery/GalleryPicture.svelte';
import { PICTURES } from '../../../src/routes/gallery/pictures.ts';
import { storedEngine, type StoredAnswers } from '../../../src/routes/gallery/stored-engine.ts';
import { fillJsdomGaps } from '../../viz/shared/jsdom-gaps.ts';
import { digestOf, drawnIn, shapesOf, watchCanvases } from './drawn.ts';
import { startComputing } from './computing-engine.ts';

const FILE = 'src/routes/gallery/answers.json';
const CATALOGUE = 'static/models/models.json';
/** No change in so many steps: the picture is whole. */
const QUIET_STEPS = 5;
const STEP_MS = 30;

let createEngine: () => Engine;
let computing: Awaited<ReturnType<typeof startComputing>> | null = null;
let underWay = 0;

/** The same engine, which says how many calls are under way. */
function counted(engine: Engine): Engine {
  return new Proxy(engine, {
    get: (target, method) => {
      const call = Reflect.get(target, method) as unknown;
      if (typeof call !== 'function') return call;
      return (...given: unknown[]) => {
        const answer = (call as (...all: unknown[]) => unknown).apply(target, given);
        if (!(answer instanceof Promise)) return answer;
        underWay += 1;
        return answer.finally(() => (underWay -= 1));
      };
    }
  });
}

/** Waits until no call is under way and nothing has changed for a while. */
async function settled(container: Element): Promise<void> {
  let quiet = 0;
  const changes = new MutationObserver(() => (quiet = 0));
  changes.observe(container, { subtree: true, childList: true, attributes: true, characterData: true });
  while (quiet < QUIET_STEPS) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    quiet = underWay === 0 && container.childElementCount > 0 ? quiet + 1 : 0;
  }
  changes.disconnect();
}

beforeAll(async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(readFileSync(CATALOGUE))));
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  fillJsdomGaps();
  watchCanvases();
  // What a view fetches is here before the first is drawn.
  await Promise.all([
    ...VIEWS.map(loadPicture),
    import('../../../src/lib/state/why/why.svelte'),
    import('../../../src/lib/state/decode/decoding'),
    import('../../../src/lib/state/surveys.svelte')
  ]);
  if (process.env.COMPUTE) {
    computing = await startComputing();
    ({ createEngine } = computing);
  } else {
    const answers = JSON.parse(readFileSync(FILE, 'utf8')) as StoredAnswers;
    createEngine = () => storedEngine(answers);
  }
});

afterEach(cleanup);
afterAll(() => {
  vi.unstubAllGlobals();
  if (computing) writeFileSync(FILE, `${JSON.stringify(computing.answers(), null, 2)}\n`);
});

/** What a picture draws, with nothing said to be wrong. */
async function draw(picture: (typeof PICTURES)[number], theme: Theme): Promise<string> {
  const { container } = render(GalleryPicture, {
    picture,
    theme,
    modelsUrl: 'http://localhost/models/',
    createEngine: () => counted(createEngine())
  });
  await settled(container);
  expect(container.querySelector('[role=alert]')?.textContent).toBeUndefined();
  const drawn = drawnIn(container);
  expect(drawn).not.toBe('');
  cleanup();
  return drawn;
}

describe('gallery', () => {
  it.each(PICTURES.map((picture) => [picture.name, picture] as const))('%s', async (name, picture) => {
    const light = await draw(picture, 'light');
    const dark = await draw(picture, 'dark');
    await expect(`${light}in dark: ${digestOf(dark)}\n`).toMatchFileSnapshot(`snapshots/${name}.txt`);
    expect(shapesOf(dark)).toBe(shapesOf(light));
  });
});
