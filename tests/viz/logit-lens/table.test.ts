import { describe, expect, it } from 'vitest';
import { lensColumns, lensTableRows } from '../../../src/lib/viz/logit-lens/table.ts';
import { row } from './fixture.ts';

describe('lensTableRows(rows, position, name)', () => {
  it('gives rank, probability and cross-entropy of the followed token beside entropy and KL', () => {
    const followed = [row([0, 1], [3, 5]), row([2, 4], [3, 1])];
    const [output] = lensTableRows(followed, 0, (id) => `#${id}`);
    // −ln 0.0625 = 4 ln 2 = 2.773
    expect(output.slice(1)).toEqual(['#2', '50.0 %', '4.000', '1.000', '2.000', '3', '6.3 %', '2.773']);
    expect(lensColumns()).toHaveLength(output.length);
  });

  it('leaves the last three empty where none is followed', () => {
    const [output] = lensTableRows([row([0, 1]), row([2, 4])], 1, (id) => `#${id}`);
    expect(output.slice(-3)).toEqual(['', '', '']);
  });
});
