import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitView, formatView, parseView } from '../../src/lib/state/url';
import { DEFAULT_VIEW, type ViewState } from '../../src/lib/state/view-state';
import { anyView, FIELDS } from './any-view';

const refusal = (name: string) => expect.stringContaining(`The link's ${name} should be `) as string;

describe('parseView(formatView(state))', () => {
  it('is the state, with nothing to complain of', () => {
    fc.assert(
      fc.property(anyView, (state) => {
        expect(parseView(formatView(state))).toEqual({ state, problems: [] });
      })
    );
  });
});

describe('parseView(query)', () => {
  it('never throws, and gives a whole state, for any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (query) => {
        expect(Object.keys(parseView(query).state).sort()).toEqual(Object.keys(DEFAULT_VIEW).sort());
      })
    );
  });

  it('never throws for any value of any setting, and names the setting whose value it refuses', () => {
    const names = Object.keys(FIELDS) as (keyof ViewState)[];
    const pair = fc.tuple(fc.constantFrom(...names), fc.string({ maxLength: 40 }));
    fc.assert(
      fc.property(pair, ([name, value]) => {
        const { state, problems } = parseView(new URLSearchParams({ [name]: value }).toString());
        if (problems.length === 0) expect(parseView(formatView(state)).state).toEqual(state);
        else
          expect({ state, problems: problems.map((say) => say()) }).toEqual({
            state: DEFAULT_VIEW,
            problems: [refusal(name)]
          });
      })
    );
  });

  it.each(['temperature=1e3', 'temperature=NaN', 'temperature=', 'top_k=-1', 'layer=1.5', 'top_p=Infinity'])(
    'keeps the default for %s and says what it should be',
    (query) => {
      const { state, problems } = parseView(query);
      expect(state).toEqual(DEFAULT_VIEW);
      expect(problems).toHaveLength(1);
    }
  );
});

describe('fitView(state, limits)', () => {
  const limits = { n_layer: 12, n_head: 12, n_inner: 768, vocab_size: 50_257, T: 14 };

  it('changes nothing that exists', () => {
    const state: ViewState = { ...DEFAULT_VIEW, layer: 11, head: 11, position: 13, key: 0, track: 50_256 };
    expect(fitView(state, limits)).toEqual({ state, problems: [] });
  });

  it('puts what does not exist back and says what does', () => {
    const state: ViewState = { ...DEFAULT_VIEW, layer: 12, head: 40, position: 14, key: 99 };
    const fitted = fitView(state, limits);
    expect(fitted.state).toEqual(DEFAULT_VIEW);
    expect(fitted.problems.map((say) => say())).toEqual([
      "The link's layer 12 does not exist here (0 to 11); the usual one is shown.",
      "The link's head 40 does not exist here (0 to 11); the usual one is shown.",
      "The link's position 14 does not exist here (0 to 13); the usual one is shown.",
      "The link's key 99 does not exist here (0 to 13); the usual one is shown."
    ]);
  });

  it('falls back to the last layer and head of a smaller model, silently where the link asked for none', () => {
    const { state, problems } = fitView({ ...DEFAULT_VIEW }, { ...limits, n_layer: 2, n_head: 2 });
    expect([state.layer, state.head, problems]).toEqual([1, 1, []]);
  });
});
