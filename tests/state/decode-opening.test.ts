// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import type { Explorer } from '../../src/lib/state';
import { EXAMPLE_PROMPTS, TELLING_HEADS } from '../../src/lib/state/example-prompts';
import { exampleOnHead } from '../../src/lib/state/examples';
import { useFakePage } from './fake-page.ts';

const page = useFakePage();
let explorer: Explorer;

beforeEach(() => {
  ({ explorer } = page);
});

const shown = () => {
  const { view, prompt, layer, head } = explorer.selection.view;
  return { view, prompt, layer, head };
};

describe('DecodeOpening.openView(view)', () => {
  it('opens Decode with the story, on its head, where the prompt is still the first one', async () => {
    await page.open('');
    explorer.opening.openView('decode');
    const { layer, head } = TELLING_HEADS.story;
    expect(shown()).toEqual({ view: 'decode', prompt: EXAMPLE_PROMPTS.story, layer, head });
    expect(explorer.opening.replaced).toBe(true);
  });

  it('leaves the prompt to every other view', async () => {
    await page.open('');
    explorer.opening.openView('lens');
    expect([shown().prompt, explorer.opening.replaced]).toEqual([EXAMPLE_PROMPTS.names, false]);
  });

  it('brings the first prompt and its selection back when Decode is left, unless tokens were added', async () => {
    await page.open('?layer=0&head=1');
    explorer.opening.openView('decode');
    explorer.opening.openView('lens');
    expect(shown()).toEqual({ view: 'lens', prompt: EXAMPLE_PROMPTS.names, layer: 0, head: 1 });
    explorer.opening.openView('decode');
    expect(shown().prompt).toBe(EXAMPLE_PROMPTS.story);
    explorer.selection.show({ generated: [1] });
    explorer.opening.openView('lens');
    expect(shown().prompt).toBe(EXAMPLE_PROMPTS.story);
  });

  it('goes back to the first prompt, and then leaves it', async () => {
    await page.open('');
    explorer.opening.openView('decode');
    explorer.opening.back();
    const { layer, head } = TELLING_HEADS.names;
    expect(shown()).toEqual({ view: 'decode', prompt: EXAMPLE_PROMPTS.names, layer, head });
    explorer.opening.openView('attention');
    explorer.opening.openView('decode');
    expect([shown().prompt, explorer.opening.replaced]).toEqual([EXAMPLE_PROMPTS.names, false]);
  });

  it('keeps a prompt that the reader chose or typed, the first one included', async () => {
    await page.open('');
    explorer.prompts.openExample('names');
    explorer.opening.openView('decode');
    expect(shown().prompt).toBe(EXAMPLE_PROMPTS.names);
    explorer.prompts.type('abc');
    explorer.opening.openView('decode');
    expect(shown().prompt).toBe('abc');
  });
});

describe('exampleOnHead(view, layer, head)', () => {
  it('names the example while its prompt and its head are shown, and nothing else', async () => {
    await page.open('');
    const { view } = explorer.selection;
    expect(exampleOnHead(view, 9, 8)).toBe('names');
    expect(exampleOnHead(view, 9, 7)).toBeNull();
    expect(exampleOnHead({ ...view, model: 'gpt2' }, 9, 8)).toBeNull();
    expect(exampleOnHead({ ...view, bos: true }, 9, 8)).toBeNull();
    expect(exampleOnHead({ ...view, prompt: 'abc' }, 9, 8)).toBeNull();
  });
});
