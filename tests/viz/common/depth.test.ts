import { describe, expect, it } from 'vitest';
import {
  depthLabel,
  depthName,
  depthPlace,
  depthTensor,
  depthTick
} from '../../../src/lib/viz/common/depth.ts';

describe('the names of a depth', () => {
  it('are those of the block before it: depth 10 is after block 9, resid_post of block 9', () => {
    expect(depthName(10)).toBe('after block 9');
    expect(depthPlace(10)).toBe('after block 9');
    expect(depthTensor(10)).toBe('resid_post of block 9');
    expect(depthLabel(10)).toBe('after 9');
    expect(depthTick(10)).toBe('9');
  });

  it('begin with the embedding, which no block comes before', () => {
    expect([depthName(0), depthPlace(0), depthLabel(0), depthTick(0)]).toEqual([
      'embed',
      'at the embedding',
      'embed',
      'emb'
    ]);
    expect(depthTensor(0)).toBe('resid_pre of block 0');
  });
});
