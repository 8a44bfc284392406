import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFiles } from '../../src/lib/gpt2/index.ts';
import { UsageError } from './usage-error.ts';

/**
 * A model folder on this disk.
 *
 * Throws: UsageError if there is no such folder; a file that is missing is told by whoever reads it.
 */
export function folderFiles(folder: string): ModelFiles {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--model must be a folder, got "${folder}". Pass one with config.json in it.`);
  }
  return { read: (name) => readFile(join(folder, name)) };
}
