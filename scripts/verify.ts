/**
 * Computes every value that the source notebooks print and holds ours beside it: `npm run -s verify -- --help`.
 * Exit code 0 if all of them come out, 1 if one does not or the model is not GPT-2 small, 2 with one line on stderr
 * where the arguments or the model folder are wrong.
 */
import { basename, resolve } from 'node:path';
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
import { parseOptions, USAGE } from './verify/options.ts';
import { summary, tableLines } from './verify/report.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const files = folderFiles('verify', options.model);
  await startBackend(options.backend);
  const model = await loadFolder('verify', options.model, files);
  const context = new CheckContext(model);
  const verdicts: Verdict[] = [];
  for await (const verdict of verify(context, sourceValues)) {
    verdicts.push(verdict);
    console.log(tableLines(verdict, options.full).join('\n'));
  }
  const isSmall = isGpt2Small(model.config);
  console.log(summary(verdicts, basename(resolve(options.model)), isSmall));
  context.dispose();
  model.dispose();
  if (!isSmall || verdicts.some((verdict) => verdict.status === 'checked' && !verdict.ok))
    process.exitCode = 1;
}

await runCommand(main);
