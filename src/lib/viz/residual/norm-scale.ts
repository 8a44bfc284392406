import { residualWords as words } from '$lib/words';
import { tickLabel } from '../common/format';
import { sequentialScale, type ColorScale, type Theme } from '../color';
import { hasOutlier } from '../common/bars';
import { logTicks, type ChartScale } from './chart-layout';

/** Log where the largest norm would flatten the others: in GPT-2 the first position's is a hundred times the rest. */
export function defaultKind(norms: Iterable<number>): ChartScale {
  return hasOutlier(norms) ? 'log' : 'linear';
}

/** Least and greatest of the finite positive norms; [1, 1] if there are none. */
function normDomain(norms: ArrayLike<number>): [number, number] {
  let least = Infinity;
  let most = 0;
  for (let i = 0; i < norms.length; i++) {
    const norm = norms[i];
    if (!Number.isFinite(norm) || norm <= 0) continue;
    least = Math.min(least, norm);
    most = Math.max(most, norm);
  }
  return most === 0 ? [1, 1] : [least, most];
}

/** Norms to colours: the larger, the stronger; from 0, or on the logarithm from the least norm there is. */
export function normScale(
  theme: Theme,
  norms: ArrayLike<number>,
  kind: ChartScale,
  hue: 'stream' | 'run-b' = 'stream'
): ColorScale {
  const [least, most] = normDomain(norms);
  if (kind === 'linear') return sequentialScale(theme, [0, most], words.units.linear, hue);
  const low = Math.log10(least);
  const high = Math.log10(most);
  const scale = sequentialScale(theme, [low, high], '', hue);
  const inner = high === low ? [] : logTicks([least, most]);
  const ticks = inner.map((norm) => ({
    at: (Math.log10(norm) - low) / (high - low),
    label: tickLabel(norm)
  }));
  return {
    color: (norm) => scale.color(Math.log10(norm)),
    text: (norm) => scale.text(Math.log10(norm)),
    signed: false,
    legend: { gradient: scale.legend.gradient, ticks, unit: words.units.log }
  };
}
