/** The choices that turn logits into a token, in Hugging Face's spelling; the table of processors says what each may be. */
import { InputError, mustBe } from '../errors.ts';
import { byProcessor, PROCESSORS, type DecodingSettings, type Processor } from './table.ts';

export type { DecodingSettings } from './table.ts';

/** Greedy: nothing processed, the best token taken. Hugging Face's own default for top_k is 50; here it is off. */
export const DEFAULT_SETTINGS: DecodingSettings = {
  do_sample: false,
  ...byProcessor(({ off }) => off)
};

/** The settings alone, of something that has more. */
export function pickSettings(from: DecodingSettings): DecodingSettings {
  return { do_sample: from.do_sample, ...byProcessor(({ name }) => from[name]) };
}

/** Throws: InputError that names the first setting out of range. */
export function checkSettings(where: string, settings: DecodingSettings): void {
  for (const { name, rule } of PROCESSORS as readonly Processor[]) {
    const { expected, holds, advice } = rule;
    if (!holds(settings[name]))
      throw new InputError(mustBe(`${where}: ${name}`, expected, settings[name], advice), {
        code: 'setting',
        values: [name, settings[name]]
      });
  }
}
