import { readingWords } from '$lib/words/en/views/reading';
import { exampleAround, formatNumber, type ReadingExample } from '../common';
import type { Neuron } from './neurons';

/** The first of the neurons that are listed, the largest output first. */
export function neuronExample(listed: readonly Neuron[]): ReadingExample | null {
  const { how, says } = readingWords.mlp;
  return exampleAround(
    listed.length,
    listed.length > 0 ? 0 : null,
    (i) => ({ label: String(listed[i].index), value: formatNumber(listed[i].post) }),
    { how, says: (i) => says(listed[i].index, formatNumber(listed[i].pre), formatNumber(listed[i].post)) }
  );
}
