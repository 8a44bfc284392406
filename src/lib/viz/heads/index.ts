export { default as HeadsView } from './HeadsView.svelte';
export type { HeadsSettings } from './types';
