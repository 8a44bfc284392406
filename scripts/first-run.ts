/**
 * Writes the recorded run that the explorer's first picture is drawn from: the default prompt in the site's default model.
 * `node scripts/run-ts.mjs scripts/first-run.ts --site FOLDER` runs at the end of each build.
 * Exit code 0; 2 with one line on stderr where the folder holds no such model or its weights are not the catalogue's.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FirstRunFile } from '../src/lib/engine/first-run.ts';
import { describeModel, type EngineModel } from '../src/lib/engine/model-reading.ts';
import { pack } from '../src/lib/engine/packed.ts';
import { positionFlows } from '../src/lib/engine/position-flows.ts';
import { streamNorms } from '../src/lib/engine/stream-norms.ts';
import { loadWith, runTrace, softmax, topTokens } from '../src/lib/gpt2/index.ts';
import { makeHere } from '../src/lib/engine/tokenizer-thread.ts';
import { EXAMPLE_PROMPTS } from '../src/lib/state/example-prompts.ts';
import { folderFiles } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';
import { runCommand } from './command/run-command.ts';
import { UsageError } from './command/usage-error.ts';

const FILE = 'first-run.json';
const WEIGHTS = 'model.safetensors';
/** Bars of the next token. */
const LISTED = 12;

/** Throws: UsageError if the default model's weights are not those that the catalogue names. */
function defaultModel(site: string): { name: string; folder: string; sha256: string } {
  const catalogue = JSON.parse(readFileSync(join(site, 'models/models.json'), 'utf8'));
  const entry = catalogue.models.find(({ name }: { name: string }) => name === catalogue.default);
  const folder = join(site, 'models', entry.folder);
  const named = entry.files.find(({ name }: { name: string }) => name === WEIGHTS)?.sha256;
  const sha256 = createHash('sha256')
    .update(readFileSync(join(folder, WEIGHTS)))
    .digest('hex');
  if (sha256 === named) return { name: entry.name, folder, sha256 };
  throw new UsageError(
    `first-run: ${WEIGHTS} of ${entry.name} must have the SHA-256 ${named}, got ${sha256}. Put the catalogue's file there, or describe this one with npm run model -- add.`
  );
}

/** The run of one prompt, as far as the first picture shows it. */
async function record(model: EngineModel, prompt: string): Promise<Omit<FirstRunFile, 'model'>> {
  const { config, tokenizer } = model;
  const ids = (await tokenizer.encode(prompt)).map(({ id }) => id);
  const { signal } = new AbortController();
  const trace = await runTrace(model, ids);
  const last = ids.length - 1;
  const [flow] = await positionFlows(trace, [last], signal);
  const norms = await streamNorms(trace, config, signal);
  const logits = await trace.logits(last);
  trace.dispose();
  const best = topTokens(logits, LISTED);
  const { pieces, ...kinds } = tokenizer.pieces;
  const named = new Set([...ids, ...flow.lensIds, ...best, ...kinds.specials]);
  const { pieces: _, ...info } = describeModel(model);
  return {
    prompt,
    ids,
    info: { ...info, notKept: null },
    pieces: { ...kinds, texts: Object.fromEntries([...named].map((id) => [id, pieces[id]!])) },
    flow,
    norms,
    next: {
      ids: best,
      logits: best.map((id) => logits[id]),
      sum: 1 / softmax(logits)[best[0]],
      vocab_size: config.vocab_size
    }
  };
}

async function main(): Promise<void> {
  const { site } = parseArgs({ options: { site: { type: 'string' } } }).values;
  if (!site) throw new UsageError('first-run: --site must be a built folder, got none. Run npm run build.');
  const { name, folder, sha256 } = defaultModel(site);
  await startBackend('wasm');
  const model = await loadWith(folderFiles('first-run', folder), makeHere);
  const file: FirstRunFile = { model: { name, sha256 }, ...(await record(model, EXAMPLE_PROMPTS.names)) };
  model.dispose();
  writeFileSync(join(site, FILE), pack(file));
}

await runCommand(main);
