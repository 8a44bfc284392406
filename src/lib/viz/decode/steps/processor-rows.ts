import { PROCESSORS, type DecodingSettings, type ProcessorName } from '$lib/gpt2';
import { processorWords as words } from '$lib/words';
import { nearestStop } from '../../common/nearest-stop';

/** A processor's slider. */
export interface ProcessorSlider {
  readonly name: ProcessorName;
  /** Need not be evenly spaced. */
  readonly stops: readonly number[];
  readonly off: number;
  /** Runs only where tokens are drawn. */
  readonly sampling: boolean;
}

/** In the order they run. */
export const PROCESSOR_SLIDERS: readonly ProcessorSlider[] = PROCESSORS.map(
  ({ name, off, sampling, offered: { stops } }) => ({ name, off, sampling, stops })
);

/** What the next-token column has sliders for, too. */
const IN_EVERY_VIEW: readonly ProcessorName[] = ['temperature', 'top_k', 'top_p'];

/** The settings in use that only the decode view has: `min-p 0.05`. */
export function decodeOnlySettings(settings: DecodingSettings): string[] {
  return PROCESSOR_SLIDERS.filter(({ name }) => !IN_EVERY_VIEW.includes(name))
    .filter(({ name, off }) => settings[name] !== off)
    .map(({ name }) => words.setting(words.labels[name], settings[name]));
}

/** A stop in words: what is used, where a link's value lies between two stops, rather than where the thumb stands. */
export function stopText({ name, stops, off }: ProcessorSlider, used: number, stop: number): string {
  const value = stop === nearestStop(stops, used, off) ? used : stops[stop];
  return value === off && name !== 'temperature' ? words.off : String(value);
}
