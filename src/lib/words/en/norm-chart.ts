import { inLanguage } from '../spoken.svelte';

/** The chart of norms by depth, as beside the first picture. */
export const normChartWords = inLanguage('normChartWords', {
  byDepth: 'Norm of the residual stream by depth',
  /** The picture in one sentence. */
  summary: (label: string, first: string, last: string) =>
    `${label}: from ${first} after the embeddings to ${last} after the last block`,
  block: 'Block',
  /** `place` as depthWords say it: "after block 9". */
  blockReads: (block: number, place: string, norm: string) =>
    `block ${block} reads the stream ${place}, norm ${norm}`,
  /** Under the numbers of the axis. */
  axis: 'after block',
  /** `name` and `tensor` as depthWords say them; {norm} is its norm. */
  depth: (name: string, tensor: string) => `${name}, ${tensor}: {norm}`
});
