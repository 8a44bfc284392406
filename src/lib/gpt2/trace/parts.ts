import type * as tf from '@tensorflow/tfjs-core';
import type { BlockActivations } from '../model/block.ts';
import type { Pass } from '../model/pass.ts';

/** One activation, read to the CPU. */
export interface Activation {
  /** Full TransformerLens name. */
  readonly fullName: string;
  readonly shape: number[];
  /** Row-major; the reader's own copy. */
  readonly data: Float32Array;
}

export interface TraceParts {
  readonly pass: Pass;
  /** n_layer + 1 tensors [padded, n_embd]: resid_pre of block 0, then every block's resid_post. */
  readonly resid: tf.Tensor2D[];
  readonly blocks: Map<number, BlockActivations>;
  /** Norms of what each block that was not kept has added, by layer. */
  readonly norms: ReadonlyMap<number, AddedNorms>;
  readonly byteBudget: number;
}

/** L2 norms of what a block adds to the stream, [T] each. */
export interface AddedNorms {
  readonly attn_out: Float32Array;
  readonly mlp_out: Float32Array;
}
