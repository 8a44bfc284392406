import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contributions } from '../../../src/lib/gpt2/explain/contributions.ts';
import { lensColumn } from '../../../src/lib/gpt2/explain/lens-column.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { bandLinks, chooseLinks, strongestLinks } from '../../../src/lib/viz/flow/links.ts';
import { linkFacts } from '../../../src/lib/viz/flow/facts.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import { followThrough } from '../../../src/lib/gpt2/explain/contribution-graph.ts';
import { backGraph, linksBetween, weightOf, type BackGraph } from '../../../src/lib/viz/flow/back.ts';
import { layoutBands } from '../../../src/lib/viz/flow/bands.ts';
import { shownLinks } from '../../../src/lib/viz/flow/shown-links.ts';
import { backSentence, storySentence } from '../../../src/lib/viz/flow/sentence.ts';
import { flowStory } from '../../../src/lib/viz/flow/story.ts';
import type { FlowRow } from '../../../src/lib/viz/flow/types.ts';
import { loadNano } from '../../gpt2/decode/fixture.ts';
import { startBackend } from '../../gpt2/backends.ts';

const THRESHOLD = 0.02;

/** Three blocks, position 2, two heads: block 0 reads 10 % from 0, blocks 1 and 2 read 20 % and 5 % from 1. */
const row: FlowRow = {
  position: 2,
  own: Float32Array.of(0.9, 0.79, 0.94),
  shares: Float32Array.of(0.1, 0, 0, 0.01, 0.2, 0, 0.01, 0.05, 0),
  heads: Float32Array.of(0.3, 0.7, ...new Array<number>(16).fill(0.5)),
  pattern: new Float32Array(18),
  logits: new Float32Array(9),
  token: 9,
  lensIds: Int32Array.of(1, 2, 9, 9),
  lensProbabilities: Float64Array.of(0.1, 0.2, 0.3, 0.4)
};

describe('chooseLinks(row, threshold)', () => {
  it('keeps the links of at least a share, and says what one block hides at most', () => {
    const { drawn, count, hidden } = chooseLinks(row, THRESHOLD);
    expect(drawn.map(({ layer, source }) => [layer, source])).toEqual([
      [0, 0],
      [1, 1],
      [2, 1]
    ]);
    expect(count).toBe(6);
    expect(hidden).toBeCloseTo(0.01, 6);
    expect(drawn[0].head).toBe(1);
  });

  it('never draws what brings nothing', () => {
    expect(chooseLinks(row, 0).drawn.every(({ share }) => share > 0)).toBe(true);
  });
});

describe('bandLinks(row, bands)', () => {
  it('tells the sources of a band together: their shares, and the head that wrote most of them', () => {
    const shares = Float32Array.of(0.25, 0.125, 0.5, 0.125);
    const long: FlowRow = {
      ...row,
      position: 3,
      own: Float32Array.of(0),
      shares,
      heads: Float32Array.of(1, 0, 0, 1, 0.25, 0.75, 1, 0), // of the band 0.25 by head 0, 0.125 by head 1
      pattern: Float32Array.of(0.5, 0, 0, 0.25, 0, 0, 0, 0),
      logits: Float32Array.of(1, -0.5, 0, 0)
    };
    const bands = [
      { first: 0, last: 1 },
      { first: 2, last: 2 },
      { first: 3, last: 3 }
    ];
    expect(bandLinks(long, bands)).toEqual([
      { layer: 0, source: 2, position: 3, share: 0.5, head: 1 },
      { layer: 0, source: 0, last: 1, position: 3, share: 0.375, head: 0 }
    ]);
    const { share, logit, heads } = linkFacts(long, 0, 0, 1);
    expect([share, logit]).toEqual([0.375, 0.5]);
    expect(heads.map(({ head, attention }) => [head, attention])).toEqual([
      [0, 0.5],
      [1, 0.25]
    ]);
    expect(heads[0].part).toBeCloseTo(2 / 3, 6);
  });
});

