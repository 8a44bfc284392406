/**
 * The processors, one row each: all that their settings, the checks, the pipeline and the command line know of them.
 *
 * Order and meaning are Hugging Face's: repetition penalty, no-repeat n-gram; then, only where tokens are drawn,
 * temperature, top-k, top-p, min-p, typical.
 *
 * Source: Hugging Face transformers 5, generation/utils.py, _get_logits_processor; generation/logits_process.py.
 */
import { banRepeatedNgrams } from './no-repeat-ngram.ts';
import { cutMinP } from './min-p.ts';
import { penaliseRepetition } from './repetition-penalty.ts';
import { cutTopK } from './top-k.ts';
import { cutTopP } from './top-p.ts';
import { cutAtypical } from './typical.ts';

/** The processors that the column of next tokens offers. */
export type SamplingSettings = Pick<DecodingSettings, 'temperature' | 'top_k' | 'top_p'>;

/** What the processors need to know. Every default changes nothing. */
export interface DecodingSettings {
  /** Draw the token (true), or take the best (false). As in Hugging Face, temperature and all cuts need true. */
  readonly do_sample: boolean;
  /** Logits are divided by it; above 0. */
  readonly temperature: number;
  /** Keeps every token that is as good as the k-th best, so equal ones at the border make it more than k; 0 keeps all. */
  readonly top_k: number;
  /** Keeps the smallest set of best tokens whose probability, among those left, reaches p, and always one; 1 keeps all. */
  readonly top_p: number;
  /** Keeps tokens whose probability is at least this share of the best one's; 0 keeps all. */
  readonly min_p: number;
  /** Keeps the tokens nearest to the expected surprise until they reach this probability; 1 keeps all. */
  readonly typical_p: number;
  /** Scores of tokens in the text so far are divided by it (multiplied where negative); 1 changes none. */
  readonly repetition_penalty: number;
  /** No run of so many tokens may occur twice; 0 allows all. */
  readonly no_repeat_ngram_size: number;
}

/** What a processor sees. */
interface Position {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
  /** The text so far. */
  readonly ids: readonly number[];
  readonly minKept: number;
}

export interface Processor {
  readonly name: Exclude<keyof DecodingSettings, 'do_sample'>;
  /** What its setting must satisfy. */
  readonly rule: Rule;
  /** The value that changes nothing, and the default. */
  readonly off: number;
  /** True if it runs only where tokens are drawn. */
  readonly sampling: boolean;
  /** What the page offers of it, and how a link writes it. */
  readonly offered: Offered;
  /** New scores; the old ones are left alone. */
  readonly apply: (position: Position, value: number) => Float64Array;
}

/** What the page offers of a setting: the rule allows more. */
export interface Offered {
  /** Before its value in a column of the comparison, as a link has it. */
  readonly letter: string;
  readonly min: number;
  readonly max: number;
  /** Whole numbers only. */
  readonly whole: boolean;
  /** Of its slider: `off` stands at the left end, from where it does more and more; temperature runs from cold to hot. */
  readonly stops: readonly number[];
}

/** What a number must satisfy, in words and as a test. */
export interface Rule {
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

const TEMPERATURE: Rule = {
  ...FACTOR,
  advice: 'Towards 0 all probability goes to the best token: set do_sample to false instead.'
};
const TYPICAL: Rule = {
  ...share(1),
  expected: 'above 0 and at most 1',
  holds: (value) => value > 0 && value <= 1
};

const even = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(4)));

/** Every processor, in the order they run. */
export const PROCESSORS = [
  {
    name: 'repetition_penalty',
    rule: FACTOR,
    off: 1,
    sampling: false,
    offered: {
      letter: 'r',
      min: 0.01,
      max: 100,
      whole: false,
      stops: [1, 1.05, 1.1, 1.2, 1.3, 1.5, 2, 3, 5, 10]
    },
    apply: ({ scores, ids }, penalty) => penaliseRepetition(scores, ids, penalty)
  },
  {
    name: 'no_repeat_ngram_size',
    rule: COUNT,
    off: 0,
    sampling: false,
    offered: { letter: 'n', min: 0, max: 1024, whole: true, stops: [0, 6, 5, 4, 3, 2, 1] },
    apply: ({ scores, ids }, size) => banRepeatedNgrams(scores, ids, size)
  },
  {
    name: 'temperature',
    rule: TEMPERATURE,
    off: 1,
    sampling: true,
    offered: { letter: 't', min: 0.05, max: 2, whole: false, stops: even(0.05, 2, 0.05) },
    apply: ({ scores }, temperature) => scores.map((score) => score / temperature)
  },
  {
    name: 'top_k',
    rule: COUNT,
    off: 0,
    sampling: true,
    offered: {
      letter: 'k',
      min: 0,
      max: 1_000_000,
      whole: true,
      stops: [0, 200, 150, 100, 80, 60, 50, 40, 30, 25, 20, 15, 12, 10, 8, 6, 5, 4, 3, 2, 1]
    },
    apply: cut(({ scores, minKept }, top_k, kept) => cutTopK(scores, Math.max(top_k, minKept), kept))
  },
  {
    name: 'top_p',
    rule: share(1),
    off: 1,
    sampling: true,
    offered: { letter: 'p', min: 0.01, max: 1, whole: false, stops: even(0.05, 1, 0.05).reverse() },
    apply: cut(({ scores, probabilities, minKept }, top_p, kept) =>
      cutTopP(scores, probabilities, top_p, kept, minKept)
    )
  },
  {
    name: 'min_p',
    rule: share(0),
    off: 0,
    sampling: true,
    offered: { letter: 'm', min: 0, max: 1, whole: false, stops: even(0, 0.5, 0.01) },
    apply: cut(({ probabilities, minKept }, min_p, kept) => cutMinP(probabilities, min_p, kept, minKept))
  },
  {
    name: 'typical_p',
    rule: TYPICAL,
    off: 1,
    sampling: true,
    offered: { letter: 'y', min: 0.01, max: 1, whole: false, stops: even(0.05, 1, 0.05).reverse() },
    apply: cut(({ probabilities, minKept }, mass, kept) => cutAtypical(probabilities, mass, kept, minKept))
  }
] as const satisfies readonly Processor[];

export type ProcessorName = (typeof PROCESSORS)[number]['name'];

/** Names of the processors, in the order they run. */
export const PROCESSOR_NAMES: readonly ProcessorName[] = PROCESSORS.map(({ name }) => name);

/** Something of each processor, by its name. */
export function byProcessor<T>(of: (processor: Processor) => T): Record<ProcessorName, T> {
  return Object.fromEntries(PROCESSORS.map((processor) => [processor.name, of(processor)])) as Record<
    ProcessorName,
    T
  >;
}

/** Those that run only where tokens are drawn. */
export const SAMPLING_NAMES: readonly ProcessorName[] = PROCESSORS.filter(({ sampling }) => sampling).map(
  ({ name }) => name
);

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
