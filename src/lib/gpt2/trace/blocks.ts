import * as tf from '@tensorflow/tfjs-core';
import { blockMaps, blockPattern, bytesOf, runBlock, type BlockActivations } from '../model/block.ts';
import type { Pass } from '../model/pass.ts';

export interface TraceBlocksParts {
  readonly pass: Pass;
  /** n_layer + 1 tensors [padded, n_embd]; not owned. */
  readonly resid: readonly tf.Tensor2D[];
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
    const { kept, resid, pass } = this.#parts;
    let found = kept.get(layer);
    if (!found) {
      this.#makeRoom();
      found = runBlock(pass, layer, resid[layer]);
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
    const { kept, resid, pass } = this.#parts;
    const block = kept.get(layer);
    return block ? block.pattern.clone() : blockPattern(pass, layer, resid[layer]);
  }

  /**
   * A block's heads as small maps, or null where the backend makes none of itself: see `blockMaps`.
   *
   * Memory: the tensor is the caller's.
   */
  maps(layer: number, block: number): tf.Tensor2D | null {
    const { kept, resid, pass } = this.#parts;
    return blockMaps(pass, layer, resid[layer], { T: pass.ids.length, block }, kept.get(layer));
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
