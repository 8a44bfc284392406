/**
 * Checks a model as the self-check page does, and holds every value that the source notebooks print beside ours:
 * `npm run -s verify -- --help`. Exit code 0 if all of them come out, 1 if one does not or the model is not GPT-2 small,
 * 2 with one line on stderr where the arguments, the model folder or the file of values are wrong.
 */
import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { checkValues, problemRows } from '../src/lib/check/run-checks.ts';
import { measureSpeed, memoryNow } from '../src/lib/check/speed.ts';
import type { CheckRow } from '../src/lib/check/types.ts';
import {
  parseValuesFile,
  STORED_MODEL,
  storedValues,
  type ValuesFile
} from '../src/lib/check/values-file.ts';
import { CHECK_TOLERANCE, solveProblems } from '../src/lib/engine/self-check.ts';
import type { Gpt2Model } from '../src/lib/gpt2/index.ts';
import {
  CheckContext,
  isGpt2Small,
  sourceValues,
  verify,
  type Verdict
} from '../src/lib/lesson/checks/index.ts';
import { folderFiles, loadFolder } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';
import { runCommand } from './command/run-command.ts';
import { isUsersError, UsageError } from './command/usage-error.ts';
import { parseOptions, USAGE } from './verify/options.ts';
import { checkLines, deviceLines, summary, tableLines } from './verify/report.ts';

/**
 * The values to hold a model beside: the given file's, or those that the project has of it; null where it has none.
 *
 * Throws: UsageError if the file cannot be read or is none.
 */
async function valuesFor(path: string | null, model: string): Promise<ValuesFile | null> {
  if (path === null) return model === STORED_MODEL ? storedValues() : null;
  try {
    return parseValuesFile(readFileSync(path, 'utf8'), path);
  } catch (error) {
    throw new UsageError(`verify: --values: ${(error as Error).message}`, { cause: error });
  }
}

/** Everything but the source's values, printed kind by kind; true if nothing fails. */
async function checkDevice(model: Gpt2Model, values: ValuesFile | null): Promise<boolean> {
  const before = tf.memory().numTensors;
  const rows: CheckRow[] = problemRows(await solveProblems(), CHECK_TOLERANCE);
  try {
    if (values) for await (const row of checkValues(model, values)) rows.push(row);
  } catch (error) {
    if (!isUsersError(error)) throw error;
    throw new UsageError(`verify: ${error.message}`, { cause: error });
  }
  console.log(checkLines(rows).join('\n'));
  console.log(deviceLines(await measureSpeed(model), memoryNow(before)).join('\n'));
  console.log('');
  return rows.every(({ status }) => status !== 'fail');
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const name = basename(resolve(options.model));
  const files = folderFiles('verify', options.model);
  const values = await valuesFor(options.values, name);
  await startBackend(options.backend);
  const model = await loadFolder('verify', options.model, files);
  const isRight = await checkDevice(model, values);
  const context = new CheckContext(model);
  const verdicts: Verdict[] = [];
  for await (const verdict of verify(context, sourceValues)) {
    verdicts.push(verdict);
    console.log(tableLines(verdict, options.full).join('\n'));
  }
  const isSmall = isGpt2Small(model.config);
  console.log(summary(verdicts, name, isSmall));
  context.dispose();
  model.dispose();
  if (!isRight || !isSmall || verdicts.some((verdict) => verdict.status === 'checked' && !verdict.ok))
    process.exitCode = 1;
}

await runCommand(main);
