import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Writes the run that the explorer's first picture is drawn from into a built site (first-run.ts).
 *
 * Throws: Error with what it said, if it fails: the weights are not those that the catalogue names.
 *
 * @param {string} folder
 */
export function recordFirstRun(folder) {
  const args = [path('run-ts.mjs'), path('first-run.ts'), '--site', folder];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
}
