/** The flags that every command which runs a model has, and how they are read. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { beginningId, type Gpt2Model, type Token } from '../../src/lib/gpt2/index.ts';
import { reasonOf, UsageError } from './usage-error.ts';

export const NODE_BACKENDS = ['wasm', 'cpu'] as const;
export type NodeBackend = (typeof NODE_BACKENDS)[number];

/** What to run, and on what. */
export interface RunOptions {
  /** Model folder. */
  readonly model: string;
  /** A text to be tokenised, or token ids as they are. */
  readonly input: { readonly prompt: string } | { readonly ids: readonly number[] };
  /** Put the tokenizer's beginning in front: `<|endoftext|>` for GPT-2. */
  readonly bos: boolean;
  readonly backend: NodeBackend;
  readonly json: boolean;
}

export type FlagOptions = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends FlagOptions> = ReturnType<
  typeof parseArgs<{ options: T; strict: true; allowPositionals: false; args: string[] }>
>['values'];

export const text = { type: 'string' } as const;
export const flag = { type: 'boolean' } as const;
export const RUN_FLAGS = {
  model: text,
  prompt: text,
  tokens: text,
  backend: text,
  bos: flag,
  json: flag,
  help: flag
} satisfies FlagOptions;

/** The usage lines of `RUN_FLAGS`, but --json. */
export const RUN_USAGE = `  --model <folder>      config.json, model.safetensors, vocab.json, merges.txt
  --prompt <text>       the text to run; --tokens 7454,2402 runs token ids instead
  --bos                 put the tokenizer's beginning in front: <|endoftext|> for GPT-2
  --backend wasm|cpu    wasm unless given`;

/**
 * Splits a command line into flags and values.
 *
 * Throws: UsageError that names a flag that is unknown or lacks its value.
 */
export function readFlags<T extends FlagOptions>(
  command: string,
  args: readonly string[],
  options: T
): Parsed<T> {
  try {
    const whole = withValues(args, options);
    return parseArgs({ args: whole, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = reasonOf(error).split(/[.\n]/)[0];
    throw new UsageError(`${command}: ${reason}. Run it with --help for the flags.`);
  }
}

/**
 * Joins a flag with the value after it, which may begin with a hyphen: `--prompt "- item"`. A flag's own name is never a
 * value; write `--prompt=--bos` for such a text.
 */
export function withValues(args: readonly string[], options: FlagOptions): string[] {
  const isFlag = (arg: string) => Object.hasOwn(options, /^--([^=]+)/.exec(arg)?.[1] ?? '');
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const name = /^--([^=]+)$/.exec(args[i])?.[1] ?? '';
    const takesValue = Object.hasOwn(options, name) && options[name].type === 'string';
    const next = args.at(i + 1);
    if (args[i] === '--') return [...joined, ...args.slice(i)];
    if (!takesValue || next === undefined || isFlag(next)) joined.push(args[i]);
    else joined.push(`${args[i]}=${args[++i]}`);
  }
  return joined;
}

interface RunValues {
  model?: string;
  prompt?: string;
  tokens?: string;
  backend?: string;
  bos?: boolean;
  json?: boolean;
}

/** Where to run.  Throws: UsageError if --backend names another one or --model is missing. */
export function readPlace(
  command: string,
  values: Pick<RunValues, 'model' | 'backend'>
): Pick<RunOptions, 'model' | 'backend'> {
  const backend = NODE_BACKENDS.find((name) => name === (values.backend ?? 'wasm'));
  if (backend === undefined) {
    throw new UsageError(
      `${command}: --backend must be wasm or cpu, got "${values.backend}". Node has no other backend.`
    );
  }
  if (!values.model) {
    throw new UsageError(
      `${command}: --model must be given. Pass a model folder, such as static/models/gpt2-nano.`
    );
  }
  return { model: values.model, backend };
}

/** Throws: UsageError that names the flag that is missing or wrong. */
export function readRunOptions(command: string, values: RunValues): RunOptions {
  return {
    ...readPlace(command, values),
    input: readInput(command, values.prompt, values.tokens),
    bos: values.bos ?? false,
    json: values.json ?? false
  };
}

function readInput(
  command: string,
  prompt: string | undefined,
  tokens: string | undefined
): RunOptions['input'] {
  if ((prompt === undefined) === (tokens === undefined)) {
    const actual = prompt === undefined ? 'neither' : 'both';
    throw new UsageError(
      `${command}: exactly one of --prompt and --tokens must be given, got ${actual}. Pass one of them.`
    );
  }
  if (prompt !== undefined) return { prompt };
  const parts = tokens!.split(',').map((part) => part.trim());
  const wrong = parts.find((part) => !/^\d+$/.test(part));
  if (wrong !== undefined) {
    throw new UsageError(
      `${command}: --tokens must be ids with commas between, got "${wrong}" in it. Write --tokens 7454,2402.`
    );
  }
  return { ids: parts.map(Number) };
}

/** The tokens to run. Throws: InputError if an id is none, or there is no beginning to put in front. */
export function inputTokens({ tokenizer, config }: Gpt2Model, { input, bos }: RunOptions): Token[] {
  const tokens = 'ids' in input ? input.ids.map((id) => tokenizer.token(id)) : tokenizer.encode(input.prompt);
  return bos ? [tokenizer.token(beginningId(tokenizer, config)), ...tokens] : tokens;
}
