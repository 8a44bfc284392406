import { describe, expect, it } from 'vitest';
import { lensColumns, lensTableRows } from '../../../src/lib/viz/logit-lens/table.ts';
import { row } from '../shared/lens-fixture.ts';

describe('lensTableRows(rows, n_layer, position, name)', () => {
  it('gives rank, probability and cross-entropy of the followed token beside entropy and KL', () => {
    const followed = [row([0, 1], [3, 5]), row([2, 4], [3, 1])];
    const [output] = lensTableRows(followed, 1, 0, (id) => `#${id}`);
    // −ln 0.0625 = 4 ln 2 = 2.773
    expect(output.slice(1, 6)).toEqual(['#2', '50.0 %', '4.000', '1.000', '2.000']);
    expect(output.slice(6)).toEqual(['4', '3.500', '3', '6.3 %', '2.773']);
    expect(lensColumns()).toHaveLength(output.length);
  });

  it('leaves the last three empty where none is followed', () => {
    const [output] = lensTableRows([row([0, 1]), row([2, 4])], 1, 0, (id) => `#${id}`);
    expect(output.slice(-3)).toEqual(['', '', '']);
  });

  it('has no rank of a next token where the text ends', () => {
    const [output] = lensTableRows([row([0, 1]), row([2, 4])], 1, 1, (id) => `#${id}`);
    expect(output.slice(6, 8)).toEqual(['', '']);
  });

  it('names the rows inside a block by what they are read after', () => {
    const names = lensTableRows([row([0, 1]), undefined, row([2, 4])], 1, 0, String).map(([name]) => name);
    expect(names).toEqual(['after block 0', 'after the attention of block 0', 'embed']);
  });
});
