import { describe, expect, it } from 'vitest';
import { isPlain, meanShare, shownPattern } from '../../../src/lib/viz/attention/shown-pattern.ts';

const plain = { combine: 'one', weigh: 'weight', first: 'show', keep: 100 } as const;
// Three tokens; row = query.
const a = { layer: 0, head: 0, pattern: Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0.5, 0.25, 0.25), norms: null };
const b = { layer: 0, head: 1, pattern: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0.5, 0.5), norms: null };
const rows = (values: Float32Array) => [
  [...values.slice(0, 3)],
  [...values.slice(3, 6)],
  [...values.slice(6)]
];
const row2 = (...args: Parameters<typeof shownPattern>) => rows(shownPattern(...args)!.values)[2];

describe('shownPattern(heads, settings, T)', () => {
  it('is the first head’s own pattern where nothing is set', () => {
    expect(isPlain(plain)).toBe(true);
    expect(shownPattern([a, b], plain, 3)!.values).toEqual(a.pattern);
  });

  it('averages the heads, or takes the largest of each cell and says whose it is', () => {
    expect(row2([a, b], { ...plain, combine: 'mean' }, 3)).toEqual([0.25, 0.375, 0.375]);
    const largest = shownPattern([a, b], { ...plain, combine: 'max' }, 3)!;
    expect(rows(largest.values)[2]).toEqual([0.5, 0.5, 0.5]);
    expect([...largest.owner!.slice(6)]).toEqual([0, 1, 1]);
  });

  it('multiplies each weight by its key’s norm, and brings the row back to 1', () => {
    // 0.5 · 1, 0.25 · 2, 0.25 · 4 = 0.5, 0.5, 1; their sum is 2.
    const heavy = { ...a, norms: Float32Array.of(1, 2, 4) };
    expect(row2([heavy], { ...plain, weigh: 'v' }, 3)).toEqual([0.25, 0.25, 0.5]);
  });

  it('hides position 0 and says what it had, or brings the rest back to 1', () => {
    const hide = shownPattern([a], { ...plain, first: 'hide' }, 3)!;
    expect(rows(hide.values)).toEqual([
      [0, 0, 0],
      [0, 0.5, 0],
      [0, 0.25, 0.25]
    ]);
    expect([...hide.position0]).toEqual([1, 0.5, 0.5]);
    expect(meanShare(hide.position0)).toBe(0.5); // of the queries that have another key
    expect(row2([a], { ...plain, first: 'renormalise' }, 3)).toEqual([0, 0.5, 0.5]);
  });

  it('keeps the strongest cells of each row, and says how much weight that hides', () => {
    // A third of three keys is one; of two keys, too.
    const kept = shownPattern([b], { ...plain, keep: 33 }, 3)!;
    expect(rows(kept.values)[1]).toEqual([0, 1, 0]);
    const cut = shownPattern([a], { ...plain, keep: 33 }, 3)!;
    expect(rows(cut.values)[2]).toEqual([0.5, 0, 0]);
    expect([...cut.hidden]).toEqual([0, 0, 0.5]); // both of [0.5, 0.5] are strongest
  });

  it('waits for every pattern and norm that it needs', () => {
    const waiting = { ...b, pattern: undefined };
    expect(shownPattern([a, waiting], { ...plain, combine: 'mean' }, 3)).toBeUndefined();
    expect(shownPattern([a, waiting], { ...plain, keep: 50 }, 3)).toBeDefined();
    expect(shownPattern([{ ...a, norms: undefined }], { ...plain, weigh: 'out' }, 3)).toBeUndefined();
  });
});
