import { BACKENDS, type BackendName } from '$lib/engine';
import type { DecodingSettings } from '$lib/gpt2';
import { EXAMPLE_PROMPTS, TELLING_HEADS } from './example-prompts';
import { DEFAULT_COLUMNS, type DecodeColumn } from './decode-columns';

export const VIEWS = [
  'flow',
  'embeddings',
  'attention',
  'qkv',
  'mlp',
  'layernorm',
  'residual',
  'lens',
  'decode'
] as const;
export const STAGES = ['qk', 'scaled', 'masked', 'softmax'] as const;
export const FORMS = ['matrix', 'arcs', 'text'] as const;
/** What the large attention picture shows of the head and those pinned beside it. */
export const COMBINED = ['one', 'mean', 'max'] as const;
/** What a cell's weight is multiplied by. */
export const WEIGHED = ['weight', 'v', 'out'] as const;
/** What happens to position 0. */
export const POSITION_0 = ['show', 'hide', 'renormalise'] as const;
/** A head by its block and place, both from 0. */
export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}
export const HEAD_GRIDS = ['layer', 'all'] as const;
export const NORMS = ['ln_1', 'ln_2', 'ln_f'] as const;
export const LENS_ROWS = ['output', 'layer'] as const;
export const MEASURES = ['probability', 'rank', 'entropy', 'kl'] as const;

export const DECODE_PARTS = ['steps', 'beams', 'compare', 'loss'] as const;
export const FLOW_ROWS = ['row', 'all'] as const;
export const BLOCK_PARTS = ['attention', 'qkv', 'layernorm', 'mlp'] as const;
export const BAR_SCALES = ['linear', 'log'] as const;
export const EARLY_STOPPING = ['false', 'true', 'never'] as const;
export const LOSS_MEASURES = ['surprise', 'log_probability', 'rank'] as const;

