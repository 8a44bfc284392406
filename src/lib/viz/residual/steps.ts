import { attentionShare } from '../common/bars';

/** One block's step at one position: what the stream was, what was added, what it became. All are L2 norms. */
export interface Step {
  layer: number;
  before: number;
  attn: number;
  mlp: number;
  after: number;
  /** ‖attn_out‖ / (‖attn_out‖ + ‖mlp_out‖), 0..1. */
  share: number;
}

/**
 * Reads one position's column out of a matrix of norms.
 * Shapes: norms [rows, T] row-major → [rows].
 */
export function columnAt(norms: Float32Array, T: number, position: number): Float32Array {
  return Float32Array.from({ length: norms.length / T }, (_, row) => norms[row * T + position]);
}

/**
 * What each block does to the stream at one position.
 * Shapes: norms [n_layer + 1, T], attnNorms and mlpNorms [n_layer, T], row-major.
 * Throws: RangeError if their sizes do not belong together.
 */
export function stepsAt(
  norms: Float32Array,
  attnNorms: Float32Array,
  mlpNorms: Float32Array,
  T: number,
  position: number
): Step[] {
  const n_layer = norms.length / T - 1;
  if (attnNorms.length !== n_layer * T || mlpNorms.length !== n_layer * T) {
    throw new RangeError(
      `stepsAt: attnNorms and mlpNorms must be [${n_layer}, ${T}], got ${attnNorms.length} and ${mlpNorms.length} values. ` +
        'Pass the norms of one run.'
    );
  }
  const depth = columnAt(norms, T, position);
  const attn = columnAt(attnNorms, T, position);
  const mlp = columnAt(mlpNorms, T, position);
  return Array.from({ length: n_layer }, (_, layer) => ({
    layer,
    before: depth[layer],
    attn: attn[layer],
    mlp: mlp[layer],
    after: depth[layer + 1],
    share: attentionShare(attn[layer], mlp[layer])
  }));
}

/** The norm the stream would have after a step if all three vectors pointed the same way: the most it can be. */
export function largestPossible({ before, attn, mlp }: Step): number {
  return before + attn + mlp;
}

/** A share as a whole percentage; a dash where neither half adds anything. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${Math.round(100 * share)} %` : '—';
}
