import { describe, expect, it } from 'vitest';
import {
  candidates,
  depthsTopDown,
  depthSource,
  layerOfDepth,
  topId
} from '../../../src/lib/viz/logit-lens/rows';
import { row } from './fixture';

describe('depthsTopDown(n_layer)', () => {
  it('starts at the output and ends at the embedding', () => {
    expect(depthsTopDown(3)).toEqual([3, 2, 1, 0]);
  });
});

describe('depthSource(depth, n_layer)', () => {
  it('names the activation that is read', () => {
    expect(depthSource(0, 12)).toContain('resid_pre of block 0');
    expect(depthSource(6, 12)).toBe('resid_post of block 5: what block 6 reads');
    expect(depthSource(12, 12)).toBe("resid_post of block 11: the model's output");
  });
});

describe('layerOfDepth(depth, n_layer)', () => {
  it('is the block that reads this depth; none reads the output', () => {
    expect([0, 6, 12].map((depth) => layerOfDepth(depth, 12))).toEqual([0, 6, null]);
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
