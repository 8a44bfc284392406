import { readingWords } from '$lib/words/en/views/reading';
import type { ColorScale } from '../color';
import { exampleAround, formatNumber, formatProbability, largestPlace, type ReadingExample } from '../common';
import type { TreeNode } from './beams/tree';
import { lossValue, type LossMeasure, type ShownLoss } from './loss/measures';
import type { BarRow } from './steps/bars';

/** The token that surprised most. @param labels of the text's tokens */
export function lossExample(
  loss: ShownLoss | undefined,
  labels: readonly string[],
  measure: LossMeasure,
  scale: ColorScale | undefined
): ReadingExample | null {
  if (!loss || !scale) return null;
  const { logProbabilities } = loss;
  const { how, says } = readingWords.loss;
  const share = (entry: number) => formatProbability(Math.exp(logProbabilities[entry]));
  return exampleAround(
    logProbabilities.length,
    largestPlace(logProbabilities),
    (entry) => ({
      label: labels[entry + 1],
      value: share(entry),
      color: scale.color(lossValue(loss, entry + 1, measure))
    }),
    {
      how,
      says: (entry) =>
        says(labels[entry + 1], entry + 1, share(entry), formatNumber(-logProbabilities[entry]))
    }
  );
}

/** The model's best token, before and after the settings. */
export function stepExample(
  bars: readonly BarRow[] | undefined,
  label: (id: number) => string
): ReadingExample | null {
  if (!bars) return null;
  const { how, says } = readingWords.steps;
  const before = (i: number) => formatProbability(bars[i].before);
  const after = (i: number) => formatProbability(bars[i].after);
  return exampleAround(
    bars.length,
    bars.length > 0 ? 0 : null,
    (i) => ({ label: label(bars[i].id), value: `${before(i)} → ${after(i)}` }),
    { how, says: (i) => says(label(bars[i].id), before(i), after(i)) }
  );
}

/** The end of the best path. */
export function beamExample(
  nodes: readonly TreeNode[],
  best: number | null,
  label: (id: number) => string
): ReadingExample | null {
  const path = nodes.filter((node) => node.best).toSorted((a, b) => a.depth - b.depth);
  const { how, says } = readingWords.beams;
  const share = (i: number) => formatProbability(path[i].probability);
  return exampleAround(
    path.length,
    best === null ? null : path.length - 1,
    (i) => ({ label: label(path[i].id), value: share(i) }),
    { how, says: (i) => says(label(path[i].id), share(i), formatNumber(path[i].cumulative)) }
  );
}

/** Where the first column that differs leaves the first one. @param outputs labels of each column's tokens */
export function compareExample(
  outputs: readonly (readonly string[])[],
  differs: readonly (number | null)[]
): ReadingExample | null {
  const column = differs.findIndex((at, i) => at !== null && at < outputs[i].length);
  const at = differs[column] ?? null;
  if (at === null) return null;
  const labels = outputs[column];
  const { how, says } = readingWords.compare;
  return exampleAround(labels.length, at, (i) => ({ label: labels[i], value: String(i + 1) }), {
    how,
    says: (i) => says(column + 1, labels[i], i + 1)
  });
}
