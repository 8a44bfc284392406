/** Fails if the JavaScript that a browser must have before the engine starts has grown over its limit. */
import { scriptsBeforeEngine } from './page-size.mjs';

const LIMIT_BYTES = 200_000; // gzip
const KILO = 1000;

const sizes = scriptsBeforeEngine(process.argv[2] ?? 'build');
const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
const kilobytes = (/** @type {number} */ bytes) => `${(bytes / KILO).toFixed(1)} kB`;
const summary = `${kilobytes(total)} gzip of JavaScript before the engine starts; the limit is ${kilobytes(LIMIT_BYTES)}`;
if (total <= LIMIT_BYTES) process.stdout.write(`${summary}\n`);
else {
  for (const [path, bytes] of sizes) process.stderr.write(`${kilobytes(bytes).padStart(10)}  ${path}\n`);
  process.stderr.write(`check-size: ${summary}. Load what the first picture does not need later.\n`);
  process.exitCode = 1;
}
