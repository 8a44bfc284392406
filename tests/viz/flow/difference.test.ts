import { describe, expect, it } from 'vitest';
import type { Vocabulary } from '../../../src/lib/gpt2/index.ts';
import type { BackGraph } from '../../../src/lib/viz/flow/back.ts';
import { layoutBands } from '../../../src/lib/viz/flow/bands.ts';
import {
  differenceLinks,
  largestOf,
  ratioDifferences,
  subtractAt
} from '../../../src/lib/viz/flow/difference.ts';
import { streamBars, tickBars } from '../../../src/lib/viz/flow/difference-bars.ts';
import {
  backDifference,
  differencesBetween,
  sharesBetween
} from '../../../src/lib/viz/flow/difference-back.ts';
import {
  backDifferenceSentence,
  backDifferenceTables
} from '../../../src/lib/viz/flow/difference-back-sentence.ts';
import { differenceSentence, differenceTable } from '../../../src/lib/viz/flow/difference-sentence.ts';
import { layoutFlow } from '../../../src/lib/viz/flow/layout.ts';
import type { FlowRow } from '../../../src/lib/viz/flow/types.ts';

/** One block, two heads; of each source head 1 brings most in A, head 0 in B. */
function rowOf(position: number, own: number, shares: number[], [head0, next]: [number, number]): FlowRow {
  return {
    position,
    own: Float32Array.of(own),
    shares: Float32Array.from(shares),
    heads: Float32Array.from(shares.flatMap(() => [head0, 1 - head0])),
    pattern: new Float32Array(2 * shares.length),
    logits: new Float32Array(shares.length),
    token: next,
    lensIds: Int32Array.of(1, next),
    lensProbabilities: Float64Array.of(0.5, 0.25)
  };
}

const a = rowOf(2, 0.5, [0.25, 0.125, 0.125], [0.25, 7]);
/** The same prompt with one token more in front of the others: positions are one further on. */
const b = rowOf(3, 0.25, [0.125, 0.375, 0.125, 0.125], [0.75, 8]);
const partners = [1, null, 3];
const alone = layoutBands(3, 2, []);

const token = (id: number) => {
  const text = `t${id}`;
  return { id, text, bytes: new TextEncoder().encode(text), start: 0, end: 2, special: false };
};

describe('differenceLinks(a, b, partners, bands)', () => {
  it('subtracts shares of the sources that both runs have', () => {
    expect(differenceLinks(a, b, partners, alone)).toEqual([
      { layer: 0, source: 0, position: 2, share: 0.125, head: 0, a: 0.25, b: 0.375 }
    ]);
  });

  it('names the head of the run that reads more', () => {
    const [, far] = differenceLinks(a, rowOf(2, 0.75, [0.125, 0.125, 0], [0.75, 7]), [0, 1, 2], alone);
    expect(far).toMatchObject({ source: 0, share: 0.125, head: 1, a: 0.25, b: 0.125 });
  });

  it('takes the sources of a band together', () => {
    const bands = [
      { first: 0, last: 1 },
      { first: 2, last: 2 }
    ];
    const more = rowOf(2, 0.5, [0.25, 0.25, 0], [0.75, 7]);
    expect(differenceLinks(a, more, [0, 1, 2], bands)).toEqual([
      { layer: 0, source: 0, last: 1, position: 2, share: 0.125, head: 0, a: 0.375, b: 0.5 }
    ]);
    // Position 1 has no partner in B: it is left out on both sides.
    expect(differenceLinks(a, b, partners, bands)).toMatchObject([{ last: 1, a: 0.25, b: 0.375 }]);
  });

  it('finds the link of a block that changed most', () => {
    const links = differenceLinks(a, rowOf(2, 0.5, [0.25, 0.25, 0], [0.75, 7]), [0, 1, 2], alone);
    expect(largestOf(links, 0)).toMatchObject({ source: 1, share: 0.125 });
    expect(largestOf(links, 1)).toBeUndefined();
  });
});

describe('differencesBetween(links, bands)', () => {
  const link = (source: number, position: number, a: number, b: number, head: number) => ({
    layer: 0,
    source,
    position,
    share: Math.abs(b - a),
    head,
    a,
    b
  });
  const bands = [
    { first: 0, last: 1 },
    { first: 2, last: 2 }
  ];
  const links = [link(0, 2, 0.25, 0.125, 3), link(1, 2, 0.125, 0.5, 4), link(0, 1, 0.25, 0, 5)];

  it('sums each run’s shares of a band, and names the head of the largest', () => {
    const found = differencesBetween(links, bands);
    expect(found).toEqual([
      { layer: 0, source: 0, last: 1, position: 2, share: 0.25, head: 4, a: 0.375, b: 0.625 }
    ]);
    expect(sharesBetween(links, { kind: 'link', ...found[0] })).toEqual({ a: 0.375, b: 0.625 });
  });
});

describe('differenceSentence(a, b, links, threshold)', () => {
  const told = (threshold: number, other = b) =>
    differenceSentence(a, other, differenceLinks(a, other, partners, alone), threshold);

  it('says what is read more and what comes of it', () => {
    const { text, positions, next, other } = told(0.02);
    expect(text).toBe(
      'At {at}, in B beside A, block 0 reads 12.5 % more of the row from {source0}; the best next token is {next} in A (25.0 %) and {other} in B (25.0 %).'
    );
    expect(positions).toEqual({ at: 2, source0: 0 });
    expect([next, other]).toEqual([7, 8]);
  });

  it('says that nothing changed above the threshold, and that the token stays', () => {
    const same = rowOf(3, 0.25, [0.125, 0.375, 0.125, 0.125], [0.75, 7]);
    expect(told(0.2, same).text).toMatch(
      /^At \{at\}, no block of B reads 20\.0 % of the row or more differently .*stays \{next\} \(A 25\.0 %, B 25\.0 %\)\.$/
    );
  });
});

