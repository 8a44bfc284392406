import type { SamplingSettings } from '$lib/gpt2';
import { nextTokenWords as words } from '$lib/words';
import { formatProbability } from '../common';
import { cuts, cutNames } from './settings';

/** How much of the distribution is on screen: `12 of 50,257 tokens shown · 57.2 % of the probability`. */
export function shownSentence(shown: number, vocab_size: number, mass: number): string {
  return words.shown(shown, vocab_size, formatProbability(mass));
}

/** What top-k and top-p took out, over the whole vocabulary; null if neither is on. */
export function cutSentence(
  settings: SamplingSettings,
  keptCount: number,
  vocab_size: number,
  massCut: number
): string | null {
  const count = cuts(settings).length;
  if (count === 0) return null;
  return words.cutBy(cutNames(settings), count, keptCount, vocab_size, formatProbability(massCut));
}

/** What the temperature does to the bars; null at 1. */
export function temperatureSentence(temperature: number): string | null {
  if (temperature === 1) return null;
  return temperature < 1 ? words.cold(temperature) : words.hot(temperature);
}

/** How a draw is made, so that it can be repeated. */
export function drawSentence(seed: number, tokenCount: number): string {
  return words.howDrawn(seed, tokenCount);
}

/** What the prompt itself says next at a position that is not its last. */
export function followedSentence(label: string, rank: number, probability: number): string {
  return words.follows(label, rank, formatProbability(probability));
}

/** A row in words, for its button and the details. */
export function rowSentence(
  label: string,
  {
    rank,
    logit,
    before,
    after,
    kept
  }: { rank: number; logit: string; before: number; after: number; kept: boolean },
  changed: boolean
): string {
  if (!changed) return words.row(label, rank, logit, formatProbability(before));
  const now = kept ? formatProbability(after) : words.cut;
  return words.changedRow(label, rank, logit, formatProbability(before), now);
}
