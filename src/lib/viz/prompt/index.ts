/** The prompt: its text, its tokens and their count against the model's limit. */
export { default as PromptChips } from './PromptChips.svelte';
export { default as PromptFit } from './PromptFit.svelte';
export { default as PromptEditor } from './PromptEditor.svelte';
export type { PromptExample, PromptStatus } from './types';
export { default as ChipColours } from './ChipColours.svelte';
export { chipFills, chipScale } from './chip-fills';
