import { formatNumber } from '../common/format';
import { formatShare, largestPossible, type Step } from './steps';

/** What one block does at one position, in words, with the reason why its norms do not add up. */
export function stepSays(step: Step, tokenLabel: string): string {
  const { layer, before, attn, mlp, after, share } = step;
  const most = largestPossible(step);
  return (
    `Block ${layer} at ${tokenLabel}: attention adds a vector of norm ${formatNumber(attn)}, the MLP one of ` +
    `${formatNumber(mlp)}; of the two norms together, attention’s share is ${formatShare(share)}. ` +
    `The stream goes from ${formatNumber(before)} to ${formatNumber(after)}, not to ` +
    `${formatNumber(before)} + ${formatNumber(attn)} + ${formatNumber(mlp)} = ${formatNumber(most)}.`
  );
}

/** The matrix of norms in one sentence: where the stream is longest and shortest. Shapes: norms [depths, T]. */
export function heatSummary(norms: Float32Array, T: number): string {
  const depths = norms.length / T;
  let most = -1;
  for (let i = 0; i < norms.length; i++) {
    if (Number.isFinite(norms[i]) && (most < 0 || norms[i] > norms[most])) most = i;
  }
  const size = `Norm of the residual stream at ${depths} depths and ${T} ${T === 1 ? 'position' : 'positions'}`;
  if (most < 0) return `${size}; none of them is a finite number.`;
  return `${size}; the largest, ${formatNumber(norms[most])}, is at depth ${Math.floor(most / T)}, position ${most % T}.`;
}
