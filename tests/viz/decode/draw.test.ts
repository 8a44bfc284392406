import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleIndex } from '../../../src/lib/gpt2';
import { closeUp, layoutDraw, stretchOf } from '../../../src/lib/viz/decode/steps/draw';

describe('stretchOf(probabilities, id)', () => {
  it('lays the tokens end to end by id', () => {
    expect(stretchOf([0.25, 0.5, 0.25], 1)).toEqual([0.25, 0.75]);
  });

  it('holds the draw that chose the token', () => {
    const distribution = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(distribution, fc.double({ min: 0, max: 0.999, noNaN: true }), (weights, draw) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const probabilities = weights.map((weight) => weight / total);
        const [from, to] = stretchOf(probabilities, sampleIndex(probabilities, draw));
        expect(from).toBeLessThanOrEqual(draw);
        expect(to).toBeGreaterThan(draw);
      })
    );
  });
});

describe('closeUp(stretch)', () => {
  it('gives the token a fifth of the bar, and stays within 0 to 1', () => {
    const [low, high] = closeUp([0.5, 0.52]);
    expect(low).toBeCloseTo(0.46);
    expect(high).toBeCloseTo(0.56);
    const atTheStart = closeUp([0, 0.01]);
    expect(atTheStart[0]).toBe(0);
    expect(atTheStart[1]).toBeCloseTo(0.05);
    expect(closeUp([0.1, 0.9])).toEqual([0, 1]);
  });
});

describe('layoutDraw(probabilities, choice, width, window)', () => {
  const probabilities = [0.5, 0.001, 0.002, 0, 0.497];

  it('joins neighbours too narrow to be seen, and counts those above 0', () => {
    const { segments, pointer } = layoutDraw(probabilities, { draw: 0.25, chosen: 0 }, 400);
    expect(segments.map(({ id, count }) => [id, count])).toEqual([
      [0, 1],
      [null, 2],
      [4, 1]
    ]);
    expect(segments.map(({ x }) => Math.round(x))).toEqual([0, 200, 201]);
    expect(pointer).toBe(100);
  });

  it('never joins the chosen token', () => {
    const { segments } = layoutDraw(probabilities, { draw: 0.5005, chosen: 1 }, 400);
    expect(segments.map(({ id }) => id)).toEqual([0, 1, null, 4]);
  });

  it('fills the bar without a gap, close up too', () => {
    const window = closeUp(stretchOf(probabilities, 1));
    const { segments, pointer } = layoutDraw(probabilities, { draw: 0.5005, chosen: 1 }, 400, window);
    expect(segments[0].x).toBe(0);
    expect(segments.at(-1)!.x + segments.at(-1)!.width).toBeCloseTo(400);
    for (let i = 1; i < segments.length; i++) {
      expect(segments[i].x).toBeCloseTo(segments[i - 1].x + segments[i - 1].width);
    }
    expect(segments.find(({ id }) => id === 1)!.width).toBeCloseTo(80);
    expect(pointer).toBeCloseTo(200);
  });
});
