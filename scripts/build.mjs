/**
 * `npm run build`: the site as it is put on a host, with the API reference of the npm package in `api/`. `npm start` and the
 * tests build without it: it takes 10 to 26 s, and 5 MB.
 */
import { writeApi } from './api-reference.mjs';
import { runStep } from './run-step.mjs';

const WITH_API = { VITE_API_REFERENCE: 'api/' }; // the list of lessons links to it
const built = runStep('vite', ['build', '--logLevel', 'warn'], WITH_API);
process.exitCode = built === 0 ? writeApi('build/api') : built;
