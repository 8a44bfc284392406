import { residualWords as words } from '$lib/words';
import { depthPlace } from '../common/depth';
import { formatNumber, formatSum } from '../common/format';
import { formatShare, largestPossible, type Step } from './steps';

/** What one block does at one position, in words, with the reason why its norms do not add up. */
export function stepSays(step: Step, tokenLabel: string): string {
  const { layer, before, attn, mlp, after, share } = step;
  return words.step({
    layer,
    token: tokenLabel,
    before: formatNumber(before),
    attn: formatNumber(attn),
    mlp: formatNumber(mlp),
    after: formatNumber(after),
    share: formatShare(share),
    sum: formatSum([before, attn, mlp], largestPossible(step))
  });
}

/** The matrix of norms in one sentence: where the stream is longest and shortest. Shapes: norms [depths, T]. */
export function heatSummary(norms: Float32Array, T: number): string {
  const depths = norms.length / T;
  let most = -1;
  for (let i = 0; i < norms.length; i++) {
    if (Number.isFinite(norms[i]) && (most < 0 || norms[i] > norms[most])) most = i;
  }
  if (most < 0) return words.noFinite(depths, T);
  return words.summary(depths, T, formatNumber(norms[most]), depthPlace(Math.floor(most / T)), most % T);
}
