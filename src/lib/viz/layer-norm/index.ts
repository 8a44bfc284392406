export { default as LayerNormMini } from './LayerNormMini.svelte';
export { default as LayerNormView } from './LayerNormView.svelte';
