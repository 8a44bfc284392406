import { describe, expect, it } from 'vitest';
import { shownTable } from '../../../src/lib/viz/attention/row-table.ts';
import { shownLines, shownName, shownRow } from '../../../src/lib/viz/attention/shown-cell.ts';
import { shownPattern, type ReadingSettings } from '../../../src/lib/viz/attention/shown-pattern.ts';

const plain: ReadingSettings = { combine: 'one', weigh: 'weight', first: 'show', keep: 100 };
// Three tokens; row = query. The last rows are [0.5, 0.25, 0.25] and [0, 0.5, 0.5].
const a = { layer: 0, head: 0, pattern: Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0.5, 0.25, 0.25), norms: null };
const b = { layer: 0, head: 1, pattern: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0.5, 0.5), norms: null };

function row2(settings: ReadingSettings) {
  const shown = shownPattern([a, b], settings, 3)!;
  return shownRow([a, b], settings, shown, 3, 2);
}
const lines = (settings: ReadingSettings, key: number) => shownLines(row2(settings)[key], settings);

describe('shownName(heads, settings)', () => {
  it('names the heads and everything that is set', () => {
    expect(shownName([a, b], { ...plain, combine: 'mean' })).toBe('mean of heads 0.0, 0.1');
    expect(shownName([a, b], { combine: 'max', weigh: 'out', first: 'renormalise', keep: 20 })).toBe(
      'largest of heads 0.0, 0.1; weight × ‖v·W_O‖; renormalised without position 0; the strongest 20 % of each row'
    );
    expect(shownName([a, b], { ...plain, first: 'hide' })).toBe('head 0.0; position 0 hidden');
  });
});

describe('shownTable(what, query, cells, tokens)', () => {
  it('has what is drawn, and each head’s own weight beside it', () => {
    const tokens = ['a', 'b', 'c'].map((text, id) => {
      return { id, text, bytes: new TextEncoder().encode(text), start: id, end: id + 1, special: false };
    });
    const { columns, rows } = shownTable('mean', 2, row2({ ...plain, combine: 'mean' }), tokens);
    expect(columns.slice(2)).toEqual(['shown', 'head 0.0', 'head 0.1']);
    expect(rows.map((row) => row.slice(2))).toEqual([
      ['25.0 %', '50.0 %', '0 %'],
      ['37.5 %', '25.0 %', '50.0 %'],
      ['37.5 %', '25.0 %', '50.0 %']
    ]);
  });
});

describe('shownRow(heads, settings, shown, T, query), in words by shownLines', () => {
  it('a mean: each head’s own weight, then their mean, which is what is drawn', () => {
    const mean = { ...plain, combine: 'mean' } as const;
    expect(row2(mean)[0].value).toBe(0.25);
    expect(lines(mean, 0)).toEqual([
      'weight, as a share of its row: 0.0: 50.0 % · 0.1: 0 %',
      'mean of 2 = 25.0 %'
    ]);
  });

  it('an overlay: the largest, and whose it is', () => {
    const overlay = { ...plain, combine: 'max' } as const;
    expect(lines(overlay, 1).at(-1)).toBe('largest: 50.0 %, of head 0.1');
    expect(row2(overlay).map(({ owner }) => owner)).toEqual(['0.0', '0.1', '0.1']);
  });

  it('without position 0: what the row is divided by, and nothing at position 0', () => {
    const rest = { ...plain, first: 'renormalise' } as const;
    // 0.25 of the 0.5 that is left
    expect(lines(rest, 1).at(-1)).toBe('÷ 50.0 %, the row without position 0 = 50.0 %');
    expect(row2(rest)[1].value).toBe(0.5);
    expect(row2(rest)[0]).toMatchObject({ value: 0, leftOut: 'first' });
    expect(lines(rest, 0).at(-1)).toBe('position 0 is left out');
  });

  it('a cut: a cell that is not drawn says so', () => {
    const cut = { ...plain, keep: 33 };
    expect(row2(cut).map(({ leftOut }) => leftOut)).toEqual([null, 'cut', 'cut']);
    expect(lines(cut, 1).at(-1)).toBe('hidden: not among the strongest 33 % of its row');
  });

  it('a key after the query is masked, whatever is set', () => {
    const mean = { ...plain, combine: 'mean' } as const;
    const [, later] = shownRow([a, b], mean, shownPattern([a, b], mean, 3)!, 3, 0);
    expect(later).toMatchObject({ value: 0, leftOut: 'masked' });
    expect(shownLines(later, mean)).toEqual(['the key comes after the query: masked, 0 %']);
  });
});
