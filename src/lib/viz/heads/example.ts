import type { CompositionReport, HeadScoreName } from '$lib/gpt2';
import { headsWords } from '$lib/words/en/views/heads';
import { readingWords } from '$lib/words/en/views/reading';
import type { ColorScale } from '../color';
import { exampleAround, formatFixed, formatWeight, largestPlace, type ReadingExample } from '../common';
import { headName } from '../common/head-grid';
import { byScore, type HeadRow } from './head-rows';

/** The head with the largest score, and those after it. */
export function headsExample(
  rows: readonly HeadRow[],
  score: HeadScoreName,
  data: string,
  scale: ColorScale
): ReadingExample | null {
  const ranked = byScore(rows, score).filter(({ values }) => Number.isFinite(values[score]));
  const value = (i: number) => ranked[i].values[score];
  const { how, says } = readingWords.heads;
  return exampleAround(
    ranked.length,
    ranked.length > 0 ? 0 : null,
    (i) => ({ label: ranked[i].name, value: formatFixed(value(i), 2), color: scale.color(value(i)) }),
    { how, says: (i) => says(ranked[i].name, headsWords.scores[score], formatFixed(value(i), 2), data) }
  );
}

/** The distance at which a head reads most. Shapes: distances, mean weight by distance. */
export function distanceExample(distances: ArrayLike<number> | undefined): ReadingExample | null {
  if (!distances) return null;
  const { how, says } = readingWords.head;
  return exampleAround(
    distances.length,
    largestPlace(distances),
    (distance) => ({ label: String(distance), value: formatWeight(distances[distance]) }),
    { how, says: (distance) => says(distance, formatWeight(distances[distance])) }
  );
}

/** The pair of heads with the largest score. */
export function pairExample(
  order: CompositionReport['pairs'],
  input: 'q' | 'k' | 'v'
): ReadingExample | null {
  const { how, says } = readingWords.composition;
  return exampleAround(
    order.length,
    order.length > 0 ? 0 : null,
    (i) => ({
      label: `${headName(order[i].from)} → ${headName(order[i].to)}`,
      value: formatFixed(order[i][input], 3)
    }),
    {
      how,
      says: (i) => says(headName(order[i].from), headName(order[i].to), formatFixed(order[i][input], 3))
    }
  );
}
