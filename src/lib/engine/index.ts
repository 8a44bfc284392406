export { CellRunner, type CellRunnerOptions } from './sandbox/cell-runner';
export { Engine, isCancelled, type EngineClient } from './client';
export { giveTurn } from './early-worker';
export { fetchFirstRun } from './fetch-first-run';
export type { FirstRun, FirstRunFile, RunSource } from './first-run';
export { pack, unpack } from './packed';
export { fetchOpenTrace, fetchRecordings } from './fetch-recordings';
export { isNeedsWeights } from './needs-weights';
export type { RecordedEngine } from './recorded/recorded-engine';
export type { RecordRequest } from './recorded/record-run';

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
