import type { DecodingSettings, GeneratedSequence, Token } from '$lib/gpt2';
import { compareWords as words, processorWords } from '$lib/words';
import { PROCESSOR_SLIDERS } from '../steps/processor-rows';

/** One column of the comparison: how the same prompt continues under these settings. */
export interface ColumnSettings extends DecodingSettings {
  /** 1: no beam search. */
  readonly num_beams: number;
  readonly seed: number;
}

/** What one column has made so far. */
export interface ColumnOutput {
  readonly status: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly tokens: readonly Token[];
  readonly milliseconds: number;
  readonly problem: string | null;
  /** Set at the end. */
  readonly sequence: Pick<GeneratedSequence, 'logProbability' | 'stopped'> | null;
}

/** How a column decodes, in a few words: `3 beams`, `drawn, temperature 0.7, top-p 0.9`. */
export function columnName(settings: ColumnSettings): string {
  const how =
    settings.num_beams > 1
      ? words.byBeams(settings.num_beams)
      : settings.do_sample
        ? words.drawn
        : words.best;
  const drawn = settings.num_beams > 1 && settings.do_sample ? [words.drawn] : [];
  const changed = PROCESSOR_SLIDERS.filter(
    ({ name, off, sampling }) => settings[name] !== off && (settings.do_sample || !sampling)
  ).map(({ name }) => processorWords.setting(processorWords.labels[name], settings[name]));
  return words.name([how, ...drawn, ...changed]);
}

/** Number of tokens, from the first, that two texts share. */
export function sharedLength(one: readonly Token[], other: readonly Token[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length].id === other[length].id) length++;
  return length;
}
