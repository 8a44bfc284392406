import type { Gpt2Config } from '../model/config.ts';
import { elementCount } from '../checkpoint/weight-spec.ts';
import { ACTIVATIONS, keptActivations } from './activations.ts';
import { paddedLength } from './padding.ts';

const FLOAT_BYTES = 4;

/**
 * Bytes that the inside of one block takes in a trace of T tokens: of every activation that is kept of it.
 *
 * Shapes: as in `ACTIVATIONS`, T filled up to one of a few lengths.
 */
export function blockBytes(config: Gpt2Config, T: number): number {
  const padded = paddedLength(T, config.n_ctx);
  const sizes = keptActivations.map((name) => elementCount(ACTIVATIONS[name].shape(config, padded)));
  return FLOAT_BYTES * sizes.reduce((sum, size) => sum + size, 0);
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
