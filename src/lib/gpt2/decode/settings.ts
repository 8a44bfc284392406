/** The choices that turn logits into a token, in Hugging Face's spelling, and what each may be. */
import { InputError, mustBe } from '../errors.ts';
import type { SamplingSettings } from '../numbers/sampling.ts';

/** What the processors need to know. Every default changes nothing. */
export interface DecodingSettings extends SamplingSettings {
  /** Draw the token (true), or take the best (false). As in Hugging Face, temperature and all cuts need true. */
  readonly do_sample: boolean;
  /** Keeps tokens whose probability is at least this share of the best one's; 0 keeps all. */
  readonly min_p: number;
  /** Keeps the tokens nearest to the expected surprise until they reach this probability; 1 keeps all. */
  readonly typical_p: number;
  /** Scores of tokens in the text so far are divided by it (multiplied where negative); 1 changes none. */
  readonly repetition_penalty: number;
  /** No run of so many tokens may occur twice; 0 allows all. */
  readonly no_repeat_ngram_size: number;
}

/** Greedy: nothing processed, the best token taken. Hugging Face's own default for top_k is 50; here it is off. */
export const DEFAULT_SETTINGS: DecodingSettings = {
  do_sample: false,
  temperature: 1,
  top_k: 0,
  top_p: 1,
  min_p: 0,
  typical_p: 1,
  repetition_penalty: 1,
  no_repeat_ngram_size: 0
};

/** What a number must satisfy, in words and as a test. */
interface Rule {
  readonly expected: string;
  readonly holds: (value: number) => boolean;
  readonly advice: string;
}

const COUNT: Rule = {
  expected: 'an integer from 0',
  holds: (value) => Number.isInteger(value) && value >= 0,
  advice: 'Use 0 to switch it off.'
};
/** Beyond these, a logit times or divided by a factor could leave float32 and become infinite. */
const [SMALLEST_FACTOR, LARGEST_FACTOR] = [1e-30, 1e30];
const FACTOR: Rule = {
  expected: `from ${SMALLEST_FACTOR} to ${LARGEST_FACTOR}`,
  holds: (value) => value >= SMALLEST_FACTOR && value <= LARGEST_FACTOR,
  advice: 'Use 1 to switch it off.'
};
const share = (off: number): Rule => ({
  expected: 'from 0 to 1',
  holds: (value) => value >= 0 && value <= 1,
  advice: `Use ${off} to switch it off.`
});

const RULES: Readonly<Record<Exclude<keyof DecodingSettings, 'do_sample'>, Rule>> = {
  temperature: {
    ...FACTOR,
    advice: 'Towards 0 all probability goes to the best token: set do_sample to false instead.'
  },
  top_k: COUNT,
  top_p: share(1),
  min_p: share(0),
  typical_p: { ...share(1), expected: 'above 0 and at most 1', holds: (value) => value > 0 && value <= 1 },
  repetition_penalty: FACTOR,
  no_repeat_ngram_size: COUNT
};

/** Throws: InputError that names the first setting out of range. */
export function checkSettings(where: string, settings: DecodingSettings): void {
  for (const [name, { expected, holds, advice }] of Object.entries(RULES)) {
    const value = settings[name as keyof typeof RULES];
    if (!holds(value)) throw new InputError(mustBe(`${where}: ${name}`, expected, value, advice));
  }
}
