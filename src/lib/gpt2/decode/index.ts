/** Decoding: from logits to text. */
export {
  byProcessor,
  PROCESSOR_NAMES,
  PROCESSORS,
  processScores,
  SAMPLING_NAMES,
  type ProcessedScores,
  type ProcessorName,
  type ProcessorStep
} from './processors.ts';
export { DEFAULT_SETTINGS, pickSettings, type DecodingSettings } from './settings.ts';
export type { SamplingSettings } from './table.ts';
export type * from './types.ts';
export { generate, generateAll, generateBatch } from './generate.ts';
export { padLeft, type LeftPadded } from './pad-left.ts';
export { runBatch, type BatchOptions, type BatchResult } from './run-batch.ts';
