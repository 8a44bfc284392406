// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import type { Explorer } from '../../src/lib/state';
import { PIECES } from './fake-engine.ts';
import { useFakePage } from './fake-page.ts';

const page = useFakePage();
const { settle, open, prompts } = page;
let explorer: Explorer;

beforeEach(() => {
  ({ explorer } = page);
});

describe('NextToken.distribution', () => {
  it('is the softmax over the whole vocabulary of the logits at the selected position', async () => {
    await open('?prompt=abc');
    // by hand: the engine gives d a logit of 9, and each of the other 26 tokens 0
    const share = Math.exp(9) + PIECES.length - 1;
    const { probabilities } = explorer.nextToken.distribution!;
    expect(probabilities).toHaveLength(PIECES.length);
    expect(probabilities[PIECES.indexOf('d')]).toBeCloseTo(Math.exp(9) / share, 6);
    expect(probabilities[PIECES.indexOf('a')]).toBeCloseTo(1 / share, 6);
  });

  it('follows the settings', async () => {
    await open('?prompt=abc');
    explorer.selection.show({ temperature: 2 });
    const share = Math.exp(4.5) + PIECES.length - 1;
    expect(explorer.nextToken.distribution!.probabilities[0]).toBeCloseTo(1 / share, 6);
    explorer.selection.show({ top_k: 1 });
    expect(explorer.nextToken.distribution!.probabilities[0]).toBe(0);
  });

  it('is not there before the logits are', async () => {
    expect(explorer.nextToken.distribution).toBeNull();
    await open('?prompt=abc&position=1');
    expect([explorer.nextToken.logits, explorer.nextToken.distribution]).toEqual([undefined, null]);
  });
});

describe('NextToken.canAppend', () => {
  it('is true at the end of the prompt that was run', async () => {
    expect(explorer.nextToken.canAppend).toBe(false);
    await open('?prompt=abc');
    expect(explorer.nextToken.canAppend).toBe(true);
    explorer.selection.show({ position: 1 });
    expect(explorer.nextToken.canAppend).toBe(false);
  });
});

describe('NextToken.takeBest()', () => {
  it('appends the most probable token and runs', async () => {
    await open('?prompt=abc&position=1');
    explorer.nextToken.takeBest(); // not the last position: nothing
    await settle();
    expect(prompts()).toEqual([]);
    explorer.selection.show({ position: null });
    explorer.nextToken.takeBest();
    await settle();
    expect(prompts()).toEqual(['abcd']);
    expect(explorer.selection.view.prompt).toBe('abcd');
  });
});

describe('NextToken.draw()', () => {
  // The third number of np.random.RandomState(1).random_sample() is 1.14374817e-4: it falls on the first token, a.
  const DRAWS_A = '?prompt=abc&seed=1';

  it('appends the token that the seed draws for a prompt of this length', async () => {
    await open(DRAWS_A);
    await explorer.nextToken.draw();
    await settle();
    expect(prompts()).toEqual(['abca']);
  });

  it('never draws a token that the settings cut', async () => {
    await open(`${DRAWS_A}&top_k=1`);
    await explorer.nextToken.draw();
    await settle();
    expect(prompts()).toEqual(['abcd']);
  });

  it('waits for the run under way', async () => {
    await open(DRAWS_A);
    explorer.prompts.type('xyz');
    await explorer.nextToken.draw();
    await settle();
    expect(prompts()).toEqual(['xyz']);
  });
});
