/** Why a model predicts what it does: edits, parts of a logit, and where two prompts differ. */
export { default as WhyView } from './WhyView.svelte';
export type { PairName } from './types';
