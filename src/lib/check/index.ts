/** The self-check: a model and a backend held beside known answers, in a worker of its own or on the command line. */
export { featureList, type Feature, type FeatureName } from './features';
export { checkBackend, type CheckListener } from './checker';
export type { CheckRequest, CheckResult } from './check-service';
export { CHECK_GROUPS, type CheckGroup, type CheckMemory, type CheckRow, type Speed } from './types';
export { summarize, type CheckSummary } from './summarize';
export { parseValuesFile, STORED_MODEL, type ValuesFile } from './values-file';
