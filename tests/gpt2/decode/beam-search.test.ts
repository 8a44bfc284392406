import { describe, expect, it } from 'vitest';
import { bestContinuations, drawContinuations } from '../../../src/lib/gpt2/decode/beam-candidates.ts';
import {
  advanceBeams,
  continuationCount,
  type BeamOptions,
  type BeamState
} from '../../../src/lib/gpt2/decode/beam-search.ts';
import { BeamTree } from '../../../src/lib/gpt2/decode/beam-tree.ts';
import { seededRandom } from '../../../src/lib/gpt2/numbers/random.ts';

const END = 9;
const options: BeamOptions = { num_beams: 2, length_penalty: 1, early_stopping: false, max_new_tokens: 10 };
const stop = (ids: readonly number[]) => (ids.at(-1) === END ? 'eos' : null) as 'eos' | null;

/** A search with two beams of two new tokens, [5, 1] at -1 and [5, 2] at -2. */
function searching(finished: BeamState['finished'] = []): { state: BeamState; tree: BeamTree } {
  const tree = new BeamTree();
  const beams = [
    { node: tree.add(0), ids: [5, 1], cumulative: -1 },
    { node: tree.add(0), ids: [5, 2], cumulative: -2 }
  ];
  return { state: { beams, finished }, tree };
}
const continuation = (beam: number, id: number, cumulative: number) => ({ beam, id, cumulative });
const hypothesis = (score: number) => ({
  node: 99,
  ids: [5, END],
  cumulative: score,
  score,
  stopped: 'eos' as const
});
const advance = (
  looked: ReturnType<typeof continuation>[],
  changes: Partial<BeamOptions> = {},
  newTokens = 3
) => {
  const { state, tree } = searching();
  return advanceBeams(state, looked, newTokens, { ...options, ...changes }, stop, tree);
};

describe('advanceBeams(state, looked, newTokens, options, stop, tree)', () => {
  it('keeps the best that go on and finishes those among the num_beams best that end', () => {
    const { judged, kept, parents, finished, done } = advance([
      continuation(0, 3, -1.5),
      continuation(1, END, -2.1),
      continuation(0, END, -2.5), // ends, but stands below the two best
      continuation(1, 4, -2.6)
    ]);
    expect(judged.map(({ state }) => state)).toEqual(['kept', 'finished', 'pruned', 'kept']);
    expect(kept.map(({ ids }) => ids)).toEqual([
      [5, 1, 3],
      [5, 2, 4]
    ]);
    expect(parents).toEqual([0, 1]);
    expect(finished.map(({ ids, score }) => [ids, score])).toEqual([[[5, 2, END], -2.1 / 3]]);
    expect(done).toBe(false);
  });

  it('prunes what goes on below the num_beams best', () => {
    const looked = [3, 4, 6, 7].map((id, place) => continuation(0, id, -1 - place));
    expect(advance(looked).judged.map(({ state }) => state)).toEqual(['kept', 'kept', 'pruned', 'pruned']);
  });

  it('ranks kept ones by their sums even where they were drawn in another order', () => {
    const { kept } = advance([continuation(0, 3, -5), continuation(1, 4, -3), continuation(0, 6, -4)]);
    expect(kept.map(({ cumulative }) => cumulative)).toEqual([-3, -4]);
  });

  it('divides by the length to the power of the penalty', () => {
    const score = (length_penalty: number) =>
      advance([continuation(0, END, -6), continuation(0, 3, -7)], { length_penalty }).finished[0].score;
    expect([0, 1, 2, -1].map(score)).toEqual([-6, -2, -6 / 9, -18]);
  });

  it('numbers every node below its beam', () => {
    const { state, tree } = searching();
    const looked = [continuation(1, 3, -3), continuation(0, 4, -4)];
    const { judged } = advanceBeams(state, looked, 3, options, stop, tree);
    expect(judged.map(({ node }) => tree.pathTo(node))).toEqual([
      [2, 3],
      [1, 4]
    ]);
  });

  describe('ends', () => {
    const goingOn = [continuation(0, 3, -3), continuation(1, 4, -4)]; // -3 / 3 = -1 at three tokens, -0.3 at ten
    const done = (finished: number[], changes: Partial<BeamOptions> = {}) => {
      const { state, tree } = searching(finished.map(hypothesis));
      return advanceBeams(state, goingOn, 3, { ...options, ...changes }, stop, tree).done;
    };

    it('never before num_beams are finished', () => {
      expect(done([-0.1])).toBe(false);
      expect(done([-0.1], { early_stopping: true })).toBe(false);
    });

    it('on early_stopping true as soon as they are', () => {
      expect(done([-0.5, -5], { early_stopping: true })).toBe(true);
    });

    it('on false when the best beam, at its length, is no better than the worst finished', () => {
      expect(done([-0.5, -0.9])).toBe(true);
      expect(done([-0.5, -1.1])).toBe(false);
    });

    it("on 'never' only when it could not be better at any length", () => {
      expect(done([-0.5, -0.9], { early_stopping: 'never' })).toBe(false); // -0.3 is possible
      expect(done([-0.2, -0.25], { early_stopping: 'never' })).toBe(true);
      expect(done([-2, -2.9], { early_stopping: 'never', length_penalty: 0 })).toBe(true); // -3 is the sum
    });

    it('when nothing goes on', () => {
      expect(advance([continuation(0, END, -1)]).done).toBe(true);
    });
  });
});

