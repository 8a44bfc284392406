/**
 * Continues a prompt without a browser and prints every choice: `npm run -s generate -- --help`.
 * Exit code 0; 2 with one line on stderr where the arguments or the model folder are wrong.
 */
import { basename, resolve } from 'node:path';
import { generate, type Gpt2Model } from '../src/lib/gpt2/index.ts';
import { inputTokens } from './command/flags.ts';
import { folderFiles, loadFolder } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';
import { runCommand } from './command/run-command.ts';
import { WaitMessage } from './command/wait-message.ts';
import { parseOptions, USAGE, type GenerateCommand } from './generate/options.ts';
import { reportResult, reportStep, summarise, type GenerateReport } from './generate/report.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const files = folderFiles('generate', options.model);
  await startBackend(options.backend);
  const model = await loadFolder('generate', options.model, files);
  const report = await runAndReport(model, options);
  model.dispose();
  console.log(options.json ? JSON.stringify(report) : summarise(report));
}

async function runAndReport(model: Gpt2Model, options: GenerateCommand): Promise<GenerateReport> {
  const prompt = inputTokens(model, options).map(({ id }) => id);
  const iterator = generate(model, prompt, options.generate);
  const steps: GenerateReport['steps'][number][] = [];
  const wait = new WaitMessage();
  for (;;) {
    const { done, value } = await iterator.next();
    wait.tell(
      () => `generate: ${steps.length + 1} of at most ${options.generate.max_new_tokens ?? 20} steps`
    );
    if (!done) {
      steps.push(reportStep(value, model.tokenizer)); // of each step only what is printed is kept
      continue;
    }
    const { model: folder, backend } = options;
    return {
      model: basename(resolve(folder)),
      backend,
      prompt,
      ...reportResult(value, model.tokenizer),
      steps
    };
  }
}

await runCommand(main);
