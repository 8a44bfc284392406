/**
 * Runs a TypeScript file in Node: `node scripts/run-ts.mjs <file.ts> [arguments]`.
 * Arguments, stdin, stdout and the exit code pass through; no shell is involved.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const USAGE_EXIT = 2;
const root = fileURLToPath(new URL('..', import.meta.url));
const [file, ...args] = process.argv.slice(2);

if (!file) {
  console.error('Usage: node scripts/run-ts.mjs <file.ts> [arguments]');
  process.exit(USAGE_EXIT);
}
if (!existsSync(new URL('../node_modules/tsx', import.meta.url))) install();

const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file, ...args], {
  stdio: 'inherit'
});
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  else process.exitCode = code ?? 1;
});

/** Installs the locked dependencies; npm's chatter goes to stderr, so that stdout stays the program's. */
function install() {
  const npm = process.env.npm_execpath;
  const [command, ...rest] = npm ? [process.execPath, npm, 'ci'] : ['npm', 'ci'];
  const { status, error } = spawnSync(command, rest, {
    cwd: root,
    stdio: ['ignore', process.stderr, 'inherit']
  });
  if (status === 0) return;
  console.error(
    `run-ts: npm ci failed (${error?.message ?? `exit code ${status}`}). Check the connection and run it again.`
  );
  process.exit(1);
}
