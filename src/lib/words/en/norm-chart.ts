import { inLanguage } from '../spoken.svelte';

/** The chart of norms by depth, as beside the first picture. */
export const normChartWords = inLanguage('normChartWords', {
  byDepth: 'Norm of the residual stream by depth',
  /** The picture in one sentence. */
  summary: (label: string, first: string, last: string) =>
    `${label}: from ${first} after the embeddings to ${last} after the last block`,
  block: 'Block',
  blockReads: (block: number, norm: string) => `block ${block} reads depth ${block}, norm ${norm}`,
  residPre: 'resid_pre of block 0',
  residPost: (block: number) => `resid_post of block ${block}`,
  /** `name` is `residPre` or `residPost`; {norm} is its norm. */
  depth: (depth: number, name: string) => `depth ${depth}, ${name}: {norm}`
});
