export { default as GapBars } from './GapBars.svelte';
export { default as ShareStrip } from './ShareStrip.svelte';
