/** Against what other code counts of gpt2-nano: scripts/fixtures/make_heads_fixture.py. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectHead, type DetectionPattern } from '../../../src/lib/gpt2/explain/detect-head.ts';
import { embeddingMap } from '../../../src/lib/gpt2/explain/embedding-map.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import type { HeadScores, HeadStatistics } from '../../../src/lib/gpt2/explain/head-counter.ts';
import { textStatistics } from '../../../src/lib/gpt2/explain/heads.ts';
import { textRows } from '../../../src/lib/gpt2/explain/text-rows.ts';
import { parameterStatistics } from '../../../src/lib/gpt2/explain/parameter-statistics.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { numTensors, startBackend } from '../backends.ts';
import { loadNano } from '../decode/fixture.ts';

interface Fixture {
  readonly detect: {
    readonly ids: number[];
    readonly found: {
      readonly pattern: DetectionPattern;
      readonly error_measure: 'mul' | 'abs';
      readonly exclude_bos: boolean;
      readonly exclude_current_token: boolean;
      readonly scores: number[][];
    }[];
  };
  readonly text: Record<keyof HeadScores | 'entropy', number[][]> & {
    readonly text: string;
    readonly length: number;
    readonly rows: number[][];
    readonly queries: number;
    readonly repeated: number;
    readonly details: {
      readonly layer: number;
      readonly head: number;
      readonly distances: number[];
      readonly pairs: number;
      readonly strongest_pair: [number, number, number, number];
      readonly rows: [number, number, number, number][];
    }[];
  };
  readonly components: Record<'wte' | 'wpe', { step: number; x: number[]; y: number[]; shares: number[] }>;
  readonly statistics: Record<
    string,
    { count: number; mean: number; std: number; min: number; max: number; bins: number[] }
  >;
}

const fixture = JSON.parse(readFileSync('tests/fixtures/heads.json', 'utf8')) as Fixture;
const SCORES = ['previous', 'duplicate', 'induction', 'first', 'self'] as const;

let model: Gpt2Model;
let standing: number;

beforeAll(async () => {
  await startBackend('wasm');
  model = await loadNano();
  standing = numTensors();
});

afterAll(() => {
  expect(numTensors()).toBe(standing); // nothing that a measure made is left
  model.dispose();
});

const expectGrid = (found: number[][], wanted: number[][], digits: number, what: string) =>
  wanted.forEach((row, layer) =>
    row.forEach((value, head) =>
      expect(found[layer][head], `${what} ${layer}.${head}`).toBeCloseTo(value, digits)
    )
  );

describe('detectHead(trace, pattern)', () => {
  it("gives TransformerLens's detect_head for every pattern, measure and exclusion", async () => {
    const trace = await runTrace(model, fixture.detect.ids);
    expect(fixture.detect.found).toHaveLength(12);
    for (const { pattern, scores, ...options } of fixture.detect.found) {
      const found = await detectHead(trace, pattern, options);
      const digits = options.error_measure === 'abs' ? 2.5 : 5; // `abs` is rounded to 3 digits, there and here
      expectGrid(found, scores, digits, `${pattern} ${JSON.stringify(options)}`);
    }
    trace.dispose();
  });
});

describe('textStatistics(model, rows)', () => {
  const { text } = fixture;
  let found: HeadStatistics;
  beforeAll(async () => {
    const ids = model.tokenizer.encode(text.text).map(({ id }) => id);
    const rows = [...textRows(ids, 64, text.length)];
    expect(rows).toEqual(text.rows);
    found = await finished(textStatistics(model, rows, text.length, rows.length));
  });

  it('counts as plain Python loops do: means of every score, entropy, queries', () => {
    expect([found.queries, found.repeated]).toEqual([text.queries, text.repeated]);
    for (const name of SCORES) expectGrid(found.scores[name], text[name], 4, name);
    expectGrid(found.entropy, text.entropy, 4, 'entropy');
  });

  it('gives the same distances, strongest pair and strongest rows', () => {
    for (const { layer, head, distances, pairs, strongest_pair, rows } of text.details) {
      distances.forEach((value, at) => expect(found.distances[layer][head][at]).toBeCloseTo(value, 4));
      expect(pairs).toBeLessThan(128); // all are kept, so their sums are exact
      const [query, key, weight, count] = strongest_pair;
      expect(found.pairs[layer][head][0]).toMatchObject({ query, key, count });
      expect(found.pairs[layer][head][0].weight).toBeCloseTo(weight, 3);
      rows.forEach(([, , , value], at) => expect(found.rows[layer][head][at].weight).toBeCloseTo(value, 4));
    }
  });
});

describe('weights of gpt2-nano', () => {
  it.each(['wte', 'wpe'] as const)('embeddingMap: %s on its principal components, as NumPy', async (name) => {
    const { step, x, y, shares } = fixture.components[name];
    const found = await embeddingMap(model, name);
    expect(found.shares[0]).toBeCloseTo(shares[0], 5);
    expect(found.shares[1]).toBeCloseTo(shares[1], 5);
    const width = Math.max(...x) - Math.min(...x);
    x.forEach((value, i) => expect(Math.abs(found.x[i * step] - value)).toBeLessThan(1e-3 * width));
    y.forEach((value, i) => expect(Math.abs(found.y[i * step] - value)).toBeLessThan(1e-3 * width));
  });

  it('parameterStatistics: count, mean, deviation and histogram as NumPy', async () => {
    for (const [name, wanted] of Object.entries(fixture.statistics)) {
      const found = await parameterStatistics(model.weights, `transformer.${name}`);
      expect(found.count).toBe(wanted.count);
      for (const key of ['mean', 'std', 'min', 'max'] as const)
        expect(found[key]).toBeCloseTo(wanted[key], 6);
      expect([...found.bins]).toEqual(wanted.bins);
    }
  });
});
