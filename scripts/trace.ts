/**
 * Runs a model folder without a browser and prints what it computed: `npm run -s trace -- --help`.
 * Exit code 0; 2 with one line on stderr where the arguments or the model folder are wrong.
 */
import { basename, resolve } from 'node:path';
import { loadModel, runTrace, type Gpt2Model, type ModelFiles, type Token } from '../src/lib/gpt2/index.ts';
import { folderFiles } from './trace/folder-files.ts';
import { startBackend } from './trace/node-backend.ts';
import { parseOptions, USAGE, type TraceOptions } from './trace/options.ts';
import { activationShapes, nextTokens, reportTokens, summarise, type TraceReport } from './trace/report.ts';
import { isUsersError, UsageError } from './trace/usage-error.ts';
import { OutFile, writeTrace } from './trace/write-trace.ts';

const USAGE_EXIT = 2;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const files = folderFiles(options.model);
  const file = options.out === null ? null : new OutFile(options.out);
  try {
    await startBackend(options.backend);
    const model = await load(options.model, files);
    const report = await runAndReport(model, options, file);
    model.dispose();
    file?.finish();
    console.log(options.json ? JSON.stringify(report) : summarise(report));
  } catch (error) {
    file?.abandon();
    throw error;
  }
}

/** Loads the model; what is wrong with its files is told with the folder's name. */
async function load(folder: string, files: ModelFiles): Promise<Gpt2Model> {
  try {
    return await loadModel(files);
  } catch (error) {
    if (!isUsersError(error)) throw error;
    throw new UsageError(`trace: ${folder}: ${error.message}`, { cause: error });
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
  if (file) await writeTrace(trace, config, file);
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

function inputTokens({ tokenizer }: Gpt2Model, { input, bos }: TraceOptions): Token[] {
  const tokens = 'ids' in input ? input.ids.map((id) => tokenizer.token(id)) : tokenizer.encode(input.prompt);
  return bos ? [tokenizer.token(tokenizer.endOfText), ...tokens] : tokens;
}

try {
  await main();
} catch (error) {
  if (!isUsersError(error)) throw error;
  console.error(error.message.replaceAll(/\s*\n\s*/g, ' '));
  process.exitCode = USAGE_EXIT;
}
