import { describe, expect, it } from 'vitest';
import {
  depthLabel,
  depthName,
  depthPlace,
  depthTensor,
  depthTick,
  moveInDepths
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

describe('moveInDepths(key, place, { depths, T })', () => {
  const from = (depth: number, position: number, key: string) =>
    moveInDepths(key, { depth, position }, { depths: 13, T: 14 });

  it('goes up towards the output, which is the top row', () => {
    expect(from(6, 3, 'ArrowUp')).toEqual({ depth: 7, position: 3 });
    expect(from(6, 3, 'ArrowDown')).toEqual({ depth: 5, position: 3 });
  });

  it('stops at the edges', () => {
    expect(from(12, 13, 'ArrowUp')).toEqual({ depth: 12, position: 13 });
    expect(from(12, 13, 'ArrowRight')).toEqual({ depth: 12, position: 13 });
    expect(from(0, 0, 'ArrowLeft')).toEqual({ depth: 0, position: 0 });
    expect(from(0, 0, 'ArrowDown')).toEqual({ depth: 0, position: 0 });
  });

  it('goes to the ends of a row, and leaves other keys alone', () => {
    expect(from(6, 3, 'Home')).toEqual({ depth: 6, position: 0 });
    expect(from(6, 3, 'End')).toEqual({ depth: 6, position: 13 });
    expect(from(6, 3, 'a')).toBeUndefined();
  });
});
