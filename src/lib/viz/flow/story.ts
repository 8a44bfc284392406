import type { FlowRow } from './types';
import { chooseLinks } from './links';

/** Blocks in a row that read most from the same token. */
export interface Reading {
  readonly first: number;
  readonly last: number;
  /** Position of the source that they read from; the one of the largest share among equal tokens. */
  readonly source: number;
  /** Shares of those blocks together: what makes one reading more worth telling than another. */
  readonly weight: number;
}

/** What the sentence above the picture says, before it is words. */
export interface FlowStory {
  /** At most two readings, in the order of the blocks. */
  readonly readings: readonly Reading[];
  /** First depth from which the best next token is that of the end; null where it is so only at the end. */
  readonly settled: number | null;
  /** Id and probability of the best next token at the end. */
  readonly token: number;
  readonly probability: number;
}

const MOST_READINGS = 2;

/**
 * What happens on one row: from where its blocks read most, and from which block on its best next token stays.
 *
 * @param ids of the prompt: sources of one token are told as one
 * @param threshold links of a smaller share are not told, as they are not drawn
 */
export function flowStory(row: FlowRow, ids: readonly number[], threshold: number): FlowStory {
  const { lensIds, lensProbabilities } = row;
  const last = lensIds.length - 1;
  let settled = last;
  while (settled > 0 && lensIds[settled - 1] === lensIds[last]) settled -= 1;
  return {
    readings: strongestReadings(row, ids, threshold),
    settled: settled === last ? null : settled,
    token: lensIds[last],
    probability: lensProbabilities[last]
  };
}

function strongestReadings(row: FlowRow, ids: readonly number[], threshold: number): Reading[] {
  const { drawn } = chooseLinks(row, threshold);
  const readings: Reading[] = [];
  for (let layer = 0; layer < row.own.length; layer++) {
    const here = drawn.filter((link) => link.layer === layer);
    if (here.length === 0) continue;
    const best = here.reduce((most, link) => (link.share > most.share ? link : most));
    const before = readings.at(-1);
    if (before && before.last === layer - 1 && ids[before.source] === ids[best.source]) {
      readings[readings.length - 1] = { ...before, last: layer, weight: before.weight + best.share };
    } else {
      readings.push({ first: layer, last: layer, source: best.source, weight: best.share });
    }
  }
  return [...readings]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_READINGS)
    .sort((a, b) => a.first - b.first);
}
