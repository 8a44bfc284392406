import { flag, readFlags, readPlace, text, type RunOptions } from '../command/flags.ts';

export interface VerifyOptions extends Pick<RunOptions, 'model' | 'backend'> {
  /** Print both texts whole. */
  readonly full: boolean;
  /** File of values to hold the model's beside; null: those that the project has, if it has some of this model. */
  readonly values: string | null;
}

export const USAGE = `Usage: npm run -s verify -- --model <folder> [options]

  --model <folder>      config.json, model.safetensors, vocab.json, merges.txt; the sources ran GPT-2 small
  --backend wasm|cpu    wasm unless given
  --values <file.json>  hold the model beside these values too; scripts/fixtures/make_check_values.py makes such a file
  --full                print each text of the source and ours whole`;

const FLAGS = { model: text, backend: text, values: text, full: flag, help: flag };

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): VerifyOptions | null {
  const values = readFlags('verify', args, FLAGS);
  if (values.help) return null;
  return { ...readPlace('verify', values), full: values.full ?? false, values: values.values ?? null };
}
