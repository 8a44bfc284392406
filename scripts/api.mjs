/** `npm run api`: writes the API reference of the npm package into packages/api. */
import { writeApi } from './api-reference.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';

ensureDependencies();
process.exitCode = writeApi('packages/api');
