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

/** One link: what a block's heads bring to a row from one source. */
export interface FlowLink {
  readonly layer: number;
  readonly source: number;
  /** The last of several neighbouring sources that are told together, of which `source` is the first. */
  readonly last?: number;
  /** The row that reads. */
  readonly position: number;
  /** The last of several neighbouring rows that are told together, of which `position` is the first. */
  readonly lastPosition?: number;
  /** Of that row after the block's attention; followed back, of the selected row at its end. */
  readonly share: number;
  /** The head that wrote most of it; followed back, and between bands, most of the strongest of its links. */
  readonly head: number;
}

/** What the reader points at or has reached with the keys. */
export type FlowPart =
  | {
      readonly kind: 'row';
      readonly position: number;
      /** Of a band of rows, whose first one is at `position`. */
      readonly last?: number;
      readonly depth: number;
    }
  | {
      readonly kind: 'link';
      readonly layer: number;
      readonly source: number;
      readonly last?: number;
      readonly position: number;
      readonly lastPosition?: number;
    }
  | { readonly kind: 'mlp'; readonly layer: number; readonly position: number }
  | { readonly kind: 'lens'; readonly depth: number };

/** Rows that links are drawn to: the selected one, all of them, or those that it is made of, followed back. */
export type FlowMode = 'row' | 'all' | 'back';

/** Parts of an opened block, each a view of its own. */
export type BlockPart = 'attention' | 'qkv' | 'layernorm' | 'mlp';

/** Views that a part of the picture leads to. */
export type FlowTarget =
  BlockPart | 'embeddings' | 'residual' | 'lens' | 'why' | 'heads' | 'weights' | 'decode';

/** What the opened part reads of its block; each undefined until it has arrived, or where the part does not need it. */
export interface BlockReads {
  /** Of the selected head, [T, T]. */
  readonly pattern?: Float32Array;
  readonly scores?: Float32Array;
  /** ln1.scale and ln2.scale, [T]. */
  readonly ln1?: Float32Array;
  readonly ln2?: Float32Array;
  /** mlp.post, [T, n_inner]. */
  readonly post?: Float32Array;
}
