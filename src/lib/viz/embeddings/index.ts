export { default as EmbeddingsView } from './EmbeddingsView.svelte';
