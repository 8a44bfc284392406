import type { DecodingSettings, ProcessedScores, ProcessorName, ProcessorStep } from '$lib/gpt2';
import { formatInteger, formatProbability } from '../../common';

/** A slider over values that need not be evenly spaced; `off` changes nothing. */
export interface ProcessorSlider {
  readonly name: ProcessorName;
  readonly label: string;
  readonly stops: readonly number[];
  readonly off: number;
  /** Runs only where tokens are drawn. */
  readonly sampling: boolean;
  /** What it does, in a few words. */
  readonly says: string;
}

const even = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(4)));

/** In the order they run. */
export const PROCESSOR_SLIDERS: readonly ProcessorSlider[] = [
  {
    name: 'repetition_penalty',
    label: 'repetition penalty',
    stops: [0.8, 0.9, 1, 1.05, 1.1, 1.2, 1.3, 1.5, 2, 3, 5, 10],
    off: 1,
    sampling: false,
    says: 'divides the logits of tokens already in the text'
  },
  {
    name: 'no_repeat_ngram_size',
    label: 'no-repeat n-gram',
    stops: [0, 1, 2, 3, 4, 5, 6],
    off: 0,
    sampling: false,
    says: 'removes what would repeat a run of n tokens'
  },
  {
    name: 'temperature',
    label: 'temperature',
    stops: even(0.05, 2, 0.05),
    off: 1,
    sampling: true,
    says: 'divides all logits'
  },
  {
    name: 'top_k',
    label: 'top-k',
    stops: [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 0],
    off: 0,
    sampling: true,
    says: 'keeps the k best'
  },
  {
    name: 'top_p',
    label: 'top-p',
    stops: even(0.05, 1, 0.05),
    off: 1,
    sampling: true,
    says: 'keeps the best that reach p together'
  },
  {
    name: 'min_p',
    label: 'min-p',
    stops: even(0, 0.5, 0.01),
    off: 0,
    sampling: true,
    says: 'keeps what has at least this share of the best one’s probability'
  },
  {
    name: 'typical_p',
    label: 'typical-p',
    stops: even(0.05, 1, 0.05),
    off: 1,
    sampling: true,
    says: 'keeps the tokens of about the expected surprise'
  }
];

/** What the next-token column has sliders for, too. */
const IN_EVERY_VIEW: readonly ProcessorName[] = ['temperature', 'top_k', 'top_p'];

/** The settings in use that only the decode view has: `min-p 0.05`. */
export function decodeOnlySettings(settings: DecodingSettings): string[] {
  return PROCESSOR_SLIDERS.filter(({ name }) => !IN_EVERY_VIEW.includes(name))
    .filter(({ name, off }) => settings[name] !== off)
    .map(({ name, label }) => `${label} ${settings[name]}`);
}

/** Place of the stop nearest to a value, which may come from a link and lie between two. */
export function nearestStop(stops: readonly number[], value: number, off: number): number {
  if (value === off) return stops.indexOf(off);
  let nearest = stops[0] === off ? 1 : 0;
  for (let i = 0; i < stops.length; i++) {
    const nearer = Math.abs(stops[i] - value) < Math.abs(stops[nearest] - value);
    if (stops[i] !== off && nearer) nearest = i;
  }
  return nearest;
}

/** A stop in words: what is used, where a link's value lies between two stops, rather than where the thumb stands. */
export function stopText({ stops, off }: ProcessorSlider, used: number, stop: number): string {
  const value = stop === nearestStop(stops, used, off) ? used : stops[stop];
  return value === off ? 'off' : String(value);
}

/** What a processor did, in words. */
export function processorFact(
  slider: ProcessorSlider,
  settings: DecodingSettings,
  processed: ProcessedScores | undefined
): string {
  if (slider.sampling && !settings.do_sample && settings[slider.name] !== slider.off) {
    return 'not used: the best token is taken, nothing is drawn';
  }
  const step = processed?.steps.find(({ name }) => name === slider.name);
  if (!step) return slider.says;
  if (step.removedCount === 0) return `removed nothing · moved ${formatProbability(movedMass(step))}`;
  const tokens = step.removedCount === 1 ? 'token' : 'tokens';
  const removed = `removed ${formatInteger(step.removedCount)} ${tokens} with ${formatProbability(step.massCut)}`;
  return `${removed} · ${formatInteger(step.keptCount)} left`;
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
  const of = `${formatInteger(left)} of ${formatInteger(scores.length)} tokens left`;
  if (steps.length === 0) return `${of}: the model’s own distribution, nothing is changed.`;
  return `${of}; their probabilities are renormalised to 100 %.`;
}
