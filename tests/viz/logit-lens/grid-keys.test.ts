import { describe, expect, it } from 'vitest';
import { moveInGrid } from '../../../src/lib/viz/logit-lens/grid-keys';

const from = (depth: number, position: number, key: string) => moveInGrid(key, { depth, position }, 12, 14);

describe('moveInGrid(key, cell, n_layer, T)', () => {
  it('goes up towards the output, which is the top row', () => {
    expect(from(6, 3, 'ArrowUp')).toEqual({ depth: 7, position: 3 });
    expect(from(6, 3, 'ArrowDown')).toEqual({ depth: 5, position: 3 });
  });

  it('stops at the edges', () => {
    expect(from(12, 13, 'ArrowUp')).toEqual({ depth: 12, position: 13 });
    expect(from(12, 13, 'ArrowRight')).toEqual({ depth: 12, position: 13 });
    expect(from(0, 0, 'ArrowLeft')).toEqual({ depth: 0, position: 0 });
  });

  it('goes to the ends of a row', () => {
    expect(from(6, 3, 'Home')).toEqual({ depth: 6, position: 0 });
    expect(from(6, 3, 'End')).toEqual({ depth: 6, position: 13 });
  });

  it('leaves other keys alone', () => {
    expect(from(6, 3, 'a')).toBeNull();
  });
});
