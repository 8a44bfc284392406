import { describe, expect, it } from 'vitest';
import { MAX_SEED } from '../../src/lib/gpt2';
import { formatView, parseView } from '../../src/lib/state/url';
import { DEFAULT_VIEW } from '../../src/lib/state/view-state';

describe('parseView(text)', () => {
  it('ends lines as the box of the prompt does, so that a prompt has the tokens that its text shows', () => {
    expect(parseView('prompt=a%0D%0Ab%0Dc%0Ad').state.prompt).toBe('a\nb\nc\nd');
  });

  it('takes every seed that the page takes', () => {
    const state = { ...DEFAULT_VIEW, seed: MAX_SEED };
    expect(parseView(formatView(state))).toEqual({ state, problems: [] });
  });

  it('takes the row of the logit lens that was chosen', () => {
    const state = { ...DEFAULT_VIEW, row: 'layer' as const };
    expect(formatView(state)).toContain('&row=layer');
    expect(parseView(formatView(state))).toEqual({ state, problems: [] });
  });

  it('refuses a larger one by name', () => {
    const { state, problems } = parseView(`seed=${MAX_SEED + 1}`);
    expect(state.seed).toBe(DEFAULT_VIEW.seed);
    expect(problems.map((say) => say())).toEqual([
      "The link's seed should be a whole number from 0 to 4294967295; the usual one is shown."
    ]);
  });
});
