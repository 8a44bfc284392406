export { default as QkvView } from './QkvView.svelte';
