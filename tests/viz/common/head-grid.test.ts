import { describe, expect, it } from 'vitest';
import { moveHead } from '../../../src/lib/viz/common/head-grid.ts';

describe('moveHead(from, pressed, shape)', () => {
  const layer = { all: false, n_layer: 12, n_head: 12 };
  const all = { ...layer, all: true };
  const from = { layer: 6, head: 4 };

  it('moves within the layer’s two rows of six', () => {
    expect(moveHead(from, 'ArrowRight', layer)).toEqual({ layer: 6, head: 5 });
    expect(moveHead(from, 'ArrowDown', layer)).toEqual({ layer: 6, head: 10 });
    expect(moveHead(from, 'ArrowUp', layer)).toBeUndefined();
  });
  it('moves between layers where all are shown', () => {
    expect(moveHead(from, 'ArrowDown', all)).toEqual({ layer: 7, head: 4 });
    expect(moveHead({ layer: 11, head: 0 }, 'ArrowRight', all)).toEqual({ layer: 11, head: 1 });
  });
  it('leaves an arrow that would leave the heads to the page', () => {
    expect(moveHead({ layer: 0, head: 4 }, 'ArrowUp', all)).toBeUndefined();
    expect(moveHead({ layer: 11, head: 4 }, 'ArrowDown', all)).toBeUndefined();
    expect(moveHead({ layer: 0, head: 0 }, 'ArrowLeft', all)).toBeUndefined();
    expect(moveHead({ layer: 6, head: 11 }, 'ArrowRight', layer)).toBeUndefined();
    expect(moveHead({ layer: 6, head: 0 }, 'ArrowLeft', layer)).toBeUndefined();
    expect(moveHead({ layer: 6, head: 0 }, 'Home', layer)).toEqual({ layer: 6, head: 0 });
  });
  it('goes to the first and the last head of the layer', () => {
    expect(moveHead(from, 'Home', all)).toEqual({ layer: 6, head: 0 });
    expect(moveHead(from, 'End', all)).toEqual({ layer: 6, head: 11 });
    expect(moveHead(from, 'Tab', all)).toBeUndefined();
  });
});
