/** The values that the sources print, and how our library computes each. */
export { comparePrinted, compareTensor, type Comparison } from './compare.ts';
export { computeCheck } from './compute.ts';
export { CheckContext } from './context.ts';
export { padLeft, type PaddedBatch } from './padding.ts';
export type { CheckSpec, SourceValue } from './types.ts';
export { sourceValue, sourceValues, SOURCE_MODEL } from './values.ts';
export { isGpt2Small, verify, type Verdict } from './verify.ts';
