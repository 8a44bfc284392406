import { readingWords } from '$lib/words/en/views/reading';
import { exampleAround, formatNumber, largestPlace, type ReadingExample } from '../common';
import type { NormSteps } from './steps';

/** The component that comes in largest, through the three steps. */
export function normExample(steps: NormSteps | null): ReadingExample | null {
  if (!steps) return null;
  const { x, centred, weighted, shifted } = steps;
  const { how, says } = readingWords.layernorm;
  return exampleAround(
    x.length,
    largestPlace(x),
    (i) => ({ label: String(i), value: `${formatNumber(x[i])} → ${formatNumber(shifted[i])}` }),
    {
      how,
      says: (i) => {
        const [before, scaled, times, after] = [x[i], centred[i], weighted[i], shifted[i]].map(formatNumber);
        return says(i, before, scaled, times, after);
      }
    }
  );
}
