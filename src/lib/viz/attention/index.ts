/** What each head reads: small maps of all heads, one large as a matrix or as links, and how each cell came about. */
export { default as AttentionArcs } from './AttentionArcs.svelte';
export { default as AttentionView } from './AttentionView.svelte';
export { rowStories, storyLines, type CellStory } from './cell-story';
export { describeHead } from './head-facts';
export type { BlockAttention, Form, HeadShape, HeadsShown, Stage } from './scores';
