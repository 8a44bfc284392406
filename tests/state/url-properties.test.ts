import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SEED } from '../../src/lib/gpt2';
import { fitView, formatView, parseView } from '../../src/lib/state/url';
import {
  BACKENDS,
  DEFAULT_VIEW,
  FORMS,
  HEAD_GRIDS,
  LENS_ROWS,
  MEASURES,
  NORMS,
  STAGES,
  VIEWS,
  type ViewState
} from '../../src/lib/state/view-state';

const index = fc.nat(1_000_000);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
/** Decimals as sliders give them: whole hundredths. */
const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 100);

/** A zoomed picture: hundredths of its scale, ten thousandths of the whole. */
const zoom = fc
  .tuple(fc.integer({ min: 101, max: 9999 }), fc.nat(10_000), fc.nat(10_000))
  .map(([k, x, y]) => ({ k: k / 100, x: x / 10_000, y: y / 10_000 }));

/** Every setting but those of the decode view, which have tests of their own. */
const FIELDS: { [K in keyof ViewState]?: fc.Arbitrary<ViewState[K]> } = {
  model: fc.stringMatching(/^[\w.-]{1,100}$/),
  prompt: fc.string({ unit: 'grapheme', maxLength: 200 }),
  ids: optional(fc.array(index, { minLength: 1, maxLength: 20 })),
  bos: fc.boolean(),
  view: fc.constantFrom(...VIEWS),
  layer: index,
  head: index,
  position: optional(index),
  key: optional(index),
  stage: fc.constantFrom(...STAGES),
  form: fc.constantFrom(...FORMS),
  heads: fc.constantFrom(...HEAD_GRIDS),
  zoom: optional(zoom),
  line_zoom: optional(zoom),
  heat_zoom: optional(zoom),
  norm: fc.constantFrom(...NORMS),
  neuron: optional(index),
  row: fc.constantFrom(...LENS_ROWS),
  measure: fc.constantFrom(...MEASURES),
  track: optional(index),
  explained: optional(index),
  temperature: hundredths(5, 200),
  top_k: index,
  top_p: hundredths(1, 100),
  seed: fc.nat(MAX_SEED),
  backend: optional(fc.constantFrom(...BACKENDS))
};
const refusal = (name: string) => expect.stringContaining(`The link's ${name} should be `) as string;
const view = fc.record(FIELDS).map((fields) => ({ ...DEFAULT_VIEW, ...fields }) as ViewState);

describe('parseView(formatView(state))', () => {
  it('is the state, with nothing to complain of', () => {
    fc.assert(
      fc.property(view, (state) => {
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
