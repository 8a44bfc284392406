/** Adds a model to static/models: fetched or copied beside, checked, perhaps converted, and only then put in its place. */
import {
  constants,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync
} from 'node:fs';
import { join } from 'node:path';
import type { Reason } from '../../src/lib/words/reason.ts';
import {
  isSameAddress,
  isWeights,
  licenceOfCard,
  ModelLibrary,
  type KeptRecord,
  type ModelSource,
  type TransferProgress
} from '../../src/lib/engine/models/index.ts';
import { DEFAULT_MODEL } from '../catalogue.ts';
import { isUsersError, UsageError } from '../command/usage-error.ts';
import { findSource } from './find-source.ts';
import { FolderStore } from './folder-store.ts';
import { convertFolder } from './convert-folder.ts';
import { megabytes } from './megabytes.ts';
import type { NarrowDtype } from '../../src/lib/gpt2/checkpoint/narrow.ts';
import type { ModelOptions } from './options.ts';

export interface AddedModel {
  readonly name: string;
  readonly files: KeptRecord['files'];
  /** What else is to be said, a line each. */
  readonly notes: readonly string[];
}

/**
 * Fetches or copies a model, and checks every tensor of it. Until all of it is there, what was there before stays.
 *
 * Throws: UsageError, or an error of the files, the server or the connection.
 */
export async function addModel(options: ModelOptions): Promise<AddedModel> {
  const source = await findSource(options);
  const { models, what } = options;
  const target = join(models, source.name);
  const store = new FolderStore(models);
  if (source.name === DEFAULT_MODEL) {
    throw new UsageError(
      `model: ${DEFAULT_MODEL} must stay as it is, got another one of this name. Pass --name.`
    );
  }
  if (source.blobs && existsSync(target) && realpathSync(what) === realpathSync(target)) {
    throw new UsageError(
      `model: what to add must be a folder outside ${models}, got "${what}", which is there already. ` +
        'To list it, run npm run model -- list; to change it, add it from elsewhere.'
    );
  }
  await expectSameOrigin(source, store, models);
  const part = `${source.name}.part`;
  if (!existsSync(join(models, part)) && existsSync(target) && !source.blobs) {
    cpSync(target, join(models, part), { recursive: true, mode: constants.COPYFILE_FICLONE });
  }
  await fill({ ...source, name: part }, store, options);
  const notes = options.dtype ? await convert(options, options.dtype, store, part) : [];
  await noteLicence(options, source, store, part);
  replaceFolder(target, join(models, part));
  return { name: source.name, files: (await store.record(source.name))?.files ?? {}, notes };
}

/** Throws: UsageError if a model of this name came from elsewhere: it would be lost. */
async function expectSameOrigin(source: ModelSource, store: FolderStore, models: string): Promise<void> {
  const there = await store.record(source.name);
  if (!there || isSameAddress(there.url, source.url)) return;
  const from = there.url === '' ? 'a folder' : there.url;
  throw new UsageError(
    `model: ${source.name} must be a new name, got one that ${models} has from ${from}. ` +
      `Pass --name, or run npm run model -- remove ${source.name} first.`
  );
}

/** Converts the finished folder; where that cannot be, it is of no use to who asked for it. */
async function convert(
  { models }: ModelOptions,
  dtype: NarrowDtype,
  store: FolderStore,
  part: string
): Promise<string[]> {
  try {
    return await convertFolder(join(models, part), dtype, store, part);
  } catch (error) {
    rmSync(join(models, part), { recursive: true, force: true });
    throw error;
  }
}

/** Brings the files into the unfinished folder; where it fails, what is worth continuing with stays. */
async function fill(source: ModelSource, store: FolderStore, { models }: ModelOptions): Promise<void> {
  const folder = join(models, source.name);
  const onnotkept = ({ code, detail = code }: Reason) => {
    throw new UsageError(
      `model: ${models} must take the files, got "${detail}". Make room and run it again.`
    );
  };
  try {
    const onprogress = (progress: TransferProgress) => showProgress(progress, source.blobs !== undefined);
    await new ModelLibrary(store).download(source, { onprogress, onnotkept });
  } catch (error) {
    const isStarted = !source.blobs && hasWeights(folder);
    if (!isStarted) rmSync(folder, { recursive: true, force: true });
    if (!isStarted || !isUsersError(error)) throw error;
    const rest = `What has arrived is in ${folder}; run the command again to continue.`;
    throw new UsageError(`${error.message} ${rest}`, { cause: error });
  }
}

const hasWeights = (folder: string): boolean =>
  existsSync(folder) &&
  readdirSync(folder).some((file) => isWeights(file) && statSync(join(folder, file)).size > 0);

/** The licence on the card of a folder: of the hub's, the download has asked already. */
async function noteLicence(
  { what }: ModelOptions,
  source: ModelSource,
  store: FolderStore,
  part: string
): Promise<void> {
  const card =
    source.blobs && ['README.md', 'CARD.md'].map((name) => join(what, name)).find((path) => existsSync(path));
  const record = await store.record(part);
  if (!card || !record) return;
  await store.writeRecord(part, { ...record, licence: licenceOfCard(readFileSync(card, 'utf8')) });
}

/** The finished folder takes the place of the old one, which is there until then. */
function replaceFolder(target: string, finished: string): void {
  const old = `${target}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(finished, target);
  rmSync(old, { recursive: true, force: true });
}

let shownPercent = -1;

function showProgress({ file, bytes, totalBytes, from, wait }: TransferProgress, isLocal: boolean): void {
  if (wait) {
    const text =
      wait.kind === 'silent' ? `no byte for ${wait.seconds} s` : `next attempt in ${wait.seconds} s`;
    process.stderr.write(`waiting for ${file}: ${text}\n`);
    return;
  }
  if (totalBytes === 0) return;
  const percent = Math.floor((100 * bytes) / totalBytes);
  if (percent === shownPercent) return;
  shownPercent = percent;
  const arriving = isLocal ? 'copying' : 'fetching';
  const what = from === 'network' ? arriving : 'reading';
  process.stderr.write(`${what} ${file}: ${megabytes(bytes)} of ${megabytes(totalBytes)} (${percent} %)\n`);
}
