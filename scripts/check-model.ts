/**
 * Says what a model folder holds, where it departs from GPT-2 small, and which tokens follow a text:
 * `npm run -s check-model -- --help`. Exit code 0; 2 with one line on stderr where the folder cannot be used.
 */
import { runTrace } from '../src/lib/gpt2/index.ts';
import { parseOptions, USAGE, type CheckModelOptions } from './check-model/options.ts';
import { describeModel, reportLines, type CheckReport } from './check-model/report.ts';
import { folderFiles, loadFolder } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';
import { runCommand } from './command/run-command.ts';
import { nextTokens } from './trace/report.ts';

const BEST = 10;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const report = await check(options);
  console.log(options.json ? JSON.stringify(report) : reportLines(report).join('\n'));
}

async function check({ model: folder, backend, prompt }: CheckModelOptions): Promise<CheckReport> {
  const files = folderFiles('check-model', folder);
  await startBackend(backend);
  const model = await loadFolder('check-model', folder, files);
  const tokens = model.tokenizer.encode(prompt);
  const trace = await runTrace(
    model,
    tokens.map(({ id }) => id)
  );
  const next = nextTokens(await trace.logits('last'), model.tokenizer).slice(0, BEST);
  trace.dispose();
  const report = { folder, ...describeModel(model), prompt, tokens, next };
  model.dispose();
  return report;
}

await runCommand(main);
