/** `npm run package`: builds the npm tarball into packages/ and checks it. Nothing is published. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runStep } from './run-step.mjs';

const NPM = 'packages/npm';

ensureDependencies();
// what they import is installed now
const { buildScripts } = await import('./package/build-scripts.mjs');
const { buildTypes } = await import('./package/build-types.mjs');
const { ENTRIES, isImported, npmManifest } = await import('./package/manifest.mjs');
const { writeLicences } = await import('./licences.mjs');

rmSync(NPM, { recursive: true, force: true });
mkdirSync(NPM, { recursive: true });
const dist = `${NPM}/dist`;
const { views, ...library } = ENTRIES;
// each by itself: a picture must not wait for TensorFlow.js, which the library alone needs
await buildScripts(library, dist, isImported);
await buildScripts({ views }, dist, isImported);
await buildTypes(ENTRIES, dist, isImported);
const manifest = npmManifest(JSON.parse(readFileSync('package.json', 'utf8')), dist);
writeFileSync(`${NPM}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
cpSync('docs/package.md', `${NPM}/README.md`);
cpSync('LICENSE', `${NPM}/LICENSE`);
writeLicences(NPM);
expectSuccess('publint', runStep('publint', [NPM, '--strict']));
expectSuccess('attw', runStep('attw', ['--pack', NPM, '--profile', 'esm-only']));
const pack = ['pack', `./${NPM}`, '--pack-destination', 'packages', '--silent'];
const { status } = spawnSync('npm', pack, { stdio: 'inherit', shell: process.platform === 'win32' });
expectSuccess('npm pack', status ?? 1);

/** @param {string} what @param {number} status */
function expectSuccess(what, status) {
  if (status === 0) return;
  process.stderr.write(
    `package: ${what} must succeed, got exit code ${status}. What it says stands above.\n`
  );
  process.exit(1);
}
