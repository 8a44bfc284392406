export { default as ResidualMini } from './ResidualMini.svelte';
export { default as ResidualView } from './ResidualView.svelte';
export { default as StreamVectors } from './StreamVectors.svelte';
