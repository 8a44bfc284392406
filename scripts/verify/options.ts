import { flag, readFlags, readPlace, text, type RunOptions } from '../command/flags.ts';

export interface VerifyOptions extends Pick<RunOptions, 'model' | 'backend'> {
  /** Print both texts whole. */
  readonly full: boolean;
}

export const USAGE = `Usage: npm run -s verify -- --model <folder> [options]

  --model <folder>      config.json, model.safetensors, vocab.json, merges.txt; the sources ran GPT-2 small
  --backend wasm|cpu    wasm unless given
  --full                print each text of the source and ours whole`;

const FLAGS = { model: text, backend: text, full: flag, help: flag };

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): VerifyOptions | null {
  const values = readFlags('verify', args, FLAGS);
  if (values.help) return null;
  return { ...readPlace('verify', values), full: values.full ?? false };
}
