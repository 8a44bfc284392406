import type { DecodingSettings, ProcessedScores, ProcessorStep } from '$lib/gpt2';
import { decodeWords as words } from '$lib/words';
import { formatProbability } from '../../common';
import type { ProcessorSlider } from './processor-rows';

/** What a processor did, in words. */
export function processorFact(
  slider: ProcessorSlider,
  settings: DecodingSettings,
  processed: ProcessedScores | undefined
): string {
  if (slider.sampling && !settings.do_sample && settings[slider.name] !== slider.off) {
    return words.notUsed;
  }
  const step = processed?.steps.find(({ name }) => name === slider.name);
  if (!step) return words.says[slider.name];
  if (step.removedCount === 0) return words.moved(formatProbability(movedMass(step)));
  return words.removed(step.removedCount, formatProbability(step.massCut), step.keptCount);
}

/** Probability that stands on other tokens than before: half the sum of all differences. */
export function movedMass({ before, after }: Pick<ProcessorStep, 'before' | 'after'>): number {
  let sum = 0;
  for (let id = 0; id < before.length; id++) sum += Math.abs(before[id] - after[id]);
  return sum / 2;
}

/** What all processors together leave: `40 of 50,257 tokens left`. */
export function keptSentence({ steps, scores }: Pick<ProcessedScores, 'steps' | 'scores'>): string {
  const left = scores.reduce((count, score) => count + (score > -Infinity ? 1 : 0), 0);
  const say = steps.length === 0 ? words.unchanged : words.renormalised;
  return say(left, scores.length);
}
