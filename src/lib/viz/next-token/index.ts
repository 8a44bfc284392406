/** What comes next: the distribution at one position, before and after temperature, top-k and top-p. */
export { default as NextTokenBar } from './NextTokenBar.svelte';
export { default as NextTokenTable } from './NextTokenTable.svelte';
export { default as NextTokenView } from './NextTokenView.svelte';
export { default as TopToken } from './TopToken.svelte';
