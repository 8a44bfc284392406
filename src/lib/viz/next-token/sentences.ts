import type { SamplingSettings } from '$lib/gpt2';
import { formatInteger, formatProbability } from '../common';
import { cutNames } from './settings';

/** How much of the distribution is on screen: `12 of 50,257 tokens shown · 57.2 % of the probability`. */
export function shownSentence(shown: number, vocab_size: number, mass: number): string {
  const of = `${formatInteger(shown)} of ${formatInteger(vocab_size)} tokens shown`;
  return `${of} · ${formatProbability(mass)} of the probability`;
}

/** What top-k and top-p took out, over the whole vocabulary; null if neither is on. */
export function cutSentence(
  settings: SamplingSettings,
  keptCount: number,
  vocab_size: number,
  massCut: number
): string | null {
  const names = cutNames(settings);
  if (names === '') return null;
  const keep = names.includes(' and ') ? 'keep' : 'keeps';
  const kept = `${formatInteger(keptCount)} of ${formatInteger(vocab_size)} tokens`;
  const cut = `${formatProbability(massCut)} of the probability was cut`;
  return `${names} ${keep} ${kept}; ${cut}, the rest is renormalised to 100 %.`;
}

/** What the temperature does to the bars; null at 1. */
export function temperatureSentence(temperature: number): string | null {
  if (temperature === 1) return null;
  const effect = temperature < 1 ? 'the best tokens gain' : 'the unlikely tokens gain';
  return `Logits are divided by ${temperature}: ${effect}.`;
}

/** How a draw is made, so that it can be repeated. */
export function drawSentence(seed: number, tokenCount: number): string {
  const length = `${formatInteger(tokenCount)} ${tokenCount === 1 ? 'token' : 'tokens'}`;
  return `Draw makes one random number from seed ${seed} and the prompt's length (${length}): the same seed and prompt give the same token.`;
}

/** What the prompt itself says next at a position that is not its last. */
export function followedSentence(label: string, rank: number, probability: number): string {
  return `In the prompt ${label} follows: rank ${formatInteger(rank)}, ${formatProbability(probability)}.`;
}

/** A row in words, for its button and the details. */
export function rowSentence(
  label: string,
  row: { rank: number; logit: string; before: number; after: number; kept: boolean },
  changed: boolean
): string {
  const place = `${label}, rank ${row.rank}, logit ${row.logit}`;
  if (!changed) return `${place}, ${formatProbability(row.before)}`;
  const now = row.kept ? formatProbability(row.after) : 'cut';
  return `${place}, ${formatProbability(row.before)} in the model, ${now} with these settings`;
}
