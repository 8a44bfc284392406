/** `npm test`: installs what the tests need and runs every check; all of them, also after one has failed. */
import { ensureChromium } from './chromium.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runStep } from './run-step.mjs';

const CHECKS = [
  { name: 'format', program: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', program: 'eslint', args: ['.', '--max-warnings', '0'] },
  { name: 'sync', program: 'svelte-kit', args: ['sync'] },
  { name: 'types', program: 'svelte-check', args: ['--tsconfig', './tsconfig.json', '--fail-on-warnings'] },
  { name: 'unit and reference', program: 'vitest', args: ['run'] },
  { name: 'build', program: 'vite', args: ['build', '--logLevel', 'warn'] },
  { name: 'size', program: 'tsx', args: ['scripts/check-size.mjs'] },
  { name: 'browser', program: 'vitest', args: ['run', '--config', 'tests/e2e/vitest.config.ts'] }
];

ensureDependencies();
ensureChromium();
const failed = [];
for (const { name, program, args } of CHECKS) {
  process.stdout.write(`\n── ${name}\n`);
  if (runStep(program, args) !== 0) failed.push(name);
}
process.stdout.write(`\n${failed.length > 0 ? `Failed: ${failed.join(', ')}` : 'Every check passed.'}\n`);
process.stdout.write(`${CHECKS.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
