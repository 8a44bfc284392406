/**
 * `npm run test:kinds [-- more arguments of vitest]`: opens every stored kind of checkpoint on wasm, cpu and webgl, with
 * every view. `npm test` opens a few of each. It takes some forty minutes on two cores, and needs build/.
 */
import { existsSync } from 'node:fs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runStep } from './run-step.mjs';

if (!existsSync('build/index.html')) {
  process.stderr.write('test:kinds: build/ must be there, got none. Run npm run build.\n');
  process.exit(2);
}
ensureDependencies();
const test = 'tests/e2e/models/kinds.test.ts';
process.exitCode = runStep(
  'vitest',
  ['run', '--config', 'tests/e2e/vitest.config.ts', test, ...process.argv.slice(2)],
  { TEST_KINDS: 'all' }
);
