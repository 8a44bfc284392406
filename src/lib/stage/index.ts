/** Draws any view from the page's state: connects a picture to what it reads and says. */
export { default as Drawing } from './Drawing.svelte';
export { default as Stage } from './Stage.svelte';
export { pythonRunOf } from './python-run';
export type { StageProps } from './stage-props';
