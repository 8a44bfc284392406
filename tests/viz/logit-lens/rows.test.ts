import { describe, expect, it } from 'vitest';
import {
  candidates,
  depthOfRow,
  depthsTopDown,
  depthSource,
  layerOfDepth,
  rowAt,
  rowOfDepth,
  topId
} from '../../../src/lib/viz/logit-lens/rows';
import { row } from '../shared/lens-fixture';

describe('depthsTopDown(n_layer)', () => {
  it('starts at the output and ends at the embedding', () => {
    expect(depthsTopDown(3)).toEqual([3, 2, 1, 0]);
    expect(depthsTopDown(2, 0.5)).toEqual([2, 1.5, 1, 0.5, 0]);
  });
});

describe('depthSource(depth, n_layer)', () => {
  it('names the activation that is read', () => {
    expect(depthSource(0, 12)).toContain('resid_pre of block 0');
    expect(depthSource(6, 12)).toBe('resid_post of block 5: what block 6 reads');
    expect(depthSource(5.5, 12)).toBe('resid_mid of block 5: after its attention, before its MLP');
    expect(depthSource(12, 12)).toBe("resid_post of block 11: the model's output");
  });
});

describe('layerOfDepth(depth, n_layer)', () => {
  it('is the block that reads this depth; none reads the output', () => {
    expect([0, 6, 6.5, 12].map((depth) => layerOfDepth(depth, 12))).toEqual([0, 6, 6, null]);
  });
});

describe('depthOfRow(row, layer, n_layer, step)', () => {
  it('is the other way round from rowOfDepth', () => {
    for (const depth of [0, 3, 3.5, 12]) {
      const layer = layerOfDepth(depth, 12) ?? 7;
      expect(depthOfRow(rowOfDepth(depth, 12), layer, 12, 0.5)).toBe(depth);
    }
  });

  it('is what the block reads where the rows inside are not shown', () => {
    expect(depthOfRow('inside', 3, 12, 1)).toBe(3);
  });
});

describe('rowAt(rows, depth, n_layer)', () => {
  it('finds a row by its depth, with the rows inside the blocks and without', () => {
    const [embed, mid, output] = [row([0, 1]), row([1, 2]), row([2, 3])];
    expect(rowAt([embed, output], 1, 1)).toBe(output);
    expect([0, 0.5, 1].map((depth) => rowAt([embed, mid, output], depth, 1))).toEqual([embed, mid, output]);
  });
});

describe('candidates(row, position)', () => {
  it('takes the list of one position out of the flat arrays', () => {
    expect(candidates(row([1, 2]), 1)).toEqual([
      { id: 2, probability: 0.75, logit: 2 },
      { id: 3, probability: 0.125, logit: 1 }
    ]);
  });

  it('is empty where the row or the position is not there yet', () => {
    expect(candidates(undefined, 0)).toEqual([]);
    expect(candidates(row([1, 2]), 2)).toEqual([]);
  });
});

describe('topId(row, position)', () => {
  it('is the first of the list, or null', () => {
    expect(topId(row([1, 2]), 0)).toBe(1);
    expect(topId(row([1, 2]), 9)).toBeNull();
    expect(topId(undefined, 0)).toBeNull();
  });
});
