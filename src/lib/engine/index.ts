export { CellRunner, type CellRunnerOptions } from './sandbox/cell-runner';
export { Engine, isCancelled } from './client';
export type { MeasureName, MeasureOptions, MeasureResult, MeasureStep } from './measures';
export type { SentEdits } from './measuring';
export type * from './survey-types';
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
