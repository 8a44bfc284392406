/**
 * From the scores of a position to those the next token is taken from, one processor after another, over the whole
 * vocabulary and without tensors.
 *
 * Order and meaning are Hugging Face's: repetition penalty, no-repeat n-gram; then, only where tokens are drawn,
 * temperature, top-k, top-p, min-p, typical.
 *
 * Source: Hugging Face transformers 5, generation/utils.py, _get_logits_processor; generation/logits_process.py.
 */
import { InputError, mustBe } from '../errors.ts';
import { cutTopK, cutTopP } from '../numbers/sampling.ts';
import { softmax } from '../numbers/softmax.ts';
import { banRepeatedNgrams } from './no-repeat-ngram.ts';
import { cutMinP } from './min-p.ts';
import { penaliseRepetition } from './repetition-penalty.ts';
import { checkSettings, type DecodingSettings } from './settings.ts';
import { cutAtypical } from './typical.ts';

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

/** What a processor sees. */
interface Position {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
  /** The text so far. */
  readonly ids: readonly number[];
  readonly minKept: number;
}

interface Processor {
  readonly name: Exclude<keyof DecodingSettings, 'do_sample'>;
  /** The value that changes nothing. */
  readonly off: number;
  /** True if it runs only where tokens are drawn. */
  readonly sampling: boolean;
  /** New scores; the old ones are left alone. */
  readonly apply: (position: Position, value: number) => Float64Array;
}

const PROCESSORS = [
  {
    name: 'repetition_penalty',
    off: 1,
    sampling: false,
    apply: ({ scores, ids }, penalty) => penaliseRepetition(scores, ids, penalty)
  },
  {
    name: 'no_repeat_ngram_size',
    off: 0,
    sampling: false,
    apply: ({ scores, ids }, size) => banRepeatedNgrams(scores, ids, size)
  },
  {
    name: 'temperature',
    off: 1,
    sampling: true,
    apply: ({ scores }, temperature) => scores.map((score) => score / temperature)
  },
  {
    name: 'top_k',
    off: 0,
    sampling: true,
    apply: cut(({ scores, minKept }, top_k, kept) => cutTopK(scores, Math.max(top_k, minKept), kept))
  },
  {
    name: 'top_p',
    off: 1,
    sampling: true,
    apply: cut(({ scores, probabilities, minKept }, top_p, kept) =>
      cutTopP(scores, probabilities, top_p, kept, minKept)
    )
  },
  {
    name: 'min_p',
    off: 0,
    sampling: true,
    apply: cut(({ probabilities, minKept }, min_p, kept) => cutMinP(probabilities, min_p, kept, minKept))
  },
  {
    name: 'typical_p',
    off: 1,
    sampling: true,
    apply: cut(({ probabilities, minKept }, mass, kept) => cutAtypical(probabilities, mass, kept, minKept))
  }
] as const satisfies readonly Processor[];

export type ProcessorName = (typeof PROCESSORS)[number]['name'];

/** Names of the processors, in the order they run. */
export const PROCESSOR_NAMES: readonly ProcessorName[] = PROCESSORS.map(({ name }) => name);

/**
 * Runs every processor that is on over the scores of one position.
 *
 * Shapes: scores [vocab_size]; ids are the text so far, without padding.
 * Units:  scores in nats: logits, or log-probabilities in beam search; -Infinity has probability 0 and stays removed.
 * Throws: InputError on a setting out of range, scores that softmax refuses, or if no token is left.
 */
export function processScores(
  scores: ArrayLike<number>,
  ids: readonly number[],
  settings: DecodingSettings,
  { minKept = 1 }: ProcessOptions = {}
): ProcessedScores {
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
  throw new InputError(mustBe(`processScores: ${name}`, 'such that a token is left', value, advice));
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

/** Makes a processor of a function that clears the marks of the tokens it cuts. */
function cut(
  clear: (position: Position, value: number, kept: Uint8Array) => void
): (position: Position, value: number) => Float64Array {
  return (position, value) => {
    const { scores } = position;
    const kept = new Uint8Array(scores.length);
    for (let id = 0; id < kept.length; id++) kept[id] = scores[id] > -Infinity ? 1 : 0;
    clear(position, value, kept);
    return scores.map((score, id) => (kept[id] ? score : -Infinity));
  };
}
