import type { DecodingSettings, ProcessorName } from '$lib/gpt2';
import { processorWords as words } from '$lib/words';

/**
 * A slider over values that need not be evenly spaced; `off` changes nothing and stands at the left end, from where a
 * processor does more and more. The temperature, which is never off, runs from cold to hot.
 */
export interface ProcessorSlider {
  readonly name: ProcessorName;
  readonly stops: readonly number[];
  readonly off: number;
  /** Runs only where tokens are drawn. */
  readonly sampling: boolean;
}

const even = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(4)));

/** In the order they run. */
export const PROCESSOR_SLIDERS: readonly ProcessorSlider[] = [
  {
    name: 'repetition_penalty',
    stops: [1, 1.05, 1.1, 1.2, 1.3, 1.5, 2, 3, 5, 10],
    off: 1,
    sampling: false
  },
  {
    name: 'no_repeat_ngram_size',
    stops: [0, 6, 5, 4, 3, 2, 1],
    off: 0,
    sampling: false
  },
  {
    name: 'temperature',
    stops: even(0.05, 2, 0.05),
    off: 1,
    sampling: true
  },
  {
    name: 'top_k',
    stops: [0, 200, 150, 100, 80, 60, 50, 40, 30, 25, 20, 15, 12, 10, 8, 6, 5, 4, 3, 2, 1],
    off: 0,
    sampling: true
  },
  {
    name: 'top_p',
    stops: even(0.05, 1, 0.05).reverse(),
    off: 1,
    sampling: true
  },
  {
    name: 'min_p',
    stops: even(0, 0.5, 0.01),
    off: 0,
    sampling: true
  },
  {
    name: 'typical_p',
    stops: even(0.05, 1, 0.05).reverse(),
    off: 1,
    sampling: true
  }
];

/** What the next-token column has sliders for, too. */
const IN_EVERY_VIEW: readonly ProcessorName[] = ['temperature', 'top_k', 'top_p'];

/** The settings in use that only the decode view has: `min-p 0.05`. */
export function decodeOnlySettings(settings: DecodingSettings): string[] {
  return PROCESSOR_SLIDERS.filter(({ name }) => !IN_EVERY_VIEW.includes(name))
    .filter(({ name, off }) => settings[name] !== off)
    .map(({ name }) => words.setting(words.labels[name], settings[name]));
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
export function stopText({ name, stops, off }: ProcessorSlider, used: number, stop: number): string {
  const value = stop === nearestStop(stops, used, off) ? used : stops[stop];
  return value === off && name !== 'temperature' ? words.off : String(value);
}
