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

export interface TraceOptions extends RunOptions {
  /** .npz file to write, or null. */
  readonly out: string | null;
  /** Replace a file of that name. */
  readonly force: boolean;
}

export const USAGE = `Usage: npm run -s trace -- --model <folder> (--prompt <text> | --tokens <ids>) [options]

${RUN_USAGE}
  --out <file.npz>      write every activation, logits and input_ids for numpy.load
  --force               let --out replace a file that is there
  --json                print one JSON object instead of a summary`;

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): TraceOptions | null {
  const values = readFlags('trace', args, { ...RUN_FLAGS, out: text, force: flag });
  if (values.help) return null;
  const options = readRunOptions('trace', values);
  if (values.out === '')
    throw new UsageError('trace: --out must be a file name, got "". Pass one that ends in .npz.');
  return { ...options, out: values.out ?? null, force: values.force ?? false };
}
