export { CellRunner, type CellRunnerOptions } from './cell-runner';
export { Engine, isCancelled } from './client';
export * from './protocol';
export {
  hubFolder,
  isSameAddress,
  isWeights,
  parseAddress,
  MODEL_NAME,
  WEIGHTS_FILE,
  type ModelAddress
} from './models';
