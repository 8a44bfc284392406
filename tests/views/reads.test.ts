import { describe, expect, it } from 'vitest';
import { attention } from '$lib/views/reads/attention';
import { embeddings } from '$lib/views/reads/embeddings';
import { mlp } from '$lib/views/reads/mlp';
import { residual } from '$lib/views/reads/residual';
import type { Picture, Stage } from '$lib/views/spec';

describe('pictures with a part that can be taken out', () => {
  const heard = (picture: Picture, whole: boolean) => picture.hears({ whole } as Stage);

  it.each(Object.entries({ attention, embeddings, mlp, residual }))(
    '%s offers it where the run without it is shown, not in a lesson',
    (_, picture) => {
      expect(heard(picture, true)).toHaveProperty('ontakeout', expect.any(Function));
      expect(heard(picture, false)).toHaveProperty('ontakeout', undefined);
    }
  );
});

describe('the small maps of all heads', () => {
  const n_layer = 6;

  /** Layers that are read while these are on the page already, with layers 3 and 4 in sight. */
  function asked(
    there: readonly number[],
    heads: 'layer' | 'all',
    pins: { layer: number; head: number }[] = []
  ) {
    const layers: number[] = [];
    const headMaps = (layer: number) => {
      layers.push(layer);
      return there.includes(layer) ? {} : undefined;
    };
    const selection = { layer: 1, view: { heads, pins } };
    const stage = { selection, run: { config: { n_layer }, headMaps }, range: { first: 3, end: 5 } };
    attention.reads.maps(stage as unknown as Stage);
    return new Set(layers);
  }

  it('are those of the selected layer and of the layers in sight first', () => {
    expect(asked([], 'all')).toEqual(new Set([1, 3, 4]));
    expect(asked([1, 4], 'all', [{ layer: 0, head: 2 }])).toEqual(new Set([0, 1, 3, 4]));
  });

  it('are read of the other layers once these are there', () => {
    expect(asked([1, 3, 4], 'all')).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it('are read of the selected and the pinned layers alone where only one layer is shown', () => {
    expect(asked([1, 5], 'layer', [{ layer: 5, head: 0 }])).toEqual(new Set([1, 5]));
  });
});
