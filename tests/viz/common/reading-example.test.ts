import { describe, expect, it } from 'vitest';
import { exampleAround, largestPlace, placesAround } from '../../../src/lib/viz/common';
import { attentionExample } from '../../../src/lib/viz/attention/example';
import { differenceExample, nextTokenExample } from '../../../src/lib/viz/difference/example';
import { sumExample } from '../../../src/lib/viz/embeddings/example';
import { linkExample } from '../../../src/lib/viz/flow/example';
import { distanceExample, pairExample } from '../../../src/lib/viz/heads/example';
import { normExample } from '../../../src/lib/viz/layer-norm/example';
import { normSteps } from '../../../src/lib/viz/layer-norm/steps';
import { lensExample } from '../../../src/lib/viz/logit-lens/example';
import { neuronExample } from '../../../src/lib/viz/mlp/example';
import {
  cosineExample,
  normsExample,
  resultExample,
  vectorExample
} from '../../../src/lib/viz/residual/example';
import { parameterExample } from '../../../src/lib/viz/weights/example';
import { ablationExample, effectExample, partExample, patchExample } from '../../../src/lib/viz/why/examples';
import { compareExample, stepExample } from '../../../src/lib/viz/decode/examples';
import { signedScale } from '../../../src/lib/viz/color';
import type { ReadingExample } from '../../../src/lib/viz/common';

const scale = signedScale('light', 4, 'unit');
/** Label and value of the marked cell, and what it says. */
const told = (example: ReadingExample | null) => {
  const { label, value } = example!.cells[example!.marked];
  return `${label}: ${value} | ${example!.says}`;
};

describe('exampleAround(count, at, cell, words)', () => {
  it('shows at most five cells with the marked one among them', () => {
    expect([placesAround(9, 0), placesAround(9, 4), placesAround(9, 8), placesAround(2, 1)]).toEqual([
      [0, 1, 2, 3, 4],
      [2, 3, 4, 5, 6],
      [4, 5, 6, 7, 8],
      [0, 1]
    ]);
    const words = { how: 'how', says: (place: number) => `says ${place}` };
    const example = exampleAround(9, 8, (place) => ({ label: `${place}`, value: '' }), words);
    expect(example).toMatchObject({ marked: 4, says: 'says 8' });
  });

  it('is null where nothing can be shown', () => {
    const words = { how: '', says: () => '' };
    for (const at of [null, -1, 3])
      expect(exampleAround(3, at, () => ({ label: '', value: '' }), words)).toBeNull();
  });

  it('takes the largest by size, and no value that is none', () => {
    expect([
      largestPlace([1, -3, 2]),
      largestPlace([NaN, -Infinity, 0.5]),
      largestPlace([NaN]),
      largestPlace([])
    ]).toEqual([1, 2, null, null]);
  });
});

