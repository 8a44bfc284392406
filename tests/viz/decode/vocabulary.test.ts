import { describe, expect, it } from 'vitest';
import { byProbability, layoutVocabulary } from '../../../src/lib/viz/decode/steps/vocabulary';

const size = { width: 468, height: 130, scale: 'linear' as const }; // the frame: x 60 to 460, y 8 to 108

describe('byProbability(probabilities)', () => {
  it('orders the ids, of equal ones the lower first', () => {
    expect([...byProbability([0.1, 0.5, 0.1, 0.3])]).toEqual([1, 3, 0, 2]);
  });
});

describe('layoutVocabulary(before, after, order, options)', () => {
  it('steps down from rank to rank, and stands on the ground where a token was removed', () => {
    const before = [0.25, 0.75];
    const { before: outline, after } = layoutVocabulary(before, [1, 0], byProbability(before), size);
    // rank 1 ends at ln 2 / ln 3 of the 400 px; 0.75 of 1 is 75 of the 100 px
    expect(outline).toBe('M60 108V33H312.4V83H460V108H460Z');
    expect(after).toBe('M60 108V108H312.4V8H460V108H460Z');
  });

  it('draws every rank of a large vocabulary within the frame, in columns of at least 2 px but the last', () => {
    const before = Float64Array.from({ length: 50_257 }, (_, i) => 1 / (i + 1) / 11.4);
    const { before: outline } = layoutVocabulary(before, before, byProbability(before), {
      ...size,
      scale: 'log'
    });
    const columns = [...outline.matchAll(/V([\d.]+)H([\d.]+)/g)].map(([, y, x]) => [Number(y), Number(x)]);
    expect(columns.length).toBeLessThan(200);
    expect(columns.at(-2)![1]).toBe(460);
    const heights = columns.slice(0, -1).map(([y]) => y);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
  });

  it('labels powers of ten', () => {
    const before = new Float64Array(1500).fill(1 / 1500);
    const { xTicks } = layoutVocabulary(before, before, byProbability(before), size);
    expect(xTicks.map(({ label }) => label)).toEqual(['1', '10', '100', '1,000']);
  });
});
