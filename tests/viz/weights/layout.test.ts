import { describe, expect, it } from 'vitest';
import { axesOf, groupAt } from '$lib/viz/weights/axes';
import { cellOf, span, standsFor, windowOf } from '$lib/viz/weights/matrix-layout';
import { isNormWeight, normFacts } from '$lib/viz/weights/norm-facts';
import { TINY_CONFIG } from '../../gpt2/tiny-model.ts';

describe('axesOf(name, config)', () => {
  it('a linear layer is input by output, with the heads where they are', () => {
    const { rows, columns, columnGroups } = axesOf('transformer.h.1.attn.c_attn.weight', TINY_CONFIG);
    expect([rows, columns]).toEqual(['component', 'qkv']);
    expect(columnGroups.map(({ name }) => name)).toEqual(['q 0', 'q 1', 'k 0', 'k 1', 'v 0', 'v 1']);
    expect(groupAt(columnGroups, 12)?.name).toBe('k 1'); // 8 of q, 4 of k 0
    expect(axesOf('transformer.h.0.attn.c_proj.weight', TINY_CONFIG).rowGroups).toHaveLength(2);
    expect(axesOf('transformer.h.0.mlp.c_proj.weight', TINY_CONFIG)).toMatchObject({ rows: 'neuron', columns: 'component' }); // prettier-ignore
    expect(axesOf('transformer.wte.weight', TINY_CONFIG).rows).toBe('token');
    expect(axesOf('transformer.ln_f.bias', TINY_CONFIG)).toMatchObject({ rows: 'one', columns: 'component' });
  });
});

describe('cells of a map', () => {
  const map = { top: 10, bottom: 17, left: 0, right: 5, rows: 3, columns: 5, values: new Float32Array(15) };

  it('every row and column is in exactly one cell, which stands for it', () => {
    for (let row = 10; row < 17; row++) {
      const cell = cellOf(map, row, 4)!;
      const part = standsFor(map, cell.i, cell.j);
      expect(row >= part.top && row < part.bottom && part.left === 4 && part.right === 5).toBe(true);
    }
    expect(cellOf(map, 9, 0)).toBeNull();
    expect([0, 1, 2].map((i) => span(standsFor(map, i, 0).top, standsFor(map, i, 0).bottom))).toEqual(['10–11', '12–13', '14–16']); // prettier-ignore
  });

  it('windowOf: whole rows and columns of what is in sight', () => {
    expect(windowOf({ k: 2, x: 0.5, y: 0.1 }, [10, 7])).toEqual({ top: 1, bottom: 6, left: 3, right: 7 });
  });
});

describe('normFacts(weight)', () => {
  it('largest, smallest and nearly taken out, by size', () => {
    const { most, least, nearlyOut, median } = normFacts([1, -8, 0.01, 2, 1.5]);
    expect(most[0]).toEqual({ index: 1, value: -8 });
    expect(least[0]).toEqual({ index: 2, value: 0.01 });
    expect([nearlyOut, median]).toEqual([1, 1.5]);
    expect([isNormWeight('transformer.ln_f.weight'), isNormWeight('transformer.h.0.ln_1.bias')]).toEqual([
      true,
      false
    ]);
  });
});
