/**
 * `npm run package`: builds the npm tarball and the Python wheel into packages/, and checks the tarball. Nothing is
 * published. `npm run package -- npm` leaves the wheel out, which needs Python and PyPI.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runStep } from './run-step.mjs';

const NPM = 'packages/npm';
const WHEELS = 'packages/python';
const PYTHON = process.platform === 'win32' ? 'python' : 'python3';

ensureDependencies();
// what they import is installed now
const { buildScripts } = await import('./package/build-scripts.mjs');
const { buildTypes } = await import('./package/build-types.mjs');
const { ENTRIES, isImported, npmManifest, WIDGET } = await import('./package/manifest.mjs');
const { writeLicences } = await import('./licences.mjs');

await buildNpm();
if (!process.argv.includes('npm')) await buildWheel();

async function buildNpm() {
  rmSync(NPM, { recursive: true, force: true });
  mkdirSync(NPM, { recursive: true });
  const dist = `${NPM}/dist`;
  const { views, ...library } = ENTRIES;
  // each by itself: a picture must not wait for TensorFlow.js, which the library alone needs
  await buildScripts(library, dist, { external: isImported });
  await buildScripts({ views }, dist, { external: isImported });
  await buildTypes(ENTRIES, dist, isImported);
  const manifest = npmManifest(JSON.parse(readFileSync('package.json', 'utf8')), dist);
  writeFileSync(`${NPM}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync('docs/package.md', `${NPM}/README.md`);
  cpSync('LICENSE', `${NPM}/LICENSE`);
  writeLicences(NPM);
  expectSuccess('publint', runStep('publint', [NPM, '--strict']));
  expectSuccess('attw', runStep('attw', ['--pack', NPM, '--profile', 'esm-only']));
  run('npm', ['pack', `./${NPM}`, '--pack-destination', 'packages', '--silent']);
}

async function buildWheel() {
  rmSync(WHEELS, { recursive: true, force: true });
  await buildScripts(WIDGET, 'python/gpt2_lens/static', { external: () => false, isOneFile: true });
  writeLicences('python/gpt2_lens/static');
  run(PYTHON, ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', WHEELS, './python']);
}

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const { status } = spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  expectSuccess(`${program} ${args.join(' ')}`, status ?? 1);
}

/** @param {string} what @param {number} status */
function expectSuccess(what, status) {
  if (status === 0) return;
  process.stderr.write(
    `package: ${what} must succeed, got exit code ${status}. What it says stands above.\n`
  );
  process.exit(1);
}
