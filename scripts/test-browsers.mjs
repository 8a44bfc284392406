/**
 * `npm run test:browsers -- <chromium|firefox|webkit> <path of its program> [test files]`: the browser tests in another
 * browser that Playwright can drive. Firefox and WebKit must be Playwright's own builds.
 */
import { existsSync } from 'node:fs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runStep } from './run-step.mjs';

const KINDS = ['chromium', 'firefox', 'webkit'];
const USAGE = 'npm run test:browsers -- <chromium|firefox|webkit> <path of its program> [test files]';
const USAGE_EXIT = 2;

const [kind = '', path = '', ...files] = process.argv.slice(2);
if (!KINDS.includes(kind)) fail(`the first argument must be one of ${KINDS.join(', ')}, got "${kind}"`);
if (!existsSync(path)) fail(`the second argument must be the browser's program, got "${path}"`);
if (!existsSync('build/index.html')) fail('build/ must be there, got none. Run npm run build');

ensureDependencies();
process.exitCode = runStep('vitest', ['run', '--config', 'tests/e2e/vitest.config.ts', ...files], {
  TEST_BROWSER: kind,
  TEST_BROWSER_PATH: path
});

/** @param {string} problem @returns {never} */
function fail(problem) {
  process.stderr.write(`test:browsers: ${problem}.\n${USAGE}\n`);
  process.exit(USAGE_EXIT);
}
