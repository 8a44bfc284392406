/** Lengths of bars that show norms: linear from 0, or by the square root where one norm would flatten all others. */

export interface BarScale {
  readonly kind: 'linear' | 'sqrt';
  /** The largest finite norm: a full bar. 0 when there is none. */
  readonly max: number;
  /** Length in px of a norm's bar in `room` px; 0 for a norm that is not finite. */
  length(norm: number, room: number): number;
}

/** Above this ratio of the largest norm to the median, most bars on a linear scale would be under 5 % long. */
const SQRT_ABOVE = 20;

/** Finite positive values, smallest first. */
function sortedNorms(values: Iterable<number>): number[] {
  return [...values].filter((value) => Number.isFinite(value) && value > 0).sort((a, b) => a - b);
}

/** True where the largest norm is so far above the median that a linear scale hides the rest. */
export function hasOutlier(values: Iterable<number>): boolean {
  const sorted = sortedNorms(values);
  if (sorted.length === 0) return false;
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  return sorted[sorted.length - 1] > SQRT_ABOVE * median;
}

/** Makes one scale for all bars that are compared with each other. Units: norms in, px out. */
export function barScale(values: Iterable<number>): BarScale {
  const norms = sortedNorms(values);
  const max = norms.length === 0 ? 0 : norms[norms.length - 1];
  const kind = hasOutlier(norms) ? 'sqrt' : 'linear';
  return {
    kind,
    max,
    length(norm, room) {
      if (!Number.isFinite(norm) || norm <= 0 || max === 0) return 0;
      const share = Math.min(1, norm / max);
      return room * (kind === 'sqrt' ? Math.sqrt(share) : share);
    }
  };
}

/** The two halves of a step as a share: ‖attn_out‖ / (‖attn_out‖ + ‖mlp_out‖); NaN if neither adds anything. */
export function attentionShare(attnNorm: number, mlpNorm: number): number {
  return attnNorm / (attnNorm + mlpNorm);
}
