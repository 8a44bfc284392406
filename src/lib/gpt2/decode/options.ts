import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { seededRandom } from '../numbers/random.ts';
import { checkSettings, DEFAULT_SETTINGS } from './settings.ts';
import type { CheckedOptions, GenerateOptions } from './types.ts';

const DEFAULT_NEW_TOKENS = 20; // Hugging Face's, too
const DEFAULT_TOP = 10;

/**
 * Fills in what was left out and checks the rest.
 *
 * @param longest tokens of the longest prompt
 * Throws: InputError that names the first option that is wrong, and what it may be.
 */
export function checkOptions(
  { config }: Pick<Gpt2Transformer, 'config'>,
  longest: number,
  options: GenerateOptions
): CheckedOptions {
  const checked: CheckedOptions = {
    ...DEFAULT_SETTINGS,
    max_new_tokens: DEFAULT_NEW_TOKENS,
    seed: 0,
    num_beams: 1,
    length_penalty: 1,
    early_stopping: false,
    num_return_sequences: 1,
    use_cache: true,
    edits: [],
    sources: {},
    top: DEFAULT_TOP,
    output_hidden_states: false,
    output_attentions: false,
    ...withoutUndefined(options),
    eos_token_id: endIds(options.eos_token_id, config.eos_token_id),
    stop_strings: stopStrings(options.stop_strings),
    signal: options.signal
  };
  checkSettings('generate', checked);
  checkCounts(checked, longest, config);
  checkBeams(checked);
  seededRandom(checked.seed); // throws what is wrong with it
  return checked;
}

function withoutUndefined(options: GenerateOptions): GenerateOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function endIds(given: GenerateOptions['eos_token_id'], own: readonly number[]): readonly number[] {
  if (given === undefined) return own;
  const ids = given === null ? [] : typeof given === 'number' ? [given] : given;
  const wrong = ids.find((id) => !Number.isInteger(id) || id < 0);
  if (wrong === undefined) return ids;
  const advice = 'Use null to end at none.';
  throw badSetting('eos_token_id', ['an id or a list of ids', wrong], advice);
}

function stopStrings(given: GenerateOptions['stop_strings']): readonly string[] {
  const strings = given === undefined ? [] : typeof given === 'string' ? [given] : given;
  if (!strings.includes('')) return strings;
  const expected = 'texts of at least 1 letter';
  throw badSetting('stop_strings', [expected, '""'], 'Leave it out to stop at none.');
}

function checkCounts(
  options: CheckedOptions,
  longest: number,
  { n_ctx, vocab_size }: Gpt2Transformer['config']
): void {
  const { max_new_tokens, num_return_sequences, num_beams, top } = options;
  const room = n_ctx - longest;
  if (room < 1) {
    const advice = `Shorten it: the model has room for ${n_ctx} tokens, new ones included.`;
    throw new InputError(mustBe('generate: prompt', `at most ${n_ctx - 1} tokens`, longest, advice), {
      code: 'promptRoom',
      values: [n_ctx, longest]
    });
  }
  const advice = `The model has room for ${n_ctx} tokens, and the prompt has ${longest}.`;
  expectInteger('max_new_tokens', max_new_tokens, 1, room, advice);
  expectInteger('top', top, 0, vocab_size, "Stay within the model's vocabulary.");
  expectInteger(
    'num_beams',
    num_beams,
    1,
    Math.max(1, Math.floor(vocab_size / 2)),
    'Use 1 for no beam search.'
  );
  expectInteger('num_return_sequences', num_return_sequences, 1, Infinity, 'Use 1 for one.');
}

function checkBeams(options: CheckedOptions): void {
  const { num_beams, num_return_sequences, do_sample, early_stopping, length_penalty } = options;
  if (num_beams > 1 && num_return_sequences > num_beams) {
    const advice = 'Beam search finishes num_beams sequences.';
    const expected = `at most num_beams = ${num_beams}`;
    throw new InputError(mustBe('generate: num_return_sequences', expected, num_return_sequences, advice), {
      code: 'sequencesOfBeams',
      values: [num_beams]
    });
  }
  if (num_beams === 1 && num_return_sequences > 1 && !do_sample) {
    const advice = 'The best token is always the same: set do_sample or num_beams.';
    throw new InputError(mustBe('generate: num_return_sequences', '1', num_return_sequences, advice), {
      code: 'sameSequences',
      values: []
    });
  }
  if (early_stopping !== true && early_stopping !== false && early_stopping !== 'never') {
    const advice = 'See GenerateOptions.';
    throw badSetting('early_stopping', ["true, false or 'never'", early_stopping], advice);
  }
  if (Number.isFinite(length_penalty)) return;
  const advice = 'Use 1 for the mean log-probability, 0 for the sum.';
  throw badSetting('length_penalty', ['a finite number', length_penalty], advice);
}

function badSetting(
  name: string,
  [expected, actual]: readonly [expected: string, actual: unknown],
  advice: string
): InputError {
  return new InputError(mustBe(`generate: ${name}`, expected, actual, advice), {
    code: 'setting',
    values: [name, actual]
  });
}

function expectInteger(name: string, value: number, first: number, last: number, advice: string): void {
  if (Number.isInteger(value) && value >= first && value <= last) return;
  const expected = last === Infinity ? `an integer from ${first}` : `an integer from ${first} to ${last}`;
  throw new InputError(mustBe(`generate: ${name}`, expected, value, advice), {
    code: 'range',
    values: [name, first, last === Infinity ? null : last, value]
  });
}
