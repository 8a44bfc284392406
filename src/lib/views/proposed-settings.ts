import { byProcessor, type GenerationConfig } from '$lib/gpt2';
import { BEAMS_RANGE, LENGTH_PENALTY_RANGE, NEW_TOKENS_RANGE, type Range } from './setting-ranges';
import type { ViewState } from '$lib/state';

const RANGES = {
  ...byProcessor(({ offered }): Range => offered),
  num_beams: BEAMS_RANGE,
  length_penalty: LENGTH_PENALTY_RANGE,
  max_new_tokens: NEW_TOKENS_RANGE
} satisfies Partial<Record<keyof GenerationConfig & keyof ViewState, Range>>;

type Name = keyof typeof RANGES;

/** What a model's authors propose for generating, as far as the page has it. */
export interface Proposal {
  /** By the file's names. */
  readonly change: Readonly<Partial<Pick<ViewState, Name | 'do_sample'>>>;
  /** Proposed, but out of the range that the page offers; with the value. */
  readonly outside: readonly (readonly [name: string, value: number])[];
  /** The view has all of `change` already. */
  readonly inUse: boolean;
}

/**
 * The settings of a model's generation_config.json beside those of the view; null where it proposes nothing. Hugging Face
 * applies them unasked; here the reader chooses.
 */
export function proposedSettings(
  config: GenerationConfig | null | undefined,
  view: Readonly<ViewState>
): Proposal | null {
  const { do_sample, ...numbers } = config ?? {};
  const named = Object.entries(numbers).filter(
    ([name]) => !(name === 'num_beams' && numbers.num_beams === 1)
  );
  const fits = ([name, value]: [string, number]) =>
    value >= RANGES[name as Name].min && value <= RANGES[name as Name].max;
  const change: Proposal['change'] = {
    ...Object.fromEntries(named.filter(fits)),
    ...(do_sample === undefined ? {} : { do_sample })
  };
  const outside = named.filter((one) => !fits(one));
  if (Object.keys(change).length === 0 && outside.length === 0) return null;
  const inUse = Object.entries(change).every(([name, value]) => view[name as keyof typeof change] === value);
  return { change, outside, inUse };
}
