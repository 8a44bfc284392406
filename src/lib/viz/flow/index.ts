export { SLIGHT } from './back';
export { default as FlowDifference } from './FlowDifference.svelte';
export { default as FlowView } from './FlowView.svelte';
export type { BlockReads, FlowTarget } from './types';
