import { RECORDED_PARTS, USUAL_PARTS, type RecordedPart } from '../../src/lib/gpt2/index.ts';
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

const DTYPES = ['F32', 'F16'] as const;

export interface RecordOptions extends RunOptions {
  readonly out: string;
  readonly dtype: (typeof DTYPES)[number];
  readonly parts: readonly RecordedPart[];
  /** Replace a file of that name. */
  readonly force: boolean;
}

export const USAGE = `Usage: npm run -s record -- --model <folder> (--prompt <text> | --tokens <ids>) --out <file.lens> [options]

${RUN_USAGE}
  --out <file.lens>     the recorded run: the page opens it without weights, numpy.load reads its arrays
  --dtype F32|F16       what activations are stored as; F32 unless given
  --keep <parts>        names with commas between, or all; everything but result unless given
  --force               let --out replace a file that is there
  --json                print one JSON object instead of a sentence

  parts: ${RECORDED_PARTS.join(', ')}`;

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): RecordOptions | null {
  const flags = { ...RUN_FLAGS, out: text, dtype: text, keep: text, force: flag };
  const values = readFlags('record', args, flags);
  if (values.help) return null;
  const options = readRunOptions('record', values);
  if (!values.out) throw new UsageError('record: --out must be given. Pass a file that ends in .lens.');
  const dtype = DTYPES.find((name) => name === (values.dtype ?? 'F32'));
  if (!dtype)
    throw new UsageError(`record: --dtype must be F32 or F16, got "${values.dtype}". Leave it out for F32.`);
  const parts = readParts(values.keep);
  return { ...options, out: values.out, dtype, parts, force: values.force ?? false };
}

function readParts(keep: string | undefined): readonly RecordedPart[] {
  if (keep === undefined) return USUAL_PARTS;
  if (keep === 'all') return RECORDED_PARTS;
  return keep.split(',').map((name) => {
    const part = RECORDED_PARTS.find((known) => known === name.trim());
    if (part) return part;
    const known = RECORDED_PARTS.join(', ');
    throw new UsageError(`record: --keep must be parts of a run, got "${name}" in it. Use of: ${known}.`);
  });
}
