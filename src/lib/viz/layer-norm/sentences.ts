/** LayerNorm's numbers in words. */
import { layerNormWords as words } from '$lib/words';
import { formatNumber } from '../common';
import type { NormSteps } from './steps';

/** Which of the model's LayerNorms. */
export type Which = 'ln_1' | 'ln_2' | 'ln_f';

/** Where a LayerNorm stands: "before attention, block 6". */
export function whereSentence(which: Which, layer: number): string {
  return words.where[which](layer);
}

/** `mean = 0.021   variance = 3.21   scale = √(3.21 + 1.000e-5) = 1.792` */
export function scaleFormula({ variance, scale }: NormSteps, epsilon: number): string {
  return `scale = √(variance + ε) = √(${formatNumber(variance)} + ${formatNumber(epsilon)}) = ${formatNumber(scale)}`;
}

const factor = (value: number) => (value < 0 ? `(${formatNumber(value)})` : formatNumber(value));

/** One component's way: `[57] (2.31 − 0.021) / 1.792 = 1.277 → · 0.83 = 1.06 → + 0.02 = 1.08` */
export function componentFormula(
  steps: NormSteps,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  component: number
): string {
  const { x, centred, weighted, shifted, mean, scale } = steps;
  const first = `(${formatNumber(x[component])} − ${factor(mean)}) / ${formatNumber(scale)} = ${formatNumber(centred[component])}`;
  const second = `· ${factor(weight[component])} = ${formatNumber(weighted[component])}`;
  const third = `+ ${factor(bias[component])} = ${formatNumber(shifted[component])}`;
  return `[${component}] ${first} → ${second} → ${third}`;
}
