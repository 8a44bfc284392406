import { describe, expect, it } from 'vitest';
import { writeNpz, type NpyArray } from '../../src/lib/gpt2/recording/npz.ts';
import { tolerance } from '../tolerance.ts';
import { compareActivation, passes } from './compare.ts';
import { loadFixture, manifest } from './fixture.ts';
import { parseFixture } from './parse-fixture.ts';

const POST = 'blocks.0.mlp.hook_post';
const SCORES = 'blocks.0.attn.hook_attn_scores';
const close = tolerance('cpu', POST);

// Three tokens, rows 0 and 2 kept. POST is [3, 2] = [[1, 2], [3, 4], [5, 6]]: sum 21, squares 91.
// SCORES is [1, 3, 3] with 1..6 on and below the diagonal: the same statistics.
const floats = (shape: number[], ...values: number[]): NpyArray => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(values)
});
const ints = (...values: number[]): NpyArray => ({
  dtype: 'int32',
  shape: [values.length],
  data: Int32Array.from(values)
});
const stats: NpyArray = { dtype: 'float64', shape: [5], data: Float64Array.of(21, 91, 1, 6, 6) };
const fixture = parseFixture(
  'hand',
  writeNpz({
    input_ids: ints(7, 8, 9),
    positions: ints(0, 2),
    [POST]: floats([2, 2], 1, 2, 5, 6),
    [`stats/${POST}`]: stats,
    [SCORES]: floats([1, 2, 3], 1, -Infinity, -Infinity, 4, 5, 6),
    [`stats/${SCORES}`]: stats
  })
);

const post = (...values: number[]) =>
  compareActivation(POST, [3, 2], Float32Array.from(values), fixture, close);
const scores = (...values: number[]) =>
  compareActivation(SCORES, [1, 3, 3], Float32Array.from(values), fixture, close);

describe('compareActivation(name, shape, data, fixture, tolerance)', () => {
  it('passes equal values and counts them', () => {
    const result = post(1, 2, 3, 4, 5, 6);
    expect(result).toMatchObject({ name: POST, maxAbsDiff: 0, checkedValues: 4, statsOk: true });
    expect(passes(result)).toBe(true);
  });

  it('passes a change of 5e-5 and fails one of 2e-4, and says where', () => {
    expect(passes(post(1, 2 + 5e-5, 3, 4, 5, 6))).toBe(true);
    const result = post(1, 2 + 2e-4, 3, 4, 5, 6);
    expect(passes(result)).toBe(false);
    expect(result.maxAbsDiff).toBeCloseTo(2e-4, 6);
    expect(result.maxExcess).toBeCloseTo(2e-4 - 1e-4 - 2e-5, 6); // by hand: 1e-4 + 1e-5 * 2 is allowed
    expect(result.worstAt).toMatch(/^\[0, 1\]: 2\.0002/);
  });

  it('fails a NaN in a row that is kept and in one that is not', () => {
    expect(post(1, NaN, 3, 4, 5, 6)).toMatchObject({ maxAbsDiff: Infinity, maxExcess: Infinity });
    expect(passes(post(1, 2, NaN, 4, 5, 6))).toBe(false);
  });

  it('fails a wrong row that is not kept, by the statistics of the whole', () => {
    expect(post(1, 2, 3, 4.5, 5, 6)).toMatchObject({ maxAbsDiff: 0, statsOk: false }); // sum 21.5
    expect(post(1, 2, 3.5, 3.5, 5, 6)).toMatchObject({ statsOk: false }); // sum 21, squares 90.5
  });

  it('takes -Infinity for -Infinity and nothing else', () => {
    const inf = -Infinity;
    expect(passes(scores(1, inf, inf, 2, 3, inf, 4, 5, 6))).toBe(true);
    expect(passes(scores(1, inf, -1e9, 2, 3, inf, 4, 5, 6))).toBe(false);
    expect(passes(scores(1, inf, Infinity, 2, 3, inf, 4, 5, 6))).toBe(false);
    expect(scores(1, inf, inf, 2, 3, inf, 4, 5, inf)).toMatchObject({ maxExcess: Infinity });
    expect(passes(scores(1, inf, inf, 2, inf, inf, 4, 5, 6))).toBe(false); // row not kept: 5 finite entries, not 6
  });

  it('fails a missing row, transposed axes and a short array', () => {
    const run = (shape: number[], length: number) =>
      compareActivation(POST, shape, new Float32Array(length), fixture, close);
    expect(run([2, 2], 4).worstAt).toBe('shape [2,2] with 4 values, expected [3,2]');
    expect(passes(run([2, 2], 4))).toBe(false);
    expect(passes(run([2, 3], 6))).toBe(false);
    expect(passes(run([3, 2], 5))).toBe(false);
  });

  it('throws for an activation that the fixture does not hold', () => {
    expect(() => compareActivation('hook_embed', [3, 2], new Float32Array(6), fixture, close)).toThrow(
      'hand holds no hook_embed'
    );
  });
});

describe('the fixtures', () => {
  it.each(manifest.prompts.map(({ slug }) => slug))(
    'of "%s" hold the ids that the manifest lists',
    (slug) => {
      const { ids } = manifest.prompts.find((prompt) => prompt.slug === slug)!;
      expect(loadFixture(slug, 'tl').ids).toEqual(ids);
      expect(loadFixture(slug, 'hf').ids).toEqual(ids);
    }
  );

  it('of Hugging Face and TransformerLens agree wherever both keep a row', () => {
    const [tl, hf] = [loadFixture('one-token', 'tl'), loadFixture('one-token', 'hf')];
    const both = Object.keys(hf.rows).filter((name) => name in tl.rows);
    expect(both.length).toBe(12 * 14 + 4); // one token: every row is kept; 14 kinds a block, 4 of the whole model
    for (const name of both) {
      const { shape, data } = tl.rows[name];
      const result = compareActivation(name, shape, data as Float32Array, hf, tolerance('cpu', name));
      expect(passes(result), `${name} ${result.worstAt}`).toBe(true);
    }
  });
});
