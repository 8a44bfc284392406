import { lensWords as words } from '$lib/words';
import { growthScale, logScale, probabilityScale, sequentialScale } from '../color';
import type { ColorScale, Theme } from '../color';
import { formatNumber, formatProbability, formatFixed } from '../common';
import { nextRankAt, rankAt, topId } from './rows';
import type { LensMeasure, LensRow } from './types';

/** In the order of the switch above the table. */
export const MEASURES: readonly LensMeasure[] = [
  'probability',
  'rank',
  'entropy',
  'kl',
  'nextRank',
  'crossEntropy'
];

/** The value that colours a cell; undefined where it is not known yet, NaN where the model gave NaN. */
export function cellValue(
  row: LensRow | undefined,
  position: number,
  measure: LensMeasure
): number | undefined {
  if (row === undefined || topId(row, position) === null) return undefined;
  if (measure === 'probability') return row.topProbabilities[position * row.top];
  if (measure === 'rank') return rankAt(row, position);
  if (measure === 'nextRank') return nextRankAt(row, position);
  if (measure === 'crossEntropy' && nextRankAt(row, position) === undefined) return undefined;
  return row[measure][position];
}

/** Greatest finite value of a measure over the rows that are there; 0 if there is none. */
export function measureMaximum(
  rows: readonly (LensRow | undefined)[],
  measure: 'kl' | 'crossEntropy'
): number {
  let most = 0;
  for (const row of rows) {
    for (const value of row?.[measure] ?? []) if (Number.isFinite(value) && value > most) most = value;
  }
  return most;
}

/**
 * Colours of a measure with their legend.
 *
 * Units: probability 0..1 (√ scale); ranks from 1, log scale, strongest at 1; entropy in nats from 0 to
 *        ln vocab_size; kl and crossEntropy in nats from 0 to their greatest value in the table, on ln(1 + x): they reach 70
 *        where 1 matters.
 */
export function measureScale(
  theme: Theme,
  measure: LensMeasure,
  vocab_size: number,
  rows: readonly (LensRow | undefined)[]
): ColorScale {
  if (measure === 'probability') return probabilityScale(theme, 'prob');
  if (measure === 'rank' || measure === 'nextRank')
    return everySecondTick(logScale(theme, [1, vocab_size], words.rankUnit, 'prob'));
  if (measure === 'entropy') return sequentialScale(theme, [0, Math.log(vocab_size)], 'nats', 'prob');
  const unit = measure === 'kl' ? words.klUnit : words.crossEntropyUnit;
  return growthScale(theme, measureMaximum(rows, measure) || 1, unit);
}

/** Every power of ten is too much for a legend that goes to 10,000. */
function everySecondTick(scale: ColorScale): ColorScale {
  return { ...scale, legend: { ...scale.legend, ticks: scale.legend.ticks.filter((_, i) => i % 2 === 0) } };
}

/** A cell's value in words: `rank 12`, `entropy 3.1 nats`; empty where it is not known. */
export function measureText(value: number | undefined, measure: LensMeasure): string {
  if (value === undefined) return '';
  if (measure === 'probability') return formatProbability(value);
  if (measure === 'rank') return words.rank(value);
  if (measure === 'nextRank') return words.nextRank(value);
  return words[measure](formatNumber(value));
}

/** What the colours show, in one sentence. */
export function measureSentence(measure: LensMeasure, vocab_size: number, followed: string | null): string {
  if (measure === 'probability') return words.showsProbability;
  if (measure === 'kl') return words.showsKl;
  if (measure === 'nextRank') return words.showsNextRank(vocab_size);
  if (measure === 'crossEntropy') return words.showsCrossEntropy;
  if (measure === 'entropy') return words.showsEntropy(vocab_size, formatFixed(Math.log(vocab_size), 2));
  return followed === null ? words.showsNoRank : words.showsRank(followed, vocab_size);
}
