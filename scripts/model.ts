/**
 * Puts models into static/models, so that this copy of GPT-2 Lens serves them itself: `npm run model -- --help`.
 * Exit code 0; 2 with one line on stderr where the arguments, the server or the files are wrong.
 */
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MODEL_NAME, ModelLibrary, type TransferProgress } from '../src/lib/engine/models/index.ts';
import { DEFAULT_MODEL, makeCatalogue, writeCatalogue } from './catalogue.ts';
import { runCommand } from './command/run-command.ts';
import { UsageError } from './command/usage-error.ts';
import { findSource } from './model/find-source.ts';
import { FolderStore } from './model/folder-store.ts';
import { parseOptions, USAGE, type ModelOptions } from './model/options.ts';

const BYTES_PER_MB = 1e6;
const megabytes = (bytes: number) => `${(bytes / BYTES_PER_MB).toFixed(1)} MB`;
const foldersUrl = (models: string) => pathToFileURL(models + sep);

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) console.log(USAGE);
  else if (options.command === 'add') await add(options);
  else if (options.command === 'remove') await remove(options);
  else list(options);
}

/** Fetches or copies a model, checks every tensor of it, and writes it into the catalogue. */
async function add(options: ModelOptions): Promise<void> {
  const source = await findSource(options);
  if (source.name === DEFAULT_MODEL) {
    throw new UsageError(
      `model: ${DEFAULT_MODEL} must stay as it is, got another one of this name. Pass --name.`
    );
  }
  const store = new FolderStore(options.models);
  const onunkept = (reason: string) => {
    throw new UsageError(
      `model: ${options.models} must take the files, got "${reason}". Make room and run it again.`
    );
  };
  await new ModelLibrary(store).download(source, { onprogress: showProgress, onunkept });
  writeCatalogue(foldersUrl(options.models));
  const record = await store.record(source.name);
  console.log(`${source.name} is in ${join(options.models, source.name)}`);
  for (const [file, { bytes, sha256 }] of Object.entries(record?.files ?? {})) {
    console.log(`  ${sha256}  ${file} (${megabytes(bytes ?? 0)})`);
  }
}

let shownPercent = -1;

function showProgress({ file, bytes, totalBytes, from }: TransferProgress): void {
  const percent = Math.floor((100 * bytes) / Math.max(1, totalBytes));
  if (percent === shownPercent) return;
  shownPercent = percent;
  const what = from === 'network' ? 'fetching' : 'reading';
  process.stderr.write(`${what} ${file}: ${megabytes(bytes)} of ${megabytes(totalBytes)} (${percent} %)\n`);
}

async function remove({ what, models }: ModelOptions): Promise<void> {
  if (what === DEFAULT_MODEL || !MODEL_NAME.test(what) || !existsSync(join(models, what, 'config.json'))) {
    throw new UsageError(
      `model: remove must be given a model that was added, got "${what}". See npm run model -- list.`
    );
  }
  await new FolderStore(models).remove(what);
  writeCatalogue(foldersUrl(models));
  console.log(`${what} is removed.`);
}

function list({ models }: ModelOptions): void {
  for (const { name, folder, parameters, dtype, bytes, licence } of makeCatalogue(foldersUrl(models))
    .models) {
    if (folder === undefined) continue;
    console.log(`${name}\t${parameters} parameters\t${dtype}\t${megabytes(bytes)}\t${licence}`);
  }
}

await runCommand(main);
