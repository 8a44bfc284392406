/** Decoding: one token at a time, as a tree of beams, side by side, and the loss of a text. */
export { default as BeamView } from './beams/BeamView.svelte';
export { default as CompareView } from './compare/CompareView.svelte';
export type { ColumnOutput, ColumnSettings } from './compare/columns';
export { default as LossView } from './loss/LossView.svelte';
export { default as DecodeView } from './DecodeView.svelte';
export { decodeOnlySettings } from './steps/processor-rows';
export { default as StepsView } from './steps/StepsView.svelte';
export { default as ProposedSettings } from './ProposedSettings.svelte';