/** What is seen of a zoomed picture: its scale, and what is left of it and above it, in shares of the whole. */
export interface ZoomPlace {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Everything a link restores: one value of each is one view of the page. The settings that turn logits into a token
 * are Hugging Face's, by its names.
 */
export interface ViewState {
  /** Name in the catalogue. */
  model: string;
  prompt: string;
  /** Token ids that stand for the prompt where its text alone would be split otherwise; null as a rule. */
  ids: readonly number[] | null;
  /** `<|endoftext|>` in front: every position shifts by one. */
  bos: boolean;
  view: (typeof VIEWS)[number];
  layer: number;
  head: number;
  /** The selected position, which is also the query; null follows the last one. */
  position: number | null;
  /** The selected key; null: the one the head attends to most. */
  key: number | null;
  /** Flow: share of a row from which a link is drawn. */
  links: number;
  /** Flow: rows that links are drawn to. */
  rows: (typeof FLOW_ROWS)[number];
  /** Flow: the last depth that is drawn in full, n_layer + 1 for ln_f; null: all. */
  upto: number | null;
  /** Flow: the block whose own view stands in the picture, and which part of it. */
  open: number | null;
  part: (typeof BLOCK_PARTS)[number];
  /** What the large attention map shows. */
  stage: (typeof STAGES)[number];
  form: (typeof FORMS)[number];
  /** Heads to compare with the selected one. */
  pins: readonly HeadPlace[];
  combine: (typeof COMBINED)[number];
  weigh: (typeof WEIGHED)[number];
  first: (typeof POSITION_0)[number];
  /** The strongest cells of a row that are kept, percent; 100: all. */
  keep: number;
  /** Small maps: the heads of one layer, or of all. */
  heads: (typeof HEAD_GRIDS)[number];
  /** What is seen of the large attention picture, of its line of arcs, and of the residual stream's map; null: all. */
  zoom: ZoomPlace | null;
  line_zoom: ZoomPlace | null;
  heat_zoom: ZoomPlace | null;
  norm: (typeof NORMS)[number];
  /** The component of the stream that is held, in Embeddings and LayerNorm; null: none. */
  component: number | null;
  /** The component of a head's vectors that is held in Q · K · V, and whether they are sorted by their product. */
  head_component: number | null;
  sorted: boolean;
  /** Scale of the residual stream's norms; null: the one that suits them. */
  norm_scale: (typeof BAR_SCALES)[number] | null;
  neuron: number | null;
  /** What colours the logit lens. */
  measure: (typeof MEASURES)[number];
  /** The row of the logit lens that is read: the output, or what the selected layer reads. */
  row: (typeof LENS_ROWS)[number];
  /** Token followed through the layers. */
  track: number | null;
  temperature: number;
  /** Token whose way from logit to probability is shown; null: the best one's. */
  explained: number | null;
  /** 0: off. */
  top_k: number;
  /** 1: off. */
  top_p: number;
  seed: number;
  /** Part of the decode view. */
  decode: (typeof DECODE_PARTS)[number];
  /** Draw the next token, or take the best. */
  do_sample: boolean;
  /** 0: off. */
  min_p: number;
  /** 1: off. */
  typical_p: number;
  /** 1: off. */
  repetition_penalty: number;
  /** 0: off. */
  no_repeat_ngram_size: number;
  /** Tokens that one run, search or column adds at most. */
  max_new_tokens: number;
  /** Ids of the tokens that decoding has added to the prompt; null: none. */
  generated: readonly number[] | null;
  /** Which of them is looked at, from 0; null: the one that comes next. */
  step: number | null;
  /** Scale of the probabilities. */
  scale: (typeof BAR_SCALES)[number];
  num_beams: number;
  length_penalty: number;
  early_stopping: (typeof EARLY_STOPPING)[number];
  /** Step of the beam search that is looked at, from 0; null: the last. */
  beam_step: number | null;
  /** Settings side by side. */
  columns: readonly DecodeColumn[];
  /** For a projector: larger, one picture, arrow keys step through the depth. */
  present: boolean;
  /** What colours the text by its loss. */
  loss: (typeof LOSS_MEASURES)[number];
  /** Backend the reader forces; null: the first that works. */
  backend: BackendName | null;
}

export const DEFAULT_VIEW: Readonly<ViewState> = {
  model: 'gpt2-nano',
  prompt: EXAMPLE_PROMPTS.names,
  ids: null,
  bos: false,
  view: 'flow',
  layer: TELLING_HEADS.names.layer,
  head: TELLING_HEADS.names.head,
  position: null,
  key: null,
  links: 0.02,
  rows: 'row',
  upto: null,
  open: null,
  part: 'attention',
  stage: 'softmax',
  form: 'matrix',
  pins: [],
  combine: 'one',
  weigh: 'weight',
  first: 'show',
  keep: 100,
  heads: 'layer',
  zoom: null,
  line_zoom: null,
  heat_zoom: null,
  norm: 'ln_1',
  component: null,
  head_component: null,
  sorted: false,
  norm_scale: null,
  neuron: null,
  measure: 'probability',
  row: 'output',
  track: null,
  explained: null,
  temperature: 1,
  top_k: 0,
  top_p: 1,
  seed: 42,
  decode: 'steps',
  do_sample: true,
  min_p: 0,
  typical_p: 1,
  repetition_penalty: 1,
  no_repeat_ngram_size: 0,
  max_new_tokens: 20,
  generated: null,
  step: null,
  scale: 'linear',
  num_beams: 3,
  length_penalty: 1,
  early_stopping: 'false',
  beam_step: null,
  columns: DEFAULT_COLUMNS,
  present: false,
  loss: 'surprise',
  backend: null
};

/** The settings of a view that the processors read. */
export function settingsOf(view: ViewState): DecodingSettings {
  const { do_sample, temperature, top_k, top_p, min_p, typical_p } = view;
  const { repetition_penalty, no_repeat_ngram_size } = view;
  return { do_sample, temperature, top_k, top_p, min_p, typical_p, repetition_penalty, no_repeat_ngram_size };
}

export { BACKENDS };
export * from './setting-ranges';
