export { CellRunner, type CellRunnerOptions } from './cell-runner';
export { Engine, isCancelled } from './client';
export * from './protocol';
export { hubFolder, parseAddress, MODEL_NAME, type ModelAddress } from './models';
