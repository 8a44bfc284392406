import { BACKENDS, type BackendName } from '$lib/engine';

export const VIEWS = ['embeddings', 'attention', 'qkv', 'mlp', 'layernorm', 'residual', 'lens'] as const;
export const STAGES = ['qk', 'scaled', 'masked', 'softmax'] as const;
export const FORMS = ['matrix', 'arcs'] as const;
export const HEAD_GRIDS = ['layer', 'all'] as const;
export const NORMS = ['ln_1', 'ln_2', 'ln_f'] as const;
export const LENS_ROWS = ['output', 'layer'] as const;
export const MEASURES = ['probability', 'rank', 'entropy', 'kl'] as const;

/** Everything a link restores: one value of each is one view of the page. */
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
  /** What the large attention map shows. */
  stage: (typeof STAGES)[number];
  form: (typeof FORMS)[number];
  /** Small maps: the heads of one layer, or of all. */
  heads: (typeof HEAD_GRIDS)[number];
  norm: (typeof NORMS)[number];
  neuron: number | null;
  /** What colours the logit lens. */
  measure: (typeof MEASURES)[number];
  /** The row of the logit lens that is read: the output, or what the selected layer reads. */
  row: (typeof LENS_ROWS)[number];
  /** Token followed through the layers. */
  track: number | null;
  temperature: number;
  /** 0: off. */
  top_k: number;
  /** 1: off. */
  top_p: number;
  seed: number;
  /** Backend the reader forces; null: the first that works. */
  backend: BackendName | null;
}

export const TEMPERATURE_RANGE = { min: 0.05, max: 2 };
export const TOP_P_RANGE = { min: 0.01, max: 1 };

export const DEFAULT_VIEW: Readonly<ViewState> = {
  model: 'gpt2-nano',
  prompt: 'When Mary and John went to the store, John gave a drink to',
  ids: null,
  bos: false,
  view: 'attention',
  layer: 6,
  head: 4,
  position: null,
  key: null,
  stage: 'softmax',
  form: 'matrix',
  heads: 'layer',
  norm: 'ln_1',
  neuron: null,
  measure: 'probability',
  row: 'output',
  track: null,
  temperature: 1,
  top_k: 0,
  top_p: 1,
  seed: 42,
  backend: null
};

export { BACKENDS };
