import { openAsBlob, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  hubFolder,
  MODEL_NAME,
  parseAddress,
  RECORD_FILE,
  type ModelSource
} from '../../src/lib/engine/models/index.ts';
import { HUB_FILES, HUB_MODELS, HUB_REVISION } from '../catalogue/hub-models.ts';
import { UsageError } from '../command/usage-error.ts';
import type { ModelOptions } from './options.ts';
import { UNFINISHED } from './unfinished.ts';

/** What a model may be made of; only what its reader asks for is copied. */
const MODEL_FILE = /\.(json|txt|safetensors)$/;

/**
 * Where a model comes from: a name of the catalogue, a folder, a repository of the hub or an address.
 *
 * Throws: UsageError if it is none of them.
 */
export async function findSource({ what, name, hub }: ModelOptions): Promise<ModelSource> {
  const isNamed = HUB_MODELS.some((model) => model.name === what);
  if (!isNamed && statSync(what, { throwIfNoEntry: false })?.isDirectory()) return folderSource(what, name);
  const address = parseAddress(what, hub);
  const known = HUB_MODELS.find(({ id }) => address?.id === id && !address.isPart);
  if (known) {
    const files = HUB_FILES.map((file) => ({
      name: file,
      ...(file === 'model.safetensors' ? known.weights : {})
    }));
    const url = hubFolder(hub, known.id, known.revision ?? HUB_REVISION);
    return { name: checkedName(name ?? known.name), url, files, keep: true };
  }
  if (address) return { name: checkedName(name ?? address.name), url: address.url, files: [], keep: true };
  throw new UsageError(
    `model: what to add must be a model of the catalogue, owner/model, an address or a folder, got "${what}". ` +
      'Run it with --help.'
  );
}

async function folderSource(folder: string, name: string | null): Promise<ModelSource> {
  const names = readdirSync(folder).filter(
    (file) => MODEL_FILE.test(file) && file !== RECORD_FILE && statSync(join(folder, file)).isFile()
  );
  const blobs = await Promise.all(
    names.map(async (file) => ({ name: file, blob: await openAsBlob(join(folder, file)) }))
  );
  return { name: checkedName(name ?? basename(resolve(folder))), url: '', files: [], blobs, keep: true };
}

function checkedName(name: string): string {
  if (MODEL_NAME.test(name) && !UNFINISHED.test(name) && !name.startsWith('.')) return name;
  throw new UsageError(
    `model: --name must be of letters, digits, ".", "_" and "-", and end in neither .part nor .old, got "${name}". ` +
      'Choose another name.'
  );
}
