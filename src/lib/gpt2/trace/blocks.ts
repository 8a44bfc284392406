import * as tf from '@tensorflow/tfjs-core';
import { attention } from '../ops/attention.ts';
import { bytesOf, runBlock, type BlockActivations } from '../model/block.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import type { Gpt2Transformer } from '../model/model.ts';

export interface TraceBlocksParts {
  readonly model: Gpt2Transformer;
  /** n_layer + 1 tensors [padded, n_embd]; not owned. */
  readonly resid: readonly tf.Tensor2D[];
  /** Not owned. */
  readonly mask: tf.Tensor3D;
  /** Blocks that stand from the run. */
  readonly kept: Map<number, BlockActivations>;
  readonly byteBudget: number;
}

/**
 * The insides of a trace's blocks. One that is asked for and not there is rebuilt from its resid_pre; the least recently
 * read go first where the byte budget is spent, but never the one just asked for.
 *
 * Memory: owns the blocks' tensors until `clear`.
 */
export class TraceBlocks {
  readonly #parts: TraceBlocksParts;

  constructor(parts: TraceBlocksParts) {
    this.#parts = parts;
  }

  /** Bytes on the device now. */
  get bytes(): number {
    let bytes = 0;
    for (const block of this.#parts.kept.values()) bytes += bytesOf(Object.values(block));
    return bytes;
  }

  has(layer: number): boolean {
    return this.#parts.kept.has(layer);
  }

  /** A block's activations, rebuilt if need be; the most recently used one stands last in the map. */
  get(layer: number): BlockActivations {
    const { kept, resid, model, mask } = this.#parts;
    let found = kept.get(layer);
    if (!found) {
      this.#makeRoom();
      found = runBlock(resid[layer], model.weights.h[layer], model.config.n_head, mask);
    }
    kept.delete(layer);
    kept.set(layer, found);
    this.#free(this.#parts.byteBudget, layer);
    return found;
  }

  /**
   * A block's pattern for one look: of the kept block, or rebuilt without the rest of the block.
   *
   * Memory: the tensor is the caller's, and stays when the block goes.
   */
  pattern(layer: number): tf.Tensor3D {
    const { kept, resid, model, mask } = this.#parts;
    const block = kept.get(layer);
    if (block) return block.pattern.clone();
    const weights = model.weights.h[layer];
    return tf.tidy(() => {
      const { normalized } = layerNorm(resid[layer], weights.ln_1);
      return attention(normalized, weights, model.config.n_head, mask).pattern;
    });
  }

  /** Frees all blocks. */
  clear(): void {
    for (const block of this.#parts.kept.values()) tf.dispose(Object.values(block));
    this.#parts.kept.clear();
  }

  /** Frees blocks until another one fits beside the rest, before it is made: it is then made where they were. */
  #makeRoom(): void {
    const { kept, byteBudget } = this.#parts;
    const [one] = kept.values();
    if (one) this.#free(byteBudget - bytesOf(Object.values(one)), null);
  }

  /** Frees the least recently used blocks, but for one, until the rest fits. */
  #free(budget: number, keep: number | null): void {
    const { kept } = this.#parts;
    for (const [layer, block] of kept) {
      if (this.bytes <= budget) return;
      if (layer === keep) continue;
      tf.dispose(Object.values(block));
      kept.delete(layer);
    }
  }
}
