import { openAsBlob, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { hubFolder, MODEL_NAME, parseAddress, type ModelSource } from '../../src/lib/engine/models/index.ts';
import { HUB_FILES, HUB_MODELS, HUB_REVISION } from '../catalogue/hub-models.ts';
import { UsageError } from '../command/usage-error.ts';
import type { ModelOptions } from './options.ts';

const FOLDER_FILES = [...HUB_FILES, 'tokenizer.json', 'CARD.md'];

/**
 * Where a model comes from: a name of the catalogue, a folder, a repository of the hub or an address.
 *
 * Throws: UsageError if it is none of them.
 */
export async function findSource({ what, name, hub }: ModelOptions): Promise<ModelSource> {
  const known = HUB_MODELS.find((model) => model.name === what);
  if (known) {
    const files = HUB_FILES.map((file) => ({
      name: file,
      ...(file === 'model.safetensors' ? known.weights : {})
    }));
    const url = hubFolder(hub, known.id, known.revision ?? HUB_REVISION);
    return { name: checkedName(name ?? known.name), url, files, keep: true };
  }
  if (statSync(what, { throwIfNoEntry: false })?.isDirectory()) return folderSource(what, name);
  const address = parseAddress(what, hub);
  if (address) return { name: checkedName(name ?? address.name), url: address.url, files: [], keep: true };
  throw new UsageError(
    `model: what to add must be a model of the catalogue, owner/model, an address or a folder, got "${what}". ` +
      'Run it with --help.'
  );
}

async function folderSource(folder: string, name: string | null): Promise<ModelSource> {
  const names = readdirSync(folder).filter((file) => FOLDER_FILES.includes(file));
  const blobs = await Promise.all(
    names.map(async (file) => ({ name: file, blob: await openAsBlob(join(folder, file)) }))
  );
  return { name: checkedName(name ?? basename(resolve(folder))), url: '', files: [], blobs, keep: true };
}

function checkedName(name: string): string {
  if (MODEL_NAME.test(name) && !/^\.+$/.test(name)) return name;
  throw new UsageError(
    `model: --name must be of letters, digits, ".", "_" and "-", got "${name}". Choose another name.`
  );
}
