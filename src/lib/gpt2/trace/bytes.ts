import type { Gpt2Config } from '../model/config.ts';
import { paddedLength } from './padding.ts';

const FLOAT_BYTES = 4;
/** Activations of a block that are as wide as the stream: ln1, q, k, v, z, attn_out, resid_mid, ln2, mlp_out, resid_post. */
const STREAM_WIDE = 10;
/** Scores and pattern; pre and post of the MLP; the scales of both LayerNorms. */
const PAIRS = 2;

/**
 * Bytes that the inside of one block takes in a trace of T tokens.
 *
 * Shapes: as in `ACTIVATIONS`, T filled up to one of a few lengths.
 */
export function blockBytes({ n_ctx, n_embd, n_head, n_inner }: Gpt2Config, T: number): number {
  const padded = paddedLength(T, n_ctx);
  const each = STREAM_WIDE * n_embd + PAIRS * (n_inner + n_head * padded + 1);
  return padded * each * FLOAT_BYTES;
}

/** Bytes that a trace of T tokens takes: the stream at every depth, the mask, and blocks as far as their budget goes. */
export function traceBytes(config: Gpt2Config, T: number, blockBudget: number): number {
  const padded = paddedLength(T, config.n_ctx);
  const stream = (config.n_layer + 1) * padded * config.n_embd * FLOAT_BYTES;
  const mask = padded * padded * FLOAT_BYTES;
  const one = blockBytes(config, T);
  const blocks = Math.min(config.n_layer, Math.max(1, Math.floor(blockBudget / one)));
  return stream + mask + blocks * one;
}
