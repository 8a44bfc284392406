/**
 * Runs a model folder without a browser and prints what it computed: `npm run -s trace -- --help`.
 * Exit code 0; 2 with one line on stderr where the arguments or the model folder are wrong.
 */
import { basename, resolve } from 'node:path';
import { runTrace, traceSource, writeTrace, type Gpt2Model } from '../src/lib/gpt2/index.ts';
import { inputTokens } from './command/flags.ts';
import { folderFiles, loadFolder } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';
import { runCommand } from './command/run-command.ts';
import { parseOptions, USAGE, type TraceOptions } from './trace/options.ts';
import { activationShapes, nextTokens, reportTokens, summarise, type TraceReport } from './trace/report.ts';
import { OutFile } from './command/whole-file.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const files = folderFiles('trace', options.model);
  const { out, force } = options;
  const file = out === null ? null : new OutFile(out, { where: 'trace: --out', force });
  try {
    await startBackend(options.backend);
    const model = await loadFolder('trace', options.model, files);
    const report = await runAndReport(model, options, file);
    model.dispose();
    file?.finish();
    console.log(options.json ? JSON.stringify(report) : summarise(report));
  } catch (error) {
    file?.abandon();
    throw error;
  }
}

async function runAndReport(
  model: Gpt2Model,
  options: TraceOptions,
  file: OutFile | null
): Promise<TraceReport> {
  const { config, tokenizer } = model;
  const tokens = inputTokens(model, options);
  const trace = await runTrace(
    model,
    tokens.map(({ id }) => id)
  );
  if (file) await writeTrace(traceSource(trace), config, trace.ids, (chunk) => file.write(chunk));
  const report: TraceReport = {
    model: basename(resolve(options.model)),
    tokens: reportTokens(tokens),
    backend: options.backend,
    activations: activationShapes(config, tokens.length),
    next: nextTokens(await trace.logits('last'), tokenizer)
  };
  trace.dispose();
  return report;
}

await runCommand(main);
