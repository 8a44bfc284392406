/**
 * From the scores of a position to those the next token is taken from, one processor after another, over the whole
 * vocabulary and without tensors.
 */
import { InputError, mustBe } from '../errors.ts';
import { softmax } from '../numbers/softmax.ts';
import { checkSettings, DEFAULT_SETTINGS, type DecodingSettings } from './settings.ts';
import { PROCESSORS, type Processor, type ProcessorName } from './table.ts';

export { byProcessor, PROCESSOR_NAMES, PROCESSORS, SAMPLING_NAMES, type ProcessorName } from './table.ts';

/** One processor's work. Arrays are over the vocabulary and belong to the reader. */
export interface ProcessorStep {
  readonly name: ProcessorName;
  /** The setting it worked with. */
  readonly value: number;
  /** softmax of the scores it was given. */
  readonly before: Float64Array;
  /** softmax of its own scores: 0 where removed. */
  readonly after: Float64Array;
  /** -Infinity where removed, nats. */
  readonly scores: Float64Array;
  /** Tokens with a score above -Infinity afterwards. */
  readonly keptCount: number;
  readonly removedCount: number;
  /** Probability, in `before`, of the tokens it removed. */
  readonly massCut: number;
}

export interface ProcessedScores {
  /** softmax of the scores that came in. [vocab_size] */
  readonly before: Float64Array;
  /** One for each processor that is on, in the order they ran. */
  readonly steps: readonly ProcessorStep[];
  /** After all processors. [vocab_size], nats */
  readonly scores: Float64Array;
  /** softmax of `scores`: what the token is drawn from. [vocab_size] */
  readonly probabilities: Float64Array;
}

export interface ProcessOptions {
  /** Tokens that no cut removes; Hugging Face keeps more than 1 where beams are drawn. */
  readonly minKept?: number;
}

/**
 * Runs every processor that is on over the scores of one position.
 *
 * Shapes: scores [vocab_size]; ids are the text so far, without padding. A setting left out changes nothing.
 * Units:  scores in nats: logits, or log-probabilities in beam search; -Infinity has probability 0 and stays removed.
 * Throws: InputError on a setting out of range, scores that softmax refuses, or if no token is left.
 */
export function processScores(
  scores: ArrayLike<number>,
  ids: readonly number[],
  given: Partial<DecodingSettings>,
  { minKept = 1 }: ProcessOptions = {}
): ProcessedScores {
  const settings = { ...DEFAULT_SETTINGS, ...given };
  checkSettings('processScores', settings);
  const before = softmax(scores);
  const steps: ProcessorStep[] = [];
  let current: Float64Array = new Float64Array(scores); // `from` takes ten times as long
  let probabilities = before;
  for (const { name, off, sampling, apply } of PROCESSORS as readonly Processor[]) {
    const value = settings[name];
    if (value === off || (sampling && !settings.do_sample)) continue;
    const next = apply({ scores: current, probabilities, ids, minKept }, value);
    const after = distribution(next, name, value);
    steps.push({
      name: name as ProcessorName,
      value,
      before: probabilities,
      after,
      scores: next,
      ...compare(current, next, probabilities)
    });
    [current, probabilities] = [next, after];
  }
  return { before, steps, scores: current, probabilities };
}

/** softmax, with an error that names the processor if it left nothing. */
function distribution(scores: Float64Array, name: string, value: number): Float64Array {
  if (scores.some((score) => score > -Infinity)) return softmax(scores);
  const advice = 'It removed every token there was: loosen it.';
  throw new InputError(mustBe(`processScores: ${name}`, 'such that a token is left', value, advice), {
    code: 'noTokenLeft',
    values: [name, value]
  });
}

function compare(
  before: Float64Array,
  after: Float64Array,
  probabilities: Float64Array
): Pick<ProcessorStep, 'keptCount' | 'removedCount' | 'massCut'> {
  let [keptCount, removedCount, massCut] = [0, 0, 0];
  for (let id = 0; id < after.length; id++) {
    if (after[id] > -Infinity) keptCount++;
    else if (before[id] > -Infinity) {
      removedCount++;
      massCut += probabilities[id];
    }
  }
  return { keptCount, removedCount, massCut };
}
