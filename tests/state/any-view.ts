/** Every view that a link can hold, for property tests. */
import fc from 'fast-check';
import { MAX_SEED, parseEdit } from '../../src/lib/gpt2';
import { SETTINGS, type ViewState } from '../../src/lib/state/view-state';
import { formatEditList } from '../../src/lib/state/why/edit-list';
import type { Setting } from '../../src/lib/views';

/** The largest index that most settings take. */
const LARGEST_INDEX = 1_000_000;
const index = fc.nat(LARGEST_INDEX);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
/** Decimals as sliders give them: whole hundredths. */
const hundredths = (min: number, max: number) =>
  fc.integer({ min: Math.ceil(min * 100), max: Math.floor(max * 100) }).map((value) => value / 100);
const ids = optional(fc.array(index, { minLength: 1, maxLength: 20 }));

/** A zoomed picture: hundredths of its scale, ten thousandths of the whole. */
const zoom = optional(
  fc
    .tuple(fc.integer({ min: 101, max: 9999 }), fc.nat(10_000), fc.nat(10_000))
    .map(([k, x, y]) => ({ k: k / 100, x: x / 10_000, y: y / 10_000 }))
);

const column = fc.record({
  do_sample: fc.boolean(),
  temperature: hundredths(0.05, 2),
  top_k: fc.integer({ min: 0, max: 50_257 }),
  top_p: hundredths(0.01, 1),
  min_p: hundredths(0, 1),
  typical_p: hundredths(0.01, 1),
  repetition_penalty: hundredths(0.01, 100),
  no_repeat_ngram_size: fc.integer({ min: 0, max: 10 }),
  seed: fc.nat(MAX_SEED),
  num_beams: fc.integer({ min: 1, max: 6 })
});

/** Edits of every kind, at any place; whether the place is in a model is no matter of the link. */
const anyEditList = fc.array(
  fc.record({
    isOff: fc.boolean(),
    edit: fc
      .tuple(
        fc.constantFrom(
          'zero:z.8.2',
          'zero:result.3',
          'mean:mlp_out.2',
          'mean=references:z.0.11',
          'freeze:ln1.scale.3',
          'freeze:pattern.3.2@4,6',
          'patch:resid_pre.5@3<4,7<9',
          'add=2*difference(4):z.8.2@7',
          'zero:embed@0'
        ),
        fc.integer({ min: -400, max: 400 }).map((value) => value / 100),
        fc.nat(50_256)
      )
      .map(([text, number, token]) =>
        parseEdit(
          [text, `scale=${number}:mlp.post.3.${token}`, `add=${number}*token(${token}):resid_post.3@1-4`][
            token % 3
          ]
        )
      )
  }),
  { maxLength: 8 }
);

const modelName = fc.stringMatching(/^[\w.-]{1,100}$/);

/** Settings whose values are neither of a list nor of a range. */
const OTHERS: Partial<{ [K in keyof ViewState]: fc.Arbitrary<ViewState[K]> }> = {
  model: modelName,
  other_model: optional(modelName),
  recording: fc.stringMatching(/^[\w.~%:/-]{0,60}$/),
  prompt: fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replaceAll(/\r\n?/g, '\n')),
  ids,
  generated: ids,
  subject: ids,
  other: fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replaceAll(/\r\n?/g, '\n')),
  edits: anyEditList.map(formatEditList),
  tables: fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,40}$/), { maxLength: 20 }),
  pins: fc.array(fc.record({ layer: fc.nat(47), head: fc.nat(24) }), { maxLength: 24 }),
  zoom,
  line_zoom: zoom,
  heat_zoom: zoom,
  columns: fc.array(column, { minLength: 1, maxLength: 4 }),
  find_heads: fc.stringMatching(/^[\d., ]{0,60}$/),
  parameter: fc.stringMatching(/^[\w.]{1,80}$/),
  matrix_zoom: zoom
};

/** Values of one setting: of its list, of its range, or as OTHERS says. */
function anyOf(name: string, { values, range, default: usual }: Setting<unknown>): fc.Arbitrary<unknown> {
  const other = OTHERS[name as keyof ViewState];
  if (other) return other;
  if (!values && !range)
    throw new Error(`${name}: a setting must have values, a range, or a line in OTHERS.`);
  const one = values
    ? fc.constantFrom(...values)
    : range!.whole
      ? fc.integer({ min: range!.min, max: range!.max })
      : hundredths(range!.min, range!.max);
  return usual === null ? optional(one) : one;
}

/** One arbitrary a setting. */
export const FIELDS = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, setting]) => [name, anyOf(name, setting as Setting<unknown>)])
) as { [K in keyof ViewState]: fc.Arbitrary<ViewState[K]> };

export const anyView = fc.record(FIELDS) as fc.Arbitrary<ViewState>;