describe('differenceTable(a, b, links, tokens, vocabulary)', () => {
  it('holds both runs and their signed difference', () => {
    const vocabulary = { token, size: 9, find: () => [] } as unknown as Vocabulary;
    const links = differenceLinks(a, b, partners, alone);
    const { rows, columns } = differenceTable(a, b, links, [token(4), token(5), token(6)], vocabulary);
    expect(rows[0]).toHaveLength(columns.length);
    expect(rows[0].slice(0, 7)).toEqual(['0', '50.0 %', '25.0 %', '0 t4', '25.0 %', '37.5 %', '+12.5 pp']);
  });
});

describe('backDifference(a, b, partners, bLength)', () => {
  /** One block of three tokens; the last row reads from the two before it, by head 0 or 1. */
  const graphOf = (position: number, shares: number[], head: number): BackGraph => {
    const links = shares.slice(0, -1).map((share, source) => ({ layer: 0, source, position, share, head }));
    const end = shares.map((_, at) => (at === position ? 1 : 0));
    return { position, weights: Float32Array.from([...shares, ...end]), rest: 0, links, slight: [] };
  };
  const inA = graphOf(2, [0.25, 0.25, 0.5], 0);
  /** One token more in front; A's token 1 is not in it. */
  const inB = graphOf(3, [0.125, 0.5, 0.125, 0.25], 1);
  const back = backDifference(inA, inB, partners, 4);

  it('subtracts the shares of the two ends between rows that both runs have', () => {
    expect(back.links).toEqual([{ layer: 0, source: 0, position: 2, head: 1, a: 0.25, b: 0.5, share: 0.25 }]);
    expect([...back.differences]).toEqual([0.25, NaN, -0.25, 0, NaN, 0]);
  });

  it('has what comes from the tokens of one run alone', () => {
    expect(back.alone).toEqual({ a: 0.25, b: 0.25 });
  });

  it('takes a link that one run alone has as 0 in the other', () => {
    const none = { ...inB, links: [] };
    expect(backDifference(inA, none, partners, 4).links).toEqual([
      { layer: 0, source: 0, position: 2, head: 0, a: 0.25, b: 0, share: 0.25 }
    ]);
    expect(backDifference({ ...inA, links: [] }, inB, partners, 4).links[0]).toMatchObject({
      a: 0,
      b: 0.5,
      head: 1
    });
  });

  it('is told by the tokens that changed most, with the next token of both runs', () => {
    const { text, positions } = backDifferenceSentence(back, a, b);
    expect(text).toBe(
      'Followed back through all rows and blocks, what the end of {at} comes from differs in B most at {source0} (position 0: +25.0 pp), {source1} (position 2: −25.0 pp); the best next token is {next} in A (25.0 %) and {other} in B (25.0 %).'
    );
    expect(positions).toEqual({ at: 2, source0: 0, source1: 2 });
  });

  it('stands in tables: the share at each token and depth, and the links', () => {
    const tokens = [4, 5, 6].map(token);
    const { places, links } = backDifferenceTables(back, back.links, tokens);
    expect(places.rows).toEqual([
      ['0 t4', '+25.0 pp', '0 pp'],
      ['1 t5', '–', '–'],
      ['2 t6', '−25.0 pp', '0 pp']
    ]);
    expect(links.rows).toEqual([['2 t6', '0', '0 t4', '0.1', '25.0 %', '50.0 %', '+25.0 pp']]);
    for (const { columns, rows } of [places, links]) expect(rows[0]).toHaveLength(columns.length);
  });
});

describe('B less A on the rows', () => {
  it('pairs positions, and has nothing where B has no such token', () => {
    const difference = subtractAt([1, 2, 3, 10, 20, 30], [0, 5, 0, 7, 0, 50, 0, 70], partners, 4);
    expect([...difference]).toEqual([4, NaN, 4, 40, NaN, 40]);
  });

  it('compares what the MLPs add as parts of each run’s own stream', () => {
    const inA = { resid: Float32Array.of(2, 2, 4, 0, 0, 0), mlp_out: Float32Array.of(1, 1, 1) };
    const inB = {
      resid: Float32Array.of(9, 4, 9, 2, 0, 0, 0, 0),
      mlp_out: Float32Array.of(9, 3, 9, 1)
    };
    expect([...ratioDifferences(inA, inB, partners, 4)]).toEqual([0.25, NaN, 0.25]);
  });

  it('draws what grew and what shrank apart', () => {
    const bands = layoutBands(2, 1, []);
    // labels 92, embed 92 to 162, block 162 to 262, ln_f 262 to 332; rows of 28 px from 40
    const geometry = layoutFlow({ width: 92 + 240, n_layer: 1, bands, room: 400 });
    const streams = Float32Array.of(0, 2, -4, 0);
    expect(streamBars(streams, 1, bands, geometry, 1)).toBe('M92 81H162v2H92z');
    expect(streamBars(streams, -1, bands, geometry, 1)).toBe('M162 52H262v4H162z');
    const ticks = Float32Array.of(0.125, -0.125); // 7.5 px
    expect(tickBars(ticks, 1, bands, geometry)).toMatch(/^M[\d.]+ 46.5h3.5v7.5h-3.5z$/);
    expect(tickBars(ticks, -1, bands, geometry)).toMatch(/^M[\d.]+ 82h3.5v7.5h-3.5z$/);
  });
});