describe('a row followed back', () => {
  /** Two blocks, two positions: each share worked out on paper. */
  const rowOf = (position: number, own: number[], shares: number[]): FlowRow => ({
    ...row,
    position,
    own: Float32Array.from(own),
    shares: Float32Array.from(shares),
    heads: new Float32Array(2 * shares.length).fill(0.5)
  });
  const rows = [rowOf(0, [1, 0.5], [0, 0.5]), rowOf(1, [0.75, 0.5], [0.25, 0, 0.25, 0.25])];
  const blocks = async function* (layer: number, of: readonly number[]) {
    for (const [at, position] of of.entries()) {
      const { own, shares, heads } = rows[position];
      const ofBlock = (all: Float32Array) =>
        all.subarray((layer * all.length) / 2, ((layer + 1) * all.length) / 2);
      yield [at, { own: own[layer], shares: ofBlock(shares), heads: ofBlock(heads) }] as const;
    }
  };
  const follow = async (options: { threshold: number; rows?: number }): Promise<BackGraph> =>
    backGraph(await finished(followThrough(blocks, 2, { position: 1, ...options })), 3);
  const alone = layoutBands(3, 1, []);
  let graph: BackGraph;

  beforeAll(async () => {
    graph = await follow({ threshold: 0 });
  });

  it('passes its weight on by the shares of each block', () => {
    // end: all at 1; before block 1: own 0.5 + 0.25 from itself = 0.75 at 1, 0.25 at 0;
    // before block 0: 0.75 · 0.75 at 1, and 0.75 · 0.25 + 0.25 at 0
    expect([...graph.weights]).toEqual([0.4375, 0.5625, 0, 0.25, 0.75, 0, 0, 1, 0]);
    expect(graph.links.map(({ layer, source, position, share }) => [layer, source, position, share])).toEqual(
      [
        [1, 0, 1, 0.25],
        [0, 0, 1, 0.1875]
      ]
    );
  });

  it('follows the heaviest rows alone where there are many, and says what is left', async () => {
    // before block 1 position 0 holds 0.25: it is not followed; position 1 passes on 0.75 · (0.75 + 0.25)
    const { weights, rest } = await follow({ threshold: 0, rows: 1 });
    expect([...weights]).toEqual([0.1875, 0.5625, 0, 0.25, 0.75, 0, 0, 1, 0]);
    expect(rest).toBe(0.25);
    const { text } = backSentence(await follow({ threshold: 0, rows: 1 }), row);
    expect(text).toMatch(
      /position 0: 18\.\d %\)\. 25\.0 % of the end lies in rows that each hold too little/
    );
  });

  it('counts links that are too slight to be told one by one, and what they hide', async () => {
    const slight = await follow({ threshold: 0.2 });
    expect(slight.links.map(({ layer }) => layer)).toEqual([1]);
    const { choice } = shownLinks({
      mode: 'back',
      row,
      own: [],
      rows,
      graph: slight,
      bands: alone,
      threshold: 0.2
    });
    expect(choice).toMatchObject({ count: 2, hidden: 0.1875 });
  });

  it('is told by the tokens that it comes from, the largest share first', () => {
    const { text, positions } = backSentence(graph, row);
    expect(text).toMatch(/comes from \{source0\} \(position 1: 56\.\d* %\), \{source1\} \(position 0: 43\./);
    expect(positions).toEqual({ at: 1, source0: 1, source1: 0 });
  });

  it('draws the links of all rows above the threshold, and says what it hides', () => {
    const { links, choice } = shownLinks({
      mode: 'back',
      row,
      own: [],
      rows,
      graph,
      bands: alone,
      threshold: 0.2
    });
    expect(links.map(({ layer }) => layer)).toEqual([1]);
    expect(choice).toMatchObject({ count: 2, hidden: 0.1875 });
  });
});

describe('linksBetween({ links, slight }, bands)', () => {
  const link = (layer: number, source: number, position: number, share: number, head = 0) => ({
    layer,
    source,
    position,
    share,
    head
  });
  /** Rows 0, 1 to 2, 3 to 4, 5. */
  const bands = [0, 1, 3, 5].map((first) => ({ first, last: first % 5 === 0 ? first : first + 1 }));
  const graph: BackGraph = {
    position: 5,
    weights: new Float32Array(12),
    rest: 0,
    links: [link(0, 1, 3, 0.25), link(0, 2, 4, 0.125, 1), link(0, 1, 2, 0.5), link(0, 0, 5, 0.0625)],
    slight: [{ count: 3, weight: 0.125 }]
  };

  it('are one from band to band, and inside a band they are told with the slight ones', () => {
    const { links, slight } = linksBetween(graph, bands);
    expect(links).toEqual([
      { layer: 0, source: 1, last: 2, position: 3, lastPosition: 4, share: 0.375, head: 0 },
      { layer: 0, source: 0, position: 5, share: 0.0625, head: 0 }
    ]);
    expect(slight).toEqual([{ count: 4, weight: 0.625 }]);
    const [together] = links;
    expect(weightOf(graph, { kind: 'link', ...together }, 6)).toBe(0.375);
  });
});

