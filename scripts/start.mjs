/** `npm start`: installs, builds and serves the explorer. */
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runStep } from './run-step.mjs';

ensureDependencies();
const built = runStep('vite', ['build', '--logLevel', 'warn']);
if (built !== 0) process.exit(built);
await import('./serve.mjs');
