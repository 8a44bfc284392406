/**
 * What one row of the picture holds: how a position's stream came about, block by block.
 *
 * Shapes: S = position + 1 sources, the row's own position last.
 */
export interface FlowRow {
  readonly position: number;
  /** Share of resid_mid that the row's own stream (resid_pre and c_proj's bias) keeps, [n_layer]. */
  readonly own: Float32Array;
  /** Share of resid_mid that all heads of a block write from each source, [n_layer, S]. */
  readonly shares: Float32Array;
  /** Each head's part of a source's share, by the size of what it writes; sums to 1, [n_layer, S, n_head]. */
  readonly heads: Float32Array;
  /** Attention of each head, [n_layer, S, n_head]; probabilities. */
  readonly pattern: Float32Array;
  /** What a source's share adds to the logit of `token` by the final LayerNorm's scale, nats, [n_layer, S]. */
  readonly logits: Float32Array;
  /** The best next token of the row. */
  readonly token: number;
  /** Best next token at each depth, and its probability, [n_layer + 1]. */
  readonly lensIds: Int32Array;
  readonly lensProbabilities: Float64Array;
}

/** One link: what a block's heads bring to the row from one source. */
export interface FlowLink {
  readonly layer: number;
  readonly source: number;
  readonly share: number;
  /** The head that wrote most of it. */
  readonly head: number;
}

/** What the reader points at or has reached with the keys. */
export type FlowPart =
  | { readonly kind: 'row'; readonly position: number; readonly depth: number }
  | { readonly kind: 'link'; readonly layer: number; readonly source: number }
  | { readonly kind: 'mlp'; readonly layer: number; readonly position: number }
  | { readonly kind: 'lens'; readonly depth: number };
