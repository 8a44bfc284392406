import { inLanguage } from '../spoken.svelte';

/** The Logit lens view: what its colours show, the followed token, the table as text. */
export const lensViewWords = inLanguage('lensViewWords', {
  title: 'Logit lens',
  say: (matrix: string) =>
    `What the model would say next if it stopped at this depth: the residual stream there goes through ln_f once, then ${matrix}. Read a column from the bottom (embedding) to the top (output).`,
  sayWithout: (matrix: string) =>
    `What the residual stream at this depth would say without ln_f: as it is, times ${matrix}. The model never reads it so; its own last row, which KL compares with, has ln_f once.`,
  inside: 'rows inside the blocks',
  ln_f: 'ln_f applied',
  ln_fWhy: 'Off: the stream is read without the last LayerNorm, to see what that does',
  colourShows: 'Colour shows',
  measures: {
    probability: 'probability',
    rank: 'rank',
    entropy: 'entropy',
    kl: 'KL to the last row',
    nextRank: 'rank of the next token',
    crossEntropy: 'cross-entropy'
  },
  measuresWhy: {
    probability: "Probability of the cell's top token",
    rank: 'Rank of the followed token, 1 = best',
    entropy: 'How uncertain the row is, in nats',
    kl: 'KL(last row ‖ this row), in nats',
    nextRank: 'Rank of the token that the prompt has next, 1 = best',
    crossEntropy: '−ln of the probability of the token that the prompt has next, in nats'
  },
  /** Under a list of tokens; `source` says which activation it reads. */
  reads: (source: string, ln_f: boolean) =>
    `${source}. Probability and logit (nats), ${ln_f ? 'after' : 'without'} ln_f.`,
  followActual: (token: string) => `Follow ${token}, the next token in the prompt`,
  followOne: 'Click a cell to follow its top token through the depths; click the cell again to stop.',

  following: (token: string) => `Following ${token}`,
  stopFollowing: 'Stop following',
  readAt: (position: number) => `Read at position ${position}.`,
  readAtFirst: (position: number) => `Read at position ${position}, where the last row puts it first.`,
  /** `place` as depthWords say it: "after block 9". */
  stop: (rank: string, place: string) => `${rank} ${place}`,
  ranks: (token: string, stops: readonly string[]) => `${token}: rank ${stops.join(', ')}.`,
  sameRank: (token: string, stop: string) => `${token}: rank ${stop} and at every depth after it.`,
  ranksPending: (token: string) => `${token}: its ranks are being computed.`,
  rankByDepth: 'Rank by depth (log scale, 1 on top)',
  probabilityByDepth: 'Probability by depth (√ scale)',
  /** The charts in words; `track` is the sentence about the ranks. */
  rankChart: (track: string) => `Rank by depth. ${track}`,
  probabilityChart: (track: string) => `Probability by depth. ${track}`,

  table: (token: string, position: number) =>
    `The logit lens after ${token} at position ${position}, by depth`,
  columns: {
    depth: 'depth',
    token: 'top token',
    probability: 'probability',
    logit: 'logit (nats)',
    entropy: 'entropy (nats)',
    kl: 'KL to the last row (nats)',
    next: {
      rank: 'rank of the next token in the prompt',
      crossEntropy: 'cross-entropy of the next token, −ln p (nats)'
    },
    rank: 'rank of the followed token',
    followed: 'its probability',
    crossEntropy: 'its cross-entropy, −ln p (nats)'
  }
});
