export { default as ModelMap } from './ModelMap.svelte';
export type { MapPart } from './stops';
