import { PROCESSORS, type SamplingSettings } from '$lib/gpt2';
import { nextTokenWords as words } from '$lib/words';
import { nearestStop } from '../common/nearest-stop';

/** The model's own distribution: nothing divided, nothing cut. */
export const NEUTRAL: SamplingSettings = { temperature: 1, top_k: 0, top_p: 1 };

/** The temperature slider's ends and step. */
export const TEMPERATURE = { min: 0.05, max: 2, step: 0.05 };

/** The top-p slider, by how much it takes away: its left end is off, as that of every slider. */
export const TOP_P_CUT = { min: 0, max: 0.99, step: 0.01 };

const HUNDRED = 100;

/** Top-p of a place on its slider, and the place of a top-p, in whole hundredths. */
export const topPOf = (cut: number): number => Math.round(HUNDRED * (1 - cut)) / HUNDRED;

const TOP_K = PROCESSORS.find(({ name }) => name === 'top_k')!;
const TOP_K_OFF = TOP_K.off;

/** What the top-k slider stops at, about evenly spaced on a log scale: off, then fewer and fewer. */
export const TOP_K_STOPS: readonly number[] = TOP_K.offered.stops;

/** Place on the slider nearest to a top_k, which may come from a link and lie between two stops. */
export const topKStop = (top_k: number): number => nearestStop(TOP_K_STOPS, top_k, TOP_K_OFF);

/** True if the settings leave the model's own distribution as it is. */
export function isNeutral({ temperature, top_k, top_p }: SamplingSettings): boolean {
  return temperature === NEUTRAL.temperature && top_k === TOP_K_OFF && top_p === NEUTRAL.top_p;
}

/** Which cuts are on: `['top-k 40', 'top-p 0.9']`. */
export function cuts({ top_k, top_p }: SamplingSettings): string[] {
  const names: string[] = [];
  if (top_k !== TOP_K_OFF) names.push(`top-k ${top_k}`);
  if (top_p < NEUTRAL.top_p) names.push(`top-p ${top_p}`);
  return names;
}

/** The cuts that are on, as words: `top-k 40 and top-p 0.9`; empty if none is. */
export function cutNames(settings: SamplingSettings): string {
  return words.both(cuts(settings));
}
