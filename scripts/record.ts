/**
 * Runs a model folder without a browser and records the run: `npm run -s record -- --help`.
 * Exit code 0; 2 with one line on stderr where the arguments or the model folder are wrong.
 */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { runTrace, traceSource, writeRecording, type Gpt2Model } from '../src/lib/gpt2/index.ts';
import { inputTokens } from './command/flags.ts';
import { folderFiles, loadFolder } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';
import { runCommand } from './command/run-command.ts';
import { OutFile } from './command/whole-file.ts';
import { parseOptions, USAGE, type RecordOptions } from './record/options.ts';

const WEIGHTS = 'model.safetensors';
const MEGA = 1e6;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const files = folderFiles('record', options.model);
  const { out, force } = options;
  const file = new OutFile(out, { where: 'record: --out', force });
  try {
    await startBackend(options.backend);
    const model = await loadFolder('record', options.model, files);
    const report = { file: out, ...(await recordRun(model, options, file)) };
    model.dispose();
    file.finish();
    const { tokens, bytes } = report;
    console.log(
      options.json ? JSON.stringify(report) : `${out}: ${tokens} tokens, ${(bytes / MEGA).toFixed(1)} MB`
    );
  } catch (error) {
    file.abandon();
    throw error;
  }
}

async function recordRun(model: Gpt2Model, options: RecordOptions, file: OutFile) {
  const { dtype, parts } = options;
  const { config, tokenizer, weights } = model;
  const tokens = inputTokens(model, options);
  const trace = await runTrace(
    model,
    tokens.map(({ id }) => id)
  );
  const facts = {
    model: { name: basename(resolve(options.model)), sha256: await weightsHash(options.model) },
    config,
    activationParameters: weights.h.map(({ mlp }) => mlp.act.parameters),
    tokens,
    made: { date: new Date().toISOString(), tool: 'gpt2-lens record', version: await ownVersion() },
    dtype
  };
  let bytes = 0;
  await writeRecording(traceSource(trace), facts, { parts, pieces: tokenizer.pieces() }, (chunk) => {
    bytes += chunk.length;
    file.write(chunk);
  });
  trace.dispose();
  return { tokens: tokens.length, dtype, parts, bytes, sha256: facts.model.sha256 };
}

/** SHA-256 of the weights; null for a model of several files. */
async function weightsHash(folder: string): Promise<string | null> {
  const path = join(folder, WEIGHTS);
  if (!statSync(path, { throwIfNoEntry: false })) return null;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function ownVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

await runCommand(main);
