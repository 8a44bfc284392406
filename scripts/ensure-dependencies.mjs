import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const INSTALLED = 'node_modules/.package-lock.json';

/**
 * Installs what package-lock.json names unless it is there already. npm's own output goes to stderr, so that a
 * program's stdout stays its own. Ends the process if npm fails.
 */
export function ensureDependencies() {
  const fresh = existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync('package-lock.json').mtimeMs;
  if (fresh) return;
  process.stderr.write('Installing dependencies (npm ci) …\n');
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32'
  });
  if (status !== 0) {
    process.stderr.write('npm ci failed. Check the connection to the npm registry and try again.\n');
    process.exit(status ?? 1);
  }
}
