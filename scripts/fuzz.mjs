/**
 * `npm run fuzz -- --minutes N`: runs every property test for its share of N minutes (10 unless told), each with a new
 * seed. What fails is printed with the seed and the smallest input that was found.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runStep } from './run-step.mjs';

const DEFAULT_MINUTES = '10';
const MS_PER_MINUTE = 60_000;
const USAGE_EXIT = 2;
const PROPERTY = /\bfc\.assert\(/g;

const minutes = Number(readMinutes());
if (!(minutes > 0))
  fail(`fuzz: --minutes must be a number above 0, got "${readMinutes()}". Try --minutes 10.`);

ensureDependencies();
const files = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && !path.startsWith('e2e'))
  .map((path) => ({ path: join('tests', path), properties: countIn(join('tests', path)) }))
  .filter(({ properties }) => properties > 0);
const properties = files.reduce((sum, file) => sum + file.properties, 0);
const share = Math.ceil((minutes * MS_PER_MINUTE) / properties);
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const report = join(folder, 'runs');
process.stdout.write(`${properties} properties in ${files.length} files, ${share} ms each\n`);
const code = runStep(
  'vitest',
  [
    'run',
    '--no-file-parallelism',
    `--testTimeout=${MS_PER_MINUTE + 10 * share}`,
    ...files.map(({ path }) => path)
  ],
  { FUZZ_MS: String(share), FUZZ_REPORT: report }
);
const runs = readFileSync(report, 'utf8').trim().split('\n').map(Number);
rmSync(folder, { recursive: true });
const total = runs.reduce((sum, count) => sum + count, 0);
process.stdout.write(`${total.toLocaleString('en')} inputs tried in ${runs.length} runs of properties\n`);
process.exitCode = code;

function readMinutes() {
  try {
    return parseArgs({ options: { minutes: { type: 'string', default: DEFAULT_MINUTES } } }).values.minutes;
  } catch (error) {
    return fail(`fuzz: ${/** @type {Error} */ (error).message} Try: npm run fuzz -- --minutes 10`);
  }
}

/** @param {string} path */
function countIn(path) {
  return [...readFileSync(path, 'utf8').matchAll(PROPERTY)].length;
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(USAGE_EXIT);
}
