import type { TextLoss } from '$lib/gpt2';
import { lossWords as words } from '$lib/words';
import { logScale, sequentialScale, type ColorScale, type Theme } from '../../color';
import { formatNumber, formatProbability } from '../../common';

export const LOSS_MEASURES = ['surprise', 'log_probability', 'rank'] as const;
export type LossMeasure = (typeof LOSS_MEASURES)[number];

/** What the text needs of the loss: entry i is about token i + 1. */
export type ShownLoss = Pick<
  TextLoss,
  'logProbabilities' | 'ranks' | 'entropies' | 'top' | 'topIds' | 'topProbabilities' | 'mean' | 'perplexity'
>;

const LEAST_EXTENT = 1; // so that a text without surprise does not look surprising
const SURE = 0; // ln 1

/** Bits that a token of this log-probability (nats) tells: 1 halves the possibilities. */
export function bits(logProbability: number): number {
  return -logProbability / Math.LN2;
}

/** What colours token `position`, which is at least 1. */
export function lossValue(loss: ShownLoss, position: number, measure: LossMeasure): number {
  const entry = position - 1;
  if (measure === 'rank') return loss.ranks[entry];
  return measure === 'surprise' ? bits(loss.logProbabilities[entry]) : loss.logProbabilities[entry];
}

/** One scale for the whole text, as far as its values reach; in every measure a strong colour is unexpected. */
export function lossScale(
  theme: Theme,
  loss: ShownLoss,
  measure: LossMeasure,
  vocab_size: number
): ColorScale {
  if (measure === 'rank') {
    return logScale(theme, [1, vocab_size], words.scales.rank, 'stream', 'greatest');
  }
  const least = loss.logProbabilities.reduce((low, value) => Math.min(low, value), -LEAST_EXTENT);
  if (measure === 'surprise') {
    return sequentialScale(theme, [0, Math.ceil(bits(least))], words.scales.surprise, 'stream');
  }
  return sequentialScale(theme, [SURE, Math.floor(least)], words.scales.log_probability, 'stream');
}

/** A token's numbers in words. */
export function lossSentence(loss: ShownLoss, position: number, name: string): string {
  const entry = position - 1;
  const logProbability = loss.logProbabilities[entry];
  return words.sentence(
    name,
    formatProbability(Math.exp(logProbability)),
    loss.ranks[entry],
    formatNumber(bits(logProbability)),
    formatNumber(logProbability)
  );
}
