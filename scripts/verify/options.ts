import { parseArgs } from 'node:util';
import { NODE_BACKENDS, type NodeBackend } from '../trace/options.ts';
import { reasonOf, UsageError } from '../trace/usage-error.ts';

export interface VerifyOptions {
  /** Model folder. */
  readonly model: string;
  readonly backend: NodeBackend;
  /** Print both texts whole. */
  readonly full: boolean;
}

export const USAGE = `Usage: npm run -s verify -- --model <folder> [options]

  --model <folder>      config.json, model.safetensors, vocab.json, merges.txt; the sources ran GPT-2 small
  --backend wasm|cpu    wasm unless given
  --full                print each text of the source and ours whole`;

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): VerifyOptions | null {
  const values = readFlags(args);
  if (values.help) return null;
  const backend = NODE_BACKENDS.find((name) => name === (values.backend ?? 'wasm'));
  if (backend === undefined) {
    throw new UsageError(
      `verify: --backend must be wasm or cpu, got "${values.backend}". Node has no other backend.`
    );
  }
  if (!values.model) {
    throw new UsageError('verify: --model must be given. Pass the folder of GPT-2 small.');
  }
  return { model: values.model, backend, full: values.full ?? false };
}

function readFlags(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { model: text, backend: text, full: flag, help: flag };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = reasonOf(error).split(/[.\n]/)[0];
    throw new UsageError(`verify: ${reason}. Run it with --help for the flags.`);
  }
}
