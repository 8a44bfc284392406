import { parseArgs } from 'node:util';
import { readPlace, type RunOptions } from '../command/flags.ts';
import { reasonOf, UsageError } from '../command/usage-error.ts';

export interface CheckModelOptions extends Pick<RunOptions, 'model' | 'backend' | 'json'> {
  readonly prompt: string;
}

const PROMPT = 'Hello, my name is';

export const USAGE = `Usage: npm run -s check-model -- <folder> [options]

  <folder>              a model in Hugging Face's layout
  --prompt <text>       the text whose next tokens are shown; "${PROMPT}" unless given
  --backend wasm|cpu    wasm unless given
  --json                print one JSON object instead of a summary`;

const FLAGS = {
  prompt: { type: 'string' },
  backend: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' }
} as const;

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): CheckModelOptions | null {
  const { values, positionals } = readArguments(args);
  if (values.help) return null;
  if (positionals.length !== 1) {
    throw new UsageError(
      `check-model: one folder must be given, got ${positionals.length}. Pass one, such as static/models/gpt2-nano.`
    );
  }
  const place = readPlace('check-model', { model: positionals[0], backend: values.backend });
  return { ...place, prompt: values.prompt ?? PROMPT, json: values.json ?? false };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true, allowPositionals: true });
  } catch (error) {
    const reason = reasonOf(error).split(/[.\n]/)[0];
    throw new UsageError(`check-model: ${reason}. Run it with --help for the flags.`);
  }
}
