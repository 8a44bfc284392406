import { spawnSync } from 'node:child_process';

/**
 * Runs one program of node_modules/.bin with its output on this terminal.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [environment] added to the current one
 * @returns {number} its exit code
 */
export function runStep(program, args, environment = {}) {
  const windows = process.platform === 'win32';
  const { status } = spawnSync(`node_modules/.bin/${program}`, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: windows
  });
  return status ?? 1;
}
