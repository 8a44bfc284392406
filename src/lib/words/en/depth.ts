import { inLanguage } from '../spoken.svelte';

/** What the depths of the residual stream are called. */
export const depthWords = inLanguage('depthWords', {
  embed: 'embed',
  /** On an axis. */
  tick: 'emb',
  atEmbedding: 'at the embedding',
  after: (block: number) => `after ${block}`,
  afterBlock: (block: number) => `after block ${block}`,
  /** After a block's attention, before its MLP. */
  inside: (block: number) => `in ${block}`,
  insideBlock: (block: number) => `after the attention of block ${block}`,
  residPre: 'resid_pre of block 0',
  residPost: (block: number) => `resid_post of block ${block}`
});
