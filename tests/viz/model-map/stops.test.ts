import { describe, expect, it } from 'vitest';
import { currentStop, mapStops, moveOnMap, stopKey } from '../../../src/lib/viz/model-map/stops.ts';

const attn = (layer: number) => ({ part: 'attn', layer }) as const;
const mlp = (layer: number) => ({ part: 'mlp', layer }) as const;
const embed = { part: 'embed', layer: null } as const;
const ln_f = { part: 'ln_f', layer: null } as const;
const output = { part: 'output', layer: null } as const;

describe('mapStops(n_layer)', () => {
  it('lists the parts in the order the data flows through them', () => {
    expect(mapStops(2).map(stopKey)).toEqual([
      'embed',
      'attn.0',
      'mlp.0',
      'attn.1',
      'mlp.1',
      'ln_f',
      'output'
    ]);
  });
});

describe('currentStop(part, layer)', () => {
  it('has a layer only inside a block', () => {
    expect(currentStop('mlp', 4)).toEqual(mlp(4));
    expect(currentStop('ln_f', 4)).toEqual(ln_f);
  });
});

describe('moveOnMap(from, key, orientation, n_layer)', () => {
  it('moves between blocks along the spine and keeps the half', () => {
    expect(moveOnMap(mlp(3), 'ArrowDown', 'vertical', 12)).toEqual(mlp(4));
    expect(moveOnMap(attn(3), 'ArrowUp', 'vertical', 12)).toEqual(attn(2));
    expect(moveOnMap(mlp(3), 'ArrowRight', 'horizontal', 12)).toEqual(mlp(4));
  });

  it('moves between attention and MLP across the spine', () => {
    expect(moveOnMap(attn(3), 'ArrowRight', 'vertical', 12)).toEqual(mlp(3));
    expect(moveOnMap(mlp(3), 'ArrowLeft', 'vertical', 12)).toEqual(attn(3));
    expect(moveOnMap(attn(3), 'ArrowDown', 'horizontal', 12)).toEqual(mlp(3));
    expect(moveOnMap(mlp(3), 'ArrowUp', 'horizontal', 12)).toEqual(attn(3));
  });

  it('passes from the embedding into block 0, and from the last block to ln_f and the output', () => {
    expect(moveOnMap(embed, 'ArrowDown', 'vertical', 12)).toEqual(attn(0));
    expect(moveOnMap(attn(0), 'ArrowUp', 'vertical', 12)).toEqual(embed);
    expect(moveOnMap(mlp(11), 'ArrowDown', 'vertical', 12)).toEqual(ln_f);
    expect(moveOnMap(ln_f, 'ArrowDown', 'vertical', 12)).toEqual(output);
    expect(moveOnMap(ln_f, 'ArrowUp', 'vertical', 12)).toEqual(mlp(11));
  });

  it('stays at its ends, which Home and End reach', () => {
    expect(moveOnMap(embed, 'ArrowUp', 'vertical', 12)).toEqual(embed);
    expect(moveOnMap(output, 'ArrowDown', 'vertical', 12)).toEqual(output);
    expect(moveOnMap(mlp(5), 'Home', 'vertical', 12)).toEqual(embed);
    expect(moveOnMap(mlp(5), 'End', 'horizontal', 12)).toEqual(output);
  });

  it('has no sides outside the blocks and leaves other keys alone', () => {
    expect(moveOnMap(ln_f, 'ArrowRight', 'vertical', 12)).toEqual(ln_f);
    expect(moveOnMap(attn(0), 'Tab', 'vertical', 12)).toBeNull();
  });
});
