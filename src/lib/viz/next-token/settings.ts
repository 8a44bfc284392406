import { MAX_SEED, type SamplingSettings } from '$lib/gpt2';
import { nextTokenWords as words } from '$lib/words';

/** The model's own distribution: nothing divided, nothing cut. */
export const NEUTRAL: SamplingSettings = { temperature: 1, top_k: 0, top_p: 1 };

/** The temperature slider's ends and step. */
export const TEMPERATURE = { min: 0.05, max: 2, step: 0.05 };

/** The top-p slider's ends and step; its right end is off. */
export const TOP_P = { min: 0.01, max: 1, step: 0.01 };

const TOP_K_OFF = 0;

/** What the top-k slider stops at, about evenly spaced on a log scale; the last one is off. */
export const TOP_K_STOPS = [
  1,
  2,
  3,
  4,
  5,
  6,
  8,
  10,
  12,
  15,
  20,
  25,
  30,
  40,
  50,
  60,
  80,
  100,
  150,
  200,
  TOP_K_OFF
];

/** Place on the slider nearest to a top_k, which may come from a link and lie between two stops. */
export function topKStop(top_k: number): number {
  const off = TOP_K_STOPS.length - 1;
  if (top_k === TOP_K_OFF) return off;
  let nearest = 0;
  for (let i = 1; i < off; i++) {
    if (Math.abs(TOP_K_STOPS[i] - top_k) < Math.abs(TOP_K_STOPS[nearest] - top_k)) nearest = i;
  }
  return nearest;
}

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

/** A seed as typed: a whole number from 0 to 2^32 - 1, or null for anything else. */
export function readSeed(text: string): number | null {
  const seed = Number(text);
  return text.trim() !== '' && Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED ? seed : null;
}
