import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LENS_CHUNK, NOT_READ, type LensRow } from '../../src/lib/gpt2';
import { chunkStarts, joinLens } from '../../src/lib/state/lens-window.ts';

/** A row whose numbers are its positions. */
function rowOf(start: number, count: number, tracked: boolean): LensRow {
  const at = Array.from({ length: count }, (_, i) => start + i);
  const pairs = at.flatMap((position) => [position, position + 0.5]);
  return {
    top: 2,
    topIds: Int32Array.from(pairs),
    topProbabilities: Float64Array.from(pairs),
    topLogits: Float32Array.from(pairs),
    entropy: Float32Array.from(at),
    kl: Float32Array.from(at),
    nextRank: Int32Array.from(at),
    crossEntropy: Float32Array.from(at),
    rank: tracked ? Int32Array.from(at) : null,
    probability: tracked ? Float64Array.from(at) : null,
    logProbability: tracked ? Float64Array.from(at) : null
  };
}

describe('chunkStarts(range, position, T)', () => {
  it('holds the positions in view and the selected one, and nothing else', () => {
    expect(chunkStarts({ first: 60, end: 70 }, 1000, 1024)).toEqual([0, 64, 960]);
    expect(chunkStarts({ first: 0, end: 0 }, 5, 1024)).toEqual([0]);
    expect(chunkStarts({ first: 0, end: 14 }, 13, 14)).toEqual([0]);
  });

  it('covers every position in view', () => {
    const cases = fc.record({
      T: fc.integer({ min: 1, max: 1024 }),
      first: fc.nat(1023),
      length: fc.nat(200),
      position: fc.nat(1023)
    });
    fc.assert(
      fc.property(cases, ({ T, first, length, position }) => {
        const at = Math.min(position, T - 1);
        const starts = chunkStarts({ first, end: first + length }, at, T);
        const holds = (p: number) => starts.some((start) => p >= start && p < start + LENS_CHUNK);
        for (let p = first; p < Math.min(first + length, T); p++) expect(holds(p)).toBe(true);
        expect(holds(at)).toBe(true);
        expect(starts.every((start) => start < T && start % LENS_CHUNK === 0)).toBe(true);
      })
    );
  });
});

describe('joinLens(T, parts)', () => {
  it('puts chunks where they belong, and marks what was not read', () => {
    const parts = [
      { start: 0, row: rowOf(0, 64, true) },
      { start: 128, row: rowOf(128, 2, true) }
    ];
    const joined = joinLens(130, parts)!;
    expect([joined.topIds[0], joined.topIds[126], joined.topIds[128], joined.topIds[256]]).toEqual([
      0,
      63,
      NOT_READ,
      128
    ]);
    expect([joined.rank![63], joined.rank![64], joined.rank![129]]).toEqual([63, NOT_READ, 129]);
    expect([joined.entropy[129], joined.kl[64]]).toEqual([129, NaN]);
  });

  it('keeps the ranks that are there where another chunk has none yet', () => {
    const parts = [
      { start: 0, row: rowOf(0, 64, true) },
      { start: 64, row: rowOf(64, 1, false) }
    ];
    expect([...joinLens(65, parts)!.rank!.slice(62)]).toEqual([62, 63, NOT_READ]);
  });

  it('is the row itself where it is whole, and nothing where nothing arrived', () => {
    const row = rowOf(0, 14, false);
    expect(joinLens(14, [{ start: 0, row }])).toBe(row);
    expect(joinLens(14, [])).toBeUndefined();
  });
});
