import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel, type Gpt2Model, type ModelFiles } from '../../src/lib/gpt2/index.ts';
import { isUsersError, UsageError } from './usage-error.ts';

/**
 * A model folder on this disk.
 *
 * Throws: UsageError if there is no such folder; whoever reads a file that is missing says so.
 */
export function folderFiles(command: string, folder: string): ModelFiles {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(
      `${command}: --model must be a folder, got "${folder}". Pass one with config.json in it.`
    );
  }
  return { read: (name) => readFile(join(folder, name)), names: () => readdir(folder) };
}

/**
 * Loads a model folder.
 *
 * Throws: UsageError that names the folder, if something is wrong with its files.
 */
export async function loadFolder(command: string, folder: string, files: ModelFiles): Promise<Gpt2Model> {
  try {
    return await loadModel(files);
  } catch (error) {
    if (!isUsersError(error)) throw error;
    throw new UsageError(`${command}: ${folder}: ${error.message}`, { cause: error });
  }
}