describe('strongestLinks(row, threshold)', () => {
  it('gives one link a block', () => {
    expect(strongestLinks(row, 0).map(({ layer, source }) => `${layer} ${source}`)).toEqual([
      '0 0',
      '1 1',
      '2 1'
    ]);
  });
});

describe('flowStory(row, ids, threshold)', () => {
  it('joins blocks that read from one token, and finds where the best token stays', () => {
    const { readings, settled, token } = flowStory(row, [5, 6, 7], THRESHOLD);
    expect(readings.map(({ first, last, source }) => [first, last, source])).toEqual([
      [0, 0, 0],
      [1, 2, 1]
    ]);
    expect(settled).toBe(2);
    expect(token).toBe(9);
  });

  it('joins sources that are the same token at two positions', () => {
    expect(flowStory(row, [5, 5, 7], THRESHOLD).readings).toHaveLength(1);
  });
});

/** A NumPy pass's strongest source of each block, as the two stretches of blocks that read most from one token. */
function readingsOf(most: readonly ([source: number, share: number] | null)[], ids: readonly number[]) {
  const stretches: { first: number; last: number; id: number; sum: number }[] = [];
  most.forEach((each, layer) => {
    if (!each) return;
    const [source, share] = each;
    const open = stretches.find(({ last, id }) => last === layer - 1 && id === ids[source]);
    if (open) Object.assign(open, { last: layer, sum: open.sum + share });
    else stretches.push({ first: layer, last: layer, id: ids[source], sum: share });
  });
  return stretches
    .toSorted((a, b) => b.sum - a.sum)
    .slice(0, 2)
    .toSorted((a, b) => a.first - b.first)
    .map(({ first, last, id }) => ({ first, last, id }));
}

describe('the sentence of forty prompts on gpt2-nano, held against a NumPy pass', () => {
  const { stories } = JSON.parse(readFileSync('tests/fixtures/contributions.json', 'utf8')) as {
    stories: {
      ids: number[];
      prompt: string;
      most: ([source: number, share: number] | null)[];
      lens: number[];
      probability: number;
    }[];
  };
  let model: Gpt2Model;

  beforeAll(async () => {
    await startBackend('wasm');
    model = await loadNano();
  });

  afterAll(() => model.dispose());

  it('names the tokens that its blocks read most from, and the block from which the best token stays', async () => {
    expect(stories).toHaveLength(40);
    for (const { ids, prompt, most, lens, probability } of stories) {
      const trace = await runTrace(model, ids);
      const position = ids.length - 1;
      const column = await lensColumn(trace, position);
      const found = await contributions(trace, position);
      trace.dispose();
      const of: FlowRow = {
        ...found,
        token: 0,
        lensIds: column.ids,
        lensProbabilities: column.probabilities
      };
      const { text, positions, next } = storySentence(flowStory(of, ids, THRESHOLD), position, THRESHOLD);
      const told = [...text.matchAll(/blocks? (\d+)( to (\d+))? (?:read[s]? mostly )?from \{(\w+)\}/g)].map(
        ([, first, , last, slot]) => ({
          first: Number(first),
          last: Number(last ?? first),
          id: ids[positions[slot]]
        })
      );
      expect(told, prompt).toEqual(readingsOf(most, ids));
      expect(next, prompt).toBe(lens.at(-1));
      const [, percents] = /\(([\d.]+) %( in the end)?\)\.$/.exec(text)!;
      expect(Math.abs(Number(percents) - 100 * probability), prompt).toBeLessThan(0.06);
      if (most.every((each) => each === null))
        expect(text, prompt).toMatch(/no block reads|nothing before it/);
      const end = lens.at(-1)!;
      const settled = /from block (\d+) on/.exec(text);
      if (settled) {
        const depth = Number(settled[1]) + 1;
        expect(
          lens.slice(depth).every((id) => id === end),
          prompt
        ).toBe(true);
        expect(lens[depth - 1], prompt).not.toBe(end);
      } else
        expect(text, prompt).toMatch(
          lens[lens.length - 2] === end ? /from the embeddings on/ : /only after the last block/
        );
      expect(column.ids.at(-1)).toBe(end);
      expect(column.probabilities.at(-1)).toBeCloseTo(probability, 4);
    }
  });
});
