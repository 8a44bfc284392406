import { describe, expect, it } from 'vitest';
import { layoutNextTokens, shownMass } from '../../../src/lib/viz/next-token/layout';
import { cutOf, nextTokens } from '../../../src/lib/viz/next-token/distribution';
import { NEUTRAL } from '../../../src/lib/viz/next-token/settings';

/** Softmax of these is 1/2, 1/4, 1/4 exactly. */
const logits = Float32Array.of(0, Math.log(2), 0);

describe('layoutNextTokens(ids, logits, distributions)', () => {
  const rows = layoutNextTokens([1, 0], [0, 0.5], {
    before: Float64Array.of(0.25, 0.75),
    probabilities: Float64Array.of(0, 1),
    scores: Float64Array.of(-Infinity, 0.5)
  });

  it('ranks by the order given and keeps the numbers before and after', () => {
    expect(rows[0]).toMatchObject({ id: 1, rank: 1, logit: 0.5, before: 0.75, after: 1, kept: true });
    expect(rows[1]).toMatchObject({ id: 0, rank: 2, logit: 0, before: 0.25, after: 0, kept: false });
  });

  it('fits bars and marks on one scale', () => {
    expect(rows.map(({ bar, mark }) => [bar, mark])).toEqual([
      [1, 0.75],
      [0, 0.25]
    ]);
  });

  it('on the logarithmic scale an eighth of the width is a factor of ten', () => {
    const certain = {
      before: Float64Array.of(0.5, 1e-4),
      probabilities: Float64Array.of(1, 1e-4),
      scores: Float64Array.of(0, 0)
    };
    const [first, second] = layoutNextTokens([0, 1], [0, 0], certain, 'log');
    expect(first.bar).toBe(1);
    expect(second.bar).toBeCloseTo(0.5, 12); // 10⁻⁴ is half way from 10⁻⁸ to 1
    expect(
      layoutNextTokens(
        [0],
        [0],
        { before: Float64Array.of(1e-9), probabilities: Float64Array.of(0), scores: Float64Array.of(0) },
        'log'
      )[0]
    ).toMatchObject({
      bar: 0,
      mark: 0
    });
  });

  it('draws nothing where all is zero', () => {
    const none = {
      before: Float64Array.of(0),
      probabilities: Float64Array.of(0),
      scores: Float64Array.of(0)
    };
    expect(layoutNextTokens([0], [0], none)[0]).toMatchObject({ bar: 0, mark: 0 });
  });
});

describe('nextTokens(logits, settings, count)', () => {
  it('gives the best tokens with their probability over the whole vocabulary', () => {
    const { rows } = nextTokens(logits, NEUTRAL, 2);
    expect(rows.map(({ id }) => id)).toEqual([1, 0]);
    expect(rows[0].after).toBeCloseTo(0.5, 6);
    expect(rows[1].after).toBeCloseTo(0.25, 6);
  });

  it('keeps the ranks when the settings cut, and renormalises what stays', () => {
    const { rows, processed } = nextTokens(logits, { temperature: 1, top_k: 1, top_p: 1 }, 3);
    expect(rows.map(({ rank, kept, after }) => [rank, kept, after])).toEqual([
      [1, true, 1],
      [2, false, 0],
      [3, false, 0]
    ]);
    expect(cutOf(processed!)).toEqual({ keptCount: 1, massCut: expect.closeTo(0.5, 6) });
  });

  it('shows no more tokens than there are', () => {
    expect(nextTokens(logits, NEUTRAL, 12).rows).toHaveLength(3);
  });

  it('gives the reason, not bars, for logits that are not numbers', () => {
    const { rows, problem } = nextTokens(Float32Array.of(0, NaN), NEUTRAL, 2);
    expect(rows).toEqual([]);
    expect(problem).toContain('NaN');
  });
});

describe('shownMass(rows)', () => {
  it('adds up what is on screen', () => {
    expect(shownMass(nextTokens(logits, NEUTRAL, 2).rows)).toBeCloseTo(0.75, 6);
  });

  it('is exactly 1 when all that is left is shown', () => {
    expect(shownMass(nextTokens(logits, NEUTRAL, 3).rows)).toBe(1);
  });
});
