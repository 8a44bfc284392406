/** `npm run api`: writes the API reference of the npm package into packages/api. */
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runStep } from './run-step.mjs';

ensureDependencies();
process.exitCode = runStep('typedoc', ['--options', 'scripts/package/typedoc.json']);
