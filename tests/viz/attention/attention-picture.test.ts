import { describe, expect, it } from 'vitest';
import { combinedPicture, ownPicture } from '../../../src/lib/viz/attention/attention-picture.ts';
import { shownPattern } from '../../../src/lib/viz/attention/shown-pattern.ts';

// Two tokens, one head of width 4: q1·k0 = 2 ln 3 and q1·k1 = 0, so query 1 reads 75 % and 25 %.
const shape = { T: 2, n_head: 1, d_head: 4 };
const block = {
  q: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0),
  k: Float32Array.of(5, 2 * Math.log(3), 0, 0, 7, 0, 0, 0),
  attn_scores: undefined,
  pattern: Float32Array.of(1, 0, 0.75, 0.25)
};
const place = { layer: 3, head: 0 };

describe('ownPicture(block, shape, place, stage)', () => {
  it('tells a row at the stage that is drawn, and its shares at every stage', () => {
    const row = ownPicture(block, shape, place, 'qk').row(1)!;
    expect(row.text(0)).toBe('2.197');
    expect(row.shares).toEqual([0.75, 0.25]);
    expect(row.lines(0)[0]).toBe('q·k = 2.197');
    expect(ownPicture(block, shape, place, 'softmax').row(1)!.text(0)).toBe('75.0 %');
  });

  it('says the model’s own share only where the steps lead to another', () => {
    const edited = { ...block, pattern: Float32Array.of(1, 0, 0.5, 0.5) };
    expect(ownPicture(edited, shape, place, 'softmax').row(1)!.changed(0)).toBe('50.0 %');
    expect(ownPicture(block, shape, place, 'softmax').row(1)!.changed(0)).toBeNull();
  });

  it('has no row while q or k is not loaded', () => {
    const picture = ownPicture({ ...block, q: undefined }, shape, place, 'softmax');
    expect(picture.row(1)).toBeUndefined();
    expect(picture.instead).toBeNull();
  });
});

describe('combinedPicture(heads, settings, shown, T)', () => {
  const heads = [
    { ...place, pattern: block.pattern, norms: null },
    { layer: 4, head: 1, pattern: Float32Array.of(1, 0, 0.25, 0.75), norms: null }
  ];
  const settings = { combine: 'mean', weigh: 'weight', first: 'show', keep: 100 } as const;

  it('tells what is shown in place of the pattern, with its own numbers', () => {
    const picture = combinedPicture(heads, settings, shownPattern(heads, settings, 2), 2);
    expect(picture.instead).toBe('mean of heads 3.0, 4.1');
    expect(picture.legend).toBe(picture.instead);
    expect(picture.row(1)!.text(0)).toBe('50.0 %');
    expect(picture.row(1)!.shares).toEqual([0.5, 0.5]);
  });

  it('has no row while a pattern is not loaded', () => {
    expect(combinedPicture(heads, settings, undefined, 2).row(1)).toBeUndefined();
  });
});
