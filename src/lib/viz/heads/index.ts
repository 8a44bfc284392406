export { default as HeadsView } from './HeadsView.svelte';
export { TEXT_LENGTH, TEXT_ROWS, type HeadsSettings, type TextState } from './types';