describe('continuationCount(num_beams, endTokens)', () => {
  it('leaves num_beams that go on even if every beam may end', () => {
    expect([0, 1, 2, 3].map((ends) => continuationCount(4, ends))).toEqual([8, 8, 12, 16]);
  });
});

const beams = [
  { cumulative: -1, scores: Float64Array.of(-1, -3, -Infinity, -2) },
  { cumulative: -2, scores: Float64Array.of(-0.5, -Infinity, -1, -9) }
];

describe('bestContinuations(beams, count)', () => {
  it('takes the best sums of all beams, the earlier beam first where they are equal', () => {
    expect(bestContinuations(beams, 4)).toEqual([
      continuation(0, 0, -2),
      continuation(1, 0, -2.5),
      continuation(0, 3, -3),
      continuation(1, 2, -3)
    ]);
  });

  it('leaves out what is not allowed, even if that makes too few', () => {
    expect(bestContinuations(beams, 100)).toHaveLength(6);
  });
});

describe('drawContinuations(beams, count, next)', () => {
  it('draws none twice and nothing that is not allowed', () => {
    const drawn = drawContinuations(beams, 100, seededRandom(1));
    expect(drawn).toHaveLength(6);
    expect(new Set(drawn.map(({ beam, id }) => `${beam},${id}`)).size).toBe(6);
    for (const { beam, id, cumulative } of drawn) {
      expect(cumulative).toBe(beams[beam].cumulative + beams[beam].scores[id]);
      expect(cumulative).toBeGreaterThan(-Infinity);
    }
  });

  it('draws first with chances exponential in the sums', () => {
    const next = seededRandom(5);
    const draws = 20_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < draws; i++) {
      const [{ beam, id }] = drawContinuations(beams, 1, next);
      counts.set(`${beam},${id}`, (counts.get(`${beam},${id}`) ?? 0) + 1);
    }
    const sums = { '0,0': -2, '0,1': -4, '0,3': -3, '1,0': -2.5, '1,2': -3, '1,3': -11 };
    const total = Object.values(sums).reduce((sum, x) => sum + Math.exp(x), 0);
    const statistic = Object.entries(sums).reduce((sum, [name, x]) => {
      const expected = (draws * Math.exp(x)) / total;
      return sum + ((counts.get(name) ?? 0) - expected) ** 2 / expected;
    }, 0);
    expect(statistic).toBeLessThan(20.52); // 5 degrees of freedom, p = 0.001
  });
});