describe('the example of each picture', () => {
  it('Attention: the key that the query reads most', () => {
    const pattern = new Float32Array([1, 0, 0, 0.25, 0.75, 0, 0.5, 0.125, 0.375]);
    expect(told(attentionExample(pattern, 2, ['a', 'b', 'c'], scale))).toBe(
      'a: 50.0 % | Row 2 (“c”), column 0 (“a”): the query puts 50.0 % of its weight on this key, more than on any other.'
    );
    expect(attentionExample(undefined, 2, ['a', 'b', 'c'], scale)).toBeNull();
  });

  it('MLP, LayerNorm, Embeddings: the largest component with its way', () => {
    expect(told(neuronExample([{ index: 7, pre: 3, post: 2.5 }]))).toContain(
      'Neuron 7 has the largest output'
    );
    // by hand: [3, 1] has mean 2 and variance 1; weight 2, bias 0.5
    const steps = normSteps([3, 1], [2, 2], [0.5, 0.5], 0);
    expect(normExample(steps)!.says).toBe(
      'Component 0 comes in as 3.000. Centred and scaled it is 1.000, times its weight 2.000, plus its bias 2.500.'
    );
    const rows = {
      position: 1,
      id: 5,
      embed: new Float32Array([1, 2]),
      pos_embed: new Float32Array([0, -6]),
      resid_pre: new Float32Array([1, -4])
    };
    expect(told(sumExample(rows, scale))).toContain(
      '2.000 of the token and −6.000 of the position are −4.000'
    );
  });

  it('Residual stream: growth, the largest component, the sharpest turn, the longest result', () => {
    expect(normsExample([2, 5, 8], 3, 'x')!.says).toBe(
      'At position 3 (“x”) the vector begins with norm 2.000 and has 8.000 after the last block: 4.000 times as long.'
    );
    expect(vectorExample(new Float32Array([1, 2, 3, -9]), 2, scale)!.says).toContain('component 1 is −9.000');
    expect(cosineExample([1, 0.9, 0.2, 0.9, 1, 0.5, 0.2, 0.5, 1], 3, scale)!.says).toContain('0.5000');
    expect(resultExample(new Float32Array([1, 2, 7, 3]), 2, scale)!.says).toContain('Head 1.0');
  });

  it('Logit lens: the depth from which the answer stays', () => {
    const row = (id: number, p: number) =>
      ({
        top: 1,
        topIds: new Int32Array([id]),
        topProbabilities: new Float32Array([p]),
        topLogits: new Float32Array([0])
      }) as never;
    const rows = [row(1, 0.1), row(2, 0.25), row(2, 0.5)];
    expect(lensExample(rows, 2, 0, (id) => `t${id}`)).toMatchObject({ marked: 1 });
    expect(lensExample(rows, 2, 0, (id) => `t${id}`)!.says).toContain(
      '“t2”: 25.0 % there, 50.0 % at the output'
    );
    const inside = lensExample(rows, 1, 0, (id) => `t${id}`)!; // embed, inside block 0, output
    expect(inside.says).toContain('after the attention of block 0');
    expect(lensExample([undefined, ...rows], 3, 0, String)).toBeNull();
  });

  it('Flow, Heads, Weights: the largest of what is drawn', () => {
    const links = [
      { layer: 1, source: 0, position: 2, share: 0.1, head: 2 },
      { layer: 4, source: 1, position: 2, share: 0.3, head: 5 }
    ];
    expect(linkExample(links, ['a', 'b'])!.says).toContain(
      'In block 4 the row gets 30.0 % of itself from “b”'
    );
    expect(distanceExample([0.25, 0.5])!.says).toContain('At distance 1');
    const pair = { from: { layer: 0, head: 1 }, to: { layer: 2, head: 3 }, q: 0.5, k: 0.25, v: 0.125 };
    expect(pairExample([pair], 'k')!.says).toBe('Head 0.1 into head 2.3 has the largest score, 0.250.');
    const map = {
      top: 10,
      bottom: 14,
      left: 0,
      right: 8,
      rows: 2,
      columns: 2,
      values: new Float32Array([1, 2, 3, -5])
    };
    expect(parameterExample(map)!.says).toBe(
      'The cell that begins at row 12, column 4 has the largest value in sight: −5.000.'
    );
  });

  it('Why: the largest part, effect, removal and patch', () => {
    expect(partExample([{ part: 'mlp 3', value: -2 }], 8)!.says).toBe(
      'mlp 3 adds most by size: −2.000 nats of the logit 8.000.'
    );
    const best = { token: 5, before: 0.5, after: 0.25, logitBefore: 1, logitAfter: 0 };
    expect(effectExample([best], best, (id) => `t${id}`)!.says).toBe(
      '“t5” is the best token of run A: 50.0 % there, 25.0 % in run B.'
    );
    expect(
      ablationExample([
        { key: '1.2', x: 1, y: -3 },
        { key: '0.0', x: 5, y: 2 }
      ])!.says
    ).toContain('Head 1.2');
    const cells = [
      { row: 0, column: 0, value: 0.1 },
      { row: 1, column: 2, value: -1.5 }
    ];
    expect(patchExample(cells, (at) => `c${at}`)!.says).toContain('Row 1, column c2');
    expect(patchExample([], String)).toBeNull();
  });

  it('Difference: where B and A are furthest apart', () => {
    const axis = (labels: string[]) => ({ name: 'x', labels });
    const [a, b] = [new Float32Array([1, 2, 3, 4]), new Float32Array([1, 2.5, -1, NaN])];
    const grid = {
      name: 'z',
      says: '',
      rows: axis(['r0', 'r1']),
      columns: axis(['c0', 'c1']),
      a,
      b,
      chosen: null
    };
    expect(differenceExample(grid)!.says).toBe(
      'Row “r1”, column “c0” differs most: 3.000 in A, −1.000 in B, so B − A is −4.000.'
    );
    const row = { token: 5, before: 0.5, after: 0.25, logitBefore: 1, logitAfter: 0 };
    expect(nextTokenExample([row], (id) => `t${id}`)!.says).toBe(
      '“t5” changes most: 50.0 % in A, 25.0 % in B.'
    );
  });

  it('Decode: before and after the settings, and where two columns part', () => {
    const bar = { id: 3, rank: 1, before: 0.5, after: 1, removed: false, beforeLength: 1, afterLength: 1 };
    expect(stepExample([bar], (id) => `t${id}`)!.says).toContain(
      '50.0 % by the model, 100 % after the settings'
    );
    const outputs = [
      ['a', 'b'],
      ['a', 'c']
    ];
    expect(compareExample(outputs, [null, 1])!.says).toBe(
      'Column 2 leaves the first one at its token 2: “c”.'
    );
    expect(compareExample(outputs, [null, 2])).toBeNull(); // the same text
  });
});
