/** Every view that a link can hold, for property tests. */
import fc from 'fast-check';
import { MAX_SEED } from '../../src/lib/gpt2';
import {
  BACKENDS,
  BAR_SCALES,
  BLOCK_PARTS,
  COMBINED,
  DECODE_PARTS,
  EARLY_STOPPING,
  FLOW_ROWS,
  FORMS,
  HEAD_GRIDS,
  LENS_ROWS,
  LOSS_MEASURES,
  MEASURES,
  NORMS,
  POSITION_0,
  STAGES,
  VIEWS,
  WEIGHED,
  type ViewState
} from '../../src/lib/state/view-state';

const index = fc.nat(1_000_000);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
/** Decimals as sliders give them: whole hundredths. */
const hundredths = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100);
const ids = optional(fc.array(index, { minLength: 1, maxLength: 20 }));

/** A zoomed picture: hundredths of its scale, ten thousandths of the whole. */
const zoom = fc
  .tuple(fc.integer({ min: 101, max: 9999 }), fc.nat(10_000), fc.nat(10_000))
  .map(([k, x, y]) => ({ k: k / 100, x: x / 10_000, y: y / 10_000 }));

const PROCESSORS = {
  do_sample: fc.boolean(),
  temperature: hundredths(0.05, 2),
  top_k: fc.integer({ min: 0, max: 50_257 }),
  top_p: hundredths(0.01, 1),
  min_p: hundredths(0, 1),
  typical_p: hundredths(0.01, 1),
  repetition_penalty: hundredths(0.01, 100),
  no_repeat_ngram_size: fc.integer({ min: 0, max: 10 }),
  seed: fc.nat(MAX_SEED)
};
const column = fc.record({ ...PROCESSORS, num_beams: fc.integer({ min: 1, max: 6 }) });

/** One arbitrary a setting: a setting without one does not compile. */
export const FIELDS: { [K in keyof ViewState]: fc.Arbitrary<ViewState[K]> } = {
  ...PROCESSORS,
  model: fc.stringMatching(/^[\w.-]{1,100}$/),
  prompt: fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replaceAll(/\r\n?/g, '\n')),
  ids,
  bos: fc.boolean(),
  view: fc.constantFrom(...VIEWS),
  layer: index,
  head: index,
  position: optional(index),
  key: optional(index),
  links: hundredths(0.01, 0.5),
  rows: fc.constantFrom(...FLOW_ROWS),
  upto: optional(index),
  open: optional(index),
  part: fc.constantFrom(...BLOCK_PARTS),
  stage: fc.constantFrom(...STAGES),
  form: fc.constantFrom(...FORMS),
  pins: fc.array(fc.record({ layer: fc.nat(47), head: fc.nat(24) }), { maxLength: 24 }),
  combine: fc.constantFrom(...COMBINED),
  weigh: fc.constantFrom(...WEIGHED),
  first: fc.constantFrom(...POSITION_0),
  keep: fc.integer({ min: 1, max: 100 }),
  heads: fc.constantFrom(...HEAD_GRIDS),
  zoom: optional(zoom),
  line_zoom: optional(zoom),
  heat_zoom: optional(zoom),
  present: fc.boolean(),
  norm: fc.constantFrom(...NORMS),
  component: optional(index),
  head_component: optional(index),
  sorted: fc.boolean(),
  norm_scale: optional(fc.constantFrom(...BAR_SCALES)),
  neuron: optional(index),
  measure: fc.constantFrom(...MEASURES),
  row: fc.constantFrom(...LENS_ROWS),
  track: optional(index),
  explained: optional(index),
  decode: fc.constantFrom(...DECODE_PARTS),
  max_new_tokens: fc.integer({ min: 1, max: 1024 }),
  generated: ids,
  step: optional(index),
  scale: fc.constantFrom(...BAR_SCALES),
  num_beams: fc.integer({ min: 2, max: 6 }),
  length_penalty: hundredths(0, 10),
  early_stopping: fc.constantFrom(...EARLY_STOPPING),
  beam_step: optional(index),
  columns: fc.array(column, { minLength: 1, maxLength: 4 }),
  loss: fc.constantFrom(...LOSS_MEASURES),
  backend: optional(fc.constantFrom(...BACKENDS))
};

export const anyView = fc.record(FIELDS) as fc.Arbitrary<ViewState>;
