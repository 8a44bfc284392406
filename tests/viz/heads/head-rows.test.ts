import { describe, expect, it } from 'vitest';
import type { HeadReport } from '$lib/gpt2';
import { around } from '$lib/viz/text/around';
import { byScore, findHeads, headRows, headsAbove, inOrder, scoreTable } from '$lib/viz/heads/head-rows';
import { placedRows, scoreDomain } from '$lib/viz/heads/scatter-layout';

const grid = (...values: number[]) => [values.slice(0, 2), values.slice(2)];
const report: HeadReport = {
  scores: {
    previous: grid(0.1, 0.2, 0.3, 0.4),
    duplicate: grid(0, 0, 0, 0),
    induction: grid(0.5, 0.9, 0.4, 0.1),
    first: grid(0, 0, 0, 0),
    self: grid(0, 0, 0, 0)
  },
  statistics: null,
  rows: [[1, 2, 1, 2]]
};

describe('headRows(n_layer, n_head, report, copying)', () => {
  const rows = headRows(2, 2, report, undefined);

  it('names heads by block and place, and has NaN where the data has no such score', () => {
    expect(rows.map(({ name }) => name)).toEqual(['0.0', '0.1', '1.0', '1.1']);
    expect(rows[1].values).toMatchObject({ induction: 0.9, previous: 0.2, copying: NaN, entropy: NaN });
  });

  it('leaves a cell of the table empty where there is no score', () => {
    expect(scoreTable(rows)[1]).toEqual(['0.1', 0.9, 0.2, 0, 0, 0, '', '']);
  });

  it('sorts, counts and finds', () => {
    expect(byScore(rows, 'induction').map(({ name }) => name)).toEqual(['0.1', '0.0', '1.0', '1.1']);
    const order = (by: 'strongest' | 'weakest' | 'block') =>
      inOrder(rows, 'induction', by).map(({ name }) => name);
    expect(order('strongest')).toEqual(['0.1', '0.0', '1.0', '1.1']);
    expect(order('weakest')).toEqual(['1.1', '1.0', '0.0', '0.1']);
    expect(order('block')).toEqual(['0.0', '0.1', '1.0', '1.1']);
    const unknown = rows.with(2, { ...rows[2], values: { ...rows[2].values, induction: NaN } });
    expect(inOrder(unknown, 'induction', 'weakest').at(-1)?.name).toBe('1.0');
    expect(headsAbove(rows, 'induction', 0.4).map(({ name }) => name)).toEqual(['0.0', '0.1', '1.0']);
    const found = (typed: string) => findHeads(rows, typed).map(({ name }) => name);
    expect(found('1')).toEqual(['1.0', '1.1']);
    expect(found('0.1, 1.0')).toEqual(['0.1', '1.0']);
    expect(found(' ')).toHaveLength(4);
    expect(found('7')).toEqual([]);
  });

  it('placedRows: from left to right, without a head that has no score', () => {
    expect(placedRows(rows, { x: 'induction', y: 'previous' }).map(({ name }) => name)).toEqual([
      '1.1',
      '1.0',
      '0.0',
      '0.1'
    ]);
    expect(placedRows(rows, { x: 'copying', y: 'self' })).toEqual([]);
  });

  it('scoreDomain: shares run from 0 to 1, copying from −1 to 1', () => {
    expect(scoreDomain(rows, 'induction')).toEqual([0, 1]);
    expect(scoreDomain(rows, 'copying')).toEqual([-1, 1]);
  });
});

describe('around(ids, query, key)', () => {
  const ids = Array.from({ length: 60 }, (_, i) => i);
  it('one stretch for near ones, two for those far apart, within the row', () => {
    expect(around(ids, 10, 8)).toEqual([{ first: 4, ids: ids.slice(4, 13) }]);
    expect(around(ids, 1, 1)).toEqual([{ first: 0, ids: ids.slice(0, 4) }]);
    expect(around(ids, 59, 2)).toEqual([
      { first: 0, ids: ids.slice(0, 7) },
      { first: 55, ids: ids.slice(55) }
    ]);
  });
});
