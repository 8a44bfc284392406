import { parseArgs } from 'node:util';
import { reasonOf, UsageError } from './usage-error.ts';

export const NODE_BACKENDS = ['wasm', 'cpu'] as const;
export type NodeBackend = (typeof NODE_BACKENDS)[number];

export interface TraceOptions {
  /** Model folder. */
  readonly model: string;
  /** A text to be tokenised, or token ids as they are. */
  readonly input: { readonly prompt: string } | { readonly ids: readonly number[] };
  /** Put `<|endoftext|>` in front. */
  readonly bos: boolean;
  readonly backend: NodeBackend;
  /** .npz file to write, or null. */
  readonly out: string | null;
  readonly json: boolean;
}

export const USAGE = `Usage: npm run -s trace -- --model <folder> (--prompt <text> | --tokens <ids>) [options]

  --model <folder>      config.json, model.safetensors, vocab.json, merges.txt
  --prompt <text>       the text to run; --tokens 7454,2402 runs token ids instead
  --bos                 put <|endoftext|> in front
  --backend wasm|cpu    wasm unless given
  --out <file.npz>      write every activation, logits and input_ids for numpy.load
  --json                print one JSON object instead of a summary`;

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): TraceOptions | null {
  const values = readFlags(args);
  if (values.help) return null;
  const backend = NODE_BACKENDS.find((name) => name === (values.backend ?? 'wasm'));
  if (backend === undefined) {
    throw new UsageError(
      `trace: --backend must be wasm or cpu, got "${values.backend}". Node has no other backend.`
    );
  }
  if (!values.model) {
    throw new UsageError(
      'trace: --model must be given. Pass a model folder, such as static/models/gpt2-nano.'
    );
  }
  if (values.out === '')
    throw new UsageError('trace: --out must be a file name, got "". Pass one that ends in .npz.');
  return {
    model: values.model,
    input: readInput(values.prompt, values.tokens),
    bos: values.bos ?? false,
    backend,
    out: values.out ?? null,
    json: values.json ?? false
  };
}

function readFlags(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    model: text,
    prompt: text,
    tokens: text,
    backend: text,
    out: text,
    bos: flag,
    json: flag,
    help: flag
  };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = reasonOf(error).split(/[.\n]/)[0];
    throw new UsageError(`trace: ${reason}. Run it with --help for the flags.`);
  }
}

function readInput(prompt: string | undefined, tokens: string | undefined): TraceOptions['input'] {
  if ((prompt === undefined) === (tokens === undefined)) {
    const actual = prompt === undefined ? 'neither' : 'both';
    throw new UsageError(
      `trace: exactly one of --prompt and --tokens must be given, got ${actual}. Pass one of them.`
    );
  }
  if (prompt !== undefined) return { prompt };
  const parts = tokens!.split(',').map((part) => part.trim());
  const wrong = parts.find((part) => !/^\d+$/.test(part));
  if (wrong !== undefined) {
    throw new UsageError(
      `trace: --tokens must be ids with commas between, got "${wrong}" in it. Write --tokens 7454,2402.`
    );
  }
  return { ids: parts.map(Number) };
}
