/**
 * Puts models into static/models, so that this copy of GPT-2 Lens serves them itself: `npm run model -- --help`.
 * Exit code 0; 2 with one line on stderr where the arguments, the server or the files are wrong.
 */
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MODEL_NAME, RECORD_FILE } from '../src/lib/engine/models/index.ts';
import { DEFAULT_MODEL, makeCatalogue, writeCatalogue } from './catalogue.ts';
import { runCommand } from './command/run-command.ts';
import { UsageError } from './command/usage-error.ts';
import { addModel } from './model/add.ts';
import { FolderStore } from './model/folder-store.ts';
import { megabytes } from './model/megabytes.ts';
import { parseOptions, USAGE, type ModelOptions } from './model/options.ts';

const foldersUrl = (models: string) => pathToFileURL(models + sep);
/** A folder that cannot be listed keeps nobody from the others. */
const sayUnlisted = (name: string, reason: string) =>
  void process.stderr.write(`model: ${name} is not listed: ${reason}\n`);

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) console.log(USAGE);
  else if (options.command === 'add') await add(options);
  else if (options.command === 'remove') await remove(options);
  else list(options);
}

async function add(options: ModelOptions): Promise<void> {
  const { name, files, notes } = await addModel(options);
  writeCatalogue(foldersUrl(options.models), sayUnlisted);
  console.log(`${name} is in ${join(options.models, name)}`);
  for (const note of notes) console.log(`  ${note}`);
  for (const [file, { bytes, sha256 }] of Object.entries(files)) {
    console.log(`  ${sha256}  ${file} (${megabytes(bytes ?? 0)})`);
  }
}

async function remove({ what, models }: ModelOptions): Promise<void> {
  const isStarted = [what, `${what}.part`].some((name) => existsSync(join(models, name, RECORD_FILE)));
  const isModel = isStarted || existsSync(join(models, what, 'config.json'));
  if (what === DEFAULT_MODEL || !MODEL_NAME.test(what) || !isModel) {
    throw new UsageError(
      `model: remove must be given a model that was added, got "${what}". See npm run model -- list.`
    );
  }
  const store = new FolderStore(models);
  for (const name of [what, `${what}.part`]) await store.remove(name);
  writeCatalogue(foldersUrl(models), sayUnlisted);
  console.log(`${what} is removed.`);
}

function list({ models }: ModelOptions): void {
  const { models: entries } = makeCatalogue(foldersUrl(models), undefined, sayUnlisted);
  for (const { name, folder, parameters, dtype, bytes, licence } of entries) {
    if (folder === undefined) continue;
    console.log(`${name}\t${parameters} parameters\t${dtype}\t${megabytes(bytes)}\t${licence}`);
  }
}

await runCommand(main);
