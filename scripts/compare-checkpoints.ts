/**
 * Reads the folders that scripts/fixtures/random_checkpoints.py wrote and compares ids and logits with transformers':
 * `npm run -s compare-checkpoints -- FOLDER`. Exit code 1 if one differs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTrace } from '../src/lib/gpt2/index.ts';
import { folderFiles, loadFolder } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';
import { runCommand } from './command/run-command.ts';
import { UsageError } from './command/usage-error.ts';

const RIGHT = 'right.json';
const TOLERANCE = 2e-4; // of the largest logit, at least 1: float32 through four blocks of random weights

interface Right {
  readonly cases: Readonly<
    Record<string, { ids: number[]; logits: number[]; tokens: [text: string, ids: number[]][] }>
  >;
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (!folder || !existsSync(join(folder, RIGHT))) {
    const got = folder ? `"${folder}"` : 'none';
    throw new UsageError(
      `compare-checkpoints: FOLDER must be one with ${RIGHT}, got ${got}. Make one with scripts/fixtures/random_checkpoints.py.`
    );
  }
  const { cases } = JSON.parse(readFileSync(join(folder, RIGHT), 'utf8')) as Right;
  await startBackend('wasm');
  let wrong = 0;
  for (const [name, right] of Object.entries(cases)) {
    const found = await differences(join(folder, name), right).catch((error: Error) => [error.message]);
    if (found.length > 0) wrong++;
    found.forEach((text) => console.log(`${name}: ${text}`));
  }
  console.log(`${Object.keys(cases).length - wrong} of ${Object.keys(cases).length} checkpoints agree.`);
  if (wrong > 0) process.exitCode = 1;
}

async function differences(path: string, { ids, logits, tokens }: Right['cases'][string]): Promise<string[]> {
  const model = await loadFolder('compare-checkpoints', path, folderFiles('compare-checkpoints', path));
  const found = tokens.flatMap(([text, expected]) => {
    const own = model.tokenizer.encode(text).map(({ id }) => id);
    return `${own}` === `${expected}`
      ? []
      : [`${JSON.stringify(text)}: ids ${own}, transformers ${expected}`];
  });
  const trace = await runTrace(model, ids);
  const own = await trace.logits('last');
  const largest = logits.reduce((most, logit) => Math.max(most, Math.abs(logit)), 1);
  const apart = logits.reduce((most, logit, id) => Math.max(most, Math.abs(logit - own[id])), 0);
  trace.dispose();
  model.dispose();
  return apart <= TOLERANCE * largest ? found : [...found, `logits ${apart} apart, largest ${largest}`];
}

await runCommand(main);
