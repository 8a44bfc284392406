import { describe, expect, it } from 'vitest';
import { tableCells } from '../../src/lib/lesson/table-cells.ts';

describe('tableCells(rows)', () => {
  it('gives the numbers of a column the same count of decimals', () => {
    expect(
      tableCells([
        ['the', 14.384, 0.9993],
        ['T', 9.9, 0],
        ['my', -3, 1]
      ])
    ).toEqual([
      ['the', '14.384', '0.9993'],
      ['T', '9.900', '0.0000'],
      ['my', '-3.000', '1.0000']
    ]);
  });

  it('leaves whole numbers, texts and infinities as they are', () => {
    expect(
      tableCells([
        [7454, '0.5', 2.25],
        [11, '7', -Infinity]
      ])
    ).toEqual([
      ['7454', '0.5', '2.25'],
      ['11', '7', '-Infinity']
    ]);
  });

  it('leaves a column of numbers that were not rounded', () => {
    expect(tableCells([[0.1234567], [0.5]])).toEqual([['0.1234567'], ['0.5']]);
    expect(tableCells([[1e-7], [0.5]])).toEqual([['1e-7'], ['0.5']]);
  });

  it('takes an empty table', () => expect(tableCells([])).toEqual([]));

  it('shows the space in front of a token, and a new line', () => {
    expect(
      tableCells([
        [' the', 'a b'],
        ['\n', 1]
      ])
    ).toEqual([
      ['·the', 'a b'],
      ['↵', '1']
    ]);
  });
});
