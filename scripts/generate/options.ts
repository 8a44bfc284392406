import { PROCESSOR_NAMES, SAMPLING_NAMES, type GenerateOptions } from '../../src/lib/gpt2/index.ts';
import {
  flag,
  readFlags,
  readRunOptions,
  RUN_FLAGS,
  RUN_USAGE,
  text,
  type RunOptions
} from '../command/flags.ts';
import { UsageError } from '../command/usage-error.ts';

export interface GenerateCommand extends RunOptions {
  /** What `generate` is called with: only what was given. */
  readonly generate: GenerateOptions;
}

export const USAGE = `Usage: npm run -s generate -- --model <folder> (--prompt <text> | --tokens <ids>) [options]

${RUN_USAGE}
  --max-new-tokens <n>  20 unless given
  --stop <text>         end once the text holds it; may be given several times
  --eos <id>            end at this id (may be given several times) instead of the model's; none: at no id
  --repetition-penalty <x>, --no-repeat-ngram-size <n>
  --sample              draw each token; without it the best is taken
    --seed <n>          0 unless given
    --temperature <x>, --top-k <n>, --top-p <x>, --min-p <x>, --typical-p <x>
  --beams <n>           beam search
    --length-penalty <x>
    --early-stopping [never]
  --num-return-sequences <n>
  --no-cache            compute every step from the first token on
  --top <n>             best tokens listed per step, 10 unless given
  --json                print one JSON object instead of text`;

/** A setting as a flag: top_k is --top-k. */
const flagOf = (name: string) => name.replaceAll('_', '-');

/** Flags with a number, and the option each one sets; one for each processor. */
const NUMBERS: Readonly<Record<string, keyof GenerateOptions>> = {
  ...Object.fromEntries(PROCESSOR_NAMES.map((name) => [flagOf(name), name])),
  'max-new-tokens': 'max_new_tokens',
  seed: 'seed',
  beams: 'num_beams',
  'length-penalty': 'length_penalty',
  'num-return-sequences': 'num_return_sequences',
  top: 'top'
};

/** Beams, or sequences side by side: more would run for minutes and tell nothing more. */
const MOST_SEQUENCES = 64;

/** Flags that do nothing without another one. */
const NEEDS: Readonly<Record<string, 'sample' | 'beams'>> = {
  ...Object.fromEntries(SAMPLING_NAMES.map((name) => [flagOf(name), 'sample'] as const)),
  seed: 'sample',
  'length-penalty': 'beams',
  'early-stopping': 'beams'
};

const list = { type: 'string', multiple: true } as const;
const FLAGS = {
  ...RUN_FLAGS,
  ...(Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, text])) as {
    readonly beams: typeof text;
    readonly 'num-return-sequences': typeof text;
  }),
  stop: list,
  eos: list,
  sample: flag,
  'early-stopping': text,
  'no-cache': flag
};

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): GenerateCommand | null {
  const values = readFlags('generate', withStoppingValue(args), FLAGS);
  if (values.help) return null;
  const run = readRunOptions('generate', values);
  for (const [name, needed] of Object.entries(NEEDS)) {
    if (!(name in values) || values[needed] !== undefined) continue;
    throw new UsageError(
      `generate: --${name} must come with --${needed}, got it alone. Add --${needed}, or leave it out.`
    );
  }
  for (const name of ['beams', 'num-return-sequences'] as const) {
    if (Number(values[name] ?? 1) <= MOST_SEQUENCES) continue;
    throw new UsageError(
      `generate: --${name} must be at most ${MOST_SEQUENCES}, got ${values[name]}. Each one costs a pass a step.`
    );
  }
  const numbers = Object.entries(NUMBERS).flatMap(([name, option]) => {
    const value = (values as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? [[option, readNumber(name, value)] as const] : [];
  });
  return {
    ...run,
    generate: {
      ...(Object.fromEntries(numbers) as GenerateOptions),
      do_sample: values.sample ?? false,
      use_cache: !values['no-cache'],
      ...(values.stop && { stop_strings: values.stop }),
      ...(values.eos && { eos_token_id: readEnds(values.eos) }),
      ...(values['early-stopping'] && { early_stopping: readStopping(values['early-stopping']) })
    }
  };
}

/** --early-stopping may stand alone: its value is then true. */
function withStoppingValue(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    const next = args.at(index + 1);
    const alone = index === args.length - 1 || next?.startsWith('--');
    return arg === '--early-stopping' && alone ? '--early-stopping=true' : arg;
  });
}

function readStopping(value: string): boolean | 'never' {
  if (value === 'true') return true;
  if (value === 'never') return 'never';
  throw new UsageError(
    `generate: --early-stopping must be alone or never, got "${value}". Leave it out to stop by estimate.`
  );
}

function readNumber(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && !Number.isNaN(number)) return number;
  throw new UsageError(`generate: --${name} must be a number, got "${value}". Run it with --help.`);
}

function readEnds(values: readonly string[]): number[] | null {
  if (values.length === 1 && values[0] === 'none') return null;
  return values.map((value) => readNumber('eos', value));
}
