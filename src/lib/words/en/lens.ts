import { integer } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The logit lens as a table, under the attention and in a view of its own. */
export const lensWords = inLanguage('lensWords', {
  source: {
    embedding: 'resid_pre of block 0: the embedding, before any block',
    output: (block: number) => `resid_post of block ${block}: the model's output`,
    inside: (block: number) => `resid_mid of block ${block}: after its attention, before its MLP`,
    block: (block: number, reader: number) => `resid_post of block ${block}: what block ${reader} reads`
  },
  column: (position: number, token: string) =>
    `position ${position} reads ${token} and predicts the next token`,

  summary: (depths: number, positions: number) =>
    `Logit lens, ${depths} depths by ${positions} positions. Being computed.`,
  summaryWith: (
    depths: number,
    positions: number,
    token: string,
    position: number,
    top: string,
    probability: string
  ) =>
    `Logit lens, ${depths} depths by ${positions} positions. After ${token} at position ${position} the last row says ${top}, ${probability}.`,
  /** `row` as depthWords say it: "after block 9". */
  cell: (row: string, token: string, position: number) => `${row}, at ${token}, position ${position}`,
  cellPending: (cell: string) => `${cell}: being computed`,
  /** `measure`: the rank, entropy or KL in words. */
  cellSays: (cell: string, top: string, probability: string, measure: string | null) =>
    `${cell}: ${top}, ${probability}${measure === null ? '' : `, ${measure}`}`,
  place: (row: string, token: string) => `${row}, at ${token}`,

  klUnit: 'nats (log scale: even steps of ln(1 + KL))',
  crossEntropyUnit: 'nats (log scale: even steps of ln(1 + cross-entropy))',
  rankUnit: 'rank (log scale)',
  rank: (rank: number) => `rank ${integer(rank)}`,
  entropy: (nats: string) => `entropy ${nats} nats`,
  kl: (nats: string) => `KL ${nats} nats`,
  nextRank: (rank: number) => `the next token's rank ${integer(rank)}`,
  crossEntropy: (nats: string) => `cross-entropy ${nats} nats`,
  showsNextRank: (vocab_size: number) =>
    `Colour: rank of the token that the prompt has next among ${integer(vocab_size)}, 1 = best. The last position has none.`,
  showsCrossEntropy:
    'Colour: −ln of the probability of the token that the prompt has next, its cross-entropy. The last position has none.',
  showsProbability: "Colour: the probability of the cell's top token.",
  showsKl:
    'Colour: KL(last row ‖ this row), how far this row still is from the final prediction; 0 in the last row.',
  showsEntropy: (vocab_size: number, most: string) =>
    `Colour: entropy of the whole distribution, 0 (certain) to ln ${integer(vocab_size)} = ${most} nats (all tokens equally likely).`,
  showsRank: (token: string, vocab_size: number) =>
    `Colour: rank of ${token} among ${integer(vocab_size)} tokens, 1 = best.`,
  showsNoRank: 'Colour: rank of the followed token. None is followed yet: click a cell.',

  top: (count: number) => `Top ${count}`,
  token: 'token',
  probability: 'probability',
  logit: 'logit',
  follow: (token: string) => `Follow ${token}`,
  pending: 'Being computed.'
});
