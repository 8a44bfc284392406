/** The formulas of one look, with their numbers filled in. */
import { qkvWords as words } from '$lib/words';
import { formatNumber, formatWeight, shiftedPower } from '../common';
import { SCORE_TOLERANCE, sharedDigits, type AttentionStory } from './story.ts';

/** `q·k = Σ qᵢkᵢ = 3.412` */
export function dotFormula({ dot }: AttentionStory): string {
  return `q·k = Σ qᵢkᵢ = ${formatNumber(dot)}`;
}

/** `3.412 / √16 = 0.853` */
export function scoreFormula({ dot, score, divisor }: AttentionStory): string {
  return `${formatNumber(dot)} / ${divisor} = ${formatNumber(score)}`;
}

/** `e^(0.853 − 1.2) / Σ = 0.7069 / 2.182 = 32.4 %`, as the attention view writes it. */
export function weightFormula({ score, max, expSum, chosen }: AttentionStory): string {
  const ratio = `${formatNumber(chosen.exp)} / ${formatNumber(expSum)}`;
  return `${shiftedPower(score, max)} / Σ = ${ratio} = ${formatWeight(chosen.weight)}`;
}

/** How the score computed here stands to the model's own. */
export function checkSentence({ computedScore, score, scoreDifference }: AttentionStory): string {
  if (scoreDifference <= SCORE_TOLERANCE) return words.agree(sharedDigits(scoreDifference));
  return words.disagree(formatNumber(score), formatNumber(computedScore));
}

/** `q₃ × k₃ = 1.2 × −0.5 = −0.6` */
export function productFormula({ q, k, product }: AttentionStory, component: number): string {
  const [left, right] = [formatNumber(q[component]), formatNumber(k[component])];
  return `q[${component}] × k[${component}] = ${left} × ${right} = ${formatNumber(product[component])}`;
}

/** `weight × v[3] = 0.324 × −0.5 = −0.162` */
export function valueFormula({ v, chosen }: AttentionStory, component: number): string {
  const [factor, value] = [formatNumber(chosen.weight), formatNumber(v[component])];
  return `${words.weight} × v[${component}] = ${factor} × ${value} = ${formatNumber(chosen.weight * v[component])}`;
}

/** What the causal mask does to the keys after the query. */
export function maskSentence(query: number, T: number): string {
  const hidden = T - 1 - query;
  if (hidden === 0) return words.noneMasked;
  return hidden === 1 ? words.oneMasked(T - 1) : words.masked(query + 1, T - 1);
}
