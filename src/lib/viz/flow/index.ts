export { default as FlowView } from './FlowView.svelte';
