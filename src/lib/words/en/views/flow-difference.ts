import { counted } from '../../numbers';
import { inLanguage } from '../../spoken.svelte';

/** Flow in run B minus Flow in run A. {a token's name} in braces stands for the token itself. */
export const flowDifferenceWords = inLanguage('flowDifferenceWords', {
  title: 'Flow, B − A',
  reads: {
    more: (block: number, share: string, slot: string) =>
      `block ${block} reads ${share} more of the row from {${slot}}`,
    less: (block: number, share: string, slot: string) =>
      `block ${block} reads ${share} less of the row from {${slot}}`
  },
  at: (readings: readonly string[]) => `At {at}, in B beside A, ${readings.join(', ')}`,
  nothing: (threshold: string) =>
    `At {at}, no block of B reads ${threshold} of the row or more differently than A from one earlier token`,
  /** `change`: "+3.2 pp". */
  madeOf: (changes: readonly string[]) =>
    `Followed back through all rows and blocks, what the end of {at} comes from differs in B most at ${changes.join(', ')}`,
  madeOfSame:
    'Followed back through all rows and blocks, the end of {at} comes from the same tokens in both runs, in equal parts',
  origin: (slot: string, position: number, change: string) => `{${slot}} (position ${position}: ${change})`,
  stays: (a: string, b: string) => `; the best next token stays {next} (A ${a}, B ${b}).`,
  becomes: (a: string, b: string) => `; the best next token is {next} in A (${a}) and {other} in B (${b}).`,
  waiting: 'The links of this row are being computed in both runs.',
  onlyInA: 'The selected token stands in run A alone, so there is nothing to subtract. Select another one.',
  unaligned: 'Tokens that only one of the runs has are left out.',
  drawn: (drawn: number, count: number, hidden: string) =>
    `of difference: ${drawn} of ${counted(count, { one: 'link', other: 'links' })} drawn; at most ${hidden} of the row hidden in one block`,
  drawnOfEnd: (drawn: number, count: number, hidden: string) =>
    `of difference: ${drawn} of ${counted(count, { one: 'link', other: 'links' })} of all rows drawn; at most ${hidden} of the end hidden in one block`,
  aloneIn: (a: string, b: string) => `From them comes ${a} of the end in A and ${b} in B.`,
  backIsShort: (most: number) =>
    `In prompts of more than ${most} tokens each run would follow other rows back: the links of the selected row are shown.`,
  ofTheEnd: 'share of the selected row’s end',
  band: (first: number, last: number) => `${first} to ${last}`,
  endedA: 'if it ended: A',
  endedB: 'B',
  picture: (T: number, n_layer: number, position: number) =>
    `Flow, B minus A: ${counted(T, { one: 'token', other: 'tokens' })} through ${n_layer} blocks, row of position ${position}. Left and right arrow keys move by a block, up and down through its parts, Page Up and Page Down by a row; Enter selects the row.`,
  mlp: (block: number) => `Block ${block}: the MLP adds to {at}`,
  stream: (block: number) =>
    block < 0
      ? 'Residual stream of {at} after the embeddings'
      : `Residual stream of {at} after block ${block}`,
  streamOfBand: (first: number, last: number, block: number) =>
    block < 0
      ? `Residual streams of positions ${first} to ${last} after the embeddings, mean`
      : `Residual streams of positions ${first} to ${last} after block ${block}, mean`,
  lens: (block: number) =>
    block < 0 ? 'Logit lens of {at} after the embeddings' : `Logit lens of {at} after block ${block}`,
  share: 'share of the row after it',
  own: 'the row’s own stream',
  head: 'strongest head',
  ratio: '‖mlp_out‖ / ‖resid_pre‖',
  norm: 'norm ‖x‖',
  best: 'best next token',
  probability: 'probability',
  legend: {
    sign: 'Blue: more in B. Orange, and dashed for links: less in B than in A. On paper and without colours, full bars: more; empty bars: less.',
    links: (unit: string) =>
      `Links: 1 px = ${unit} of the row after it that B reads more or less; at the link in percentage points (pp).`,
    backLinks: (unit: string) =>
      `Links: 1 px = ${unit} of the selected row’s end that comes this way in B more or less than in A; at the link in percentage points (pp).`,
    backStreams: (unit: string) =>
      `Bars on the rows: how much more or less of the selected row’s end goes through here; 1 px = ${unit} of the end.`,
    streams: (unit: string) =>
      `Bars on the rows: how much the stream’s norm differs; 1 px = ${unit} of norm.`,
    sameStreams: 'Bars on the rows: how much the two runs differ there; here nowhere.',
    ticks: (unit: string, cut: string) =>
      `Ticks: ‖mlp_out‖ / ‖resid_pre‖, above the line what grew, below it what shrank; 1 px = ${unit}, cut at ${cut}.`,
    lens: 'Under each column the best next token in A and in B, framed where they differ.'
  },
  phone: {
    mlp: '‖mlp_out‖ / ‖resid_pre‖',
    norm: '‖x‖ after the block',
    bar: (px: number, cut: number) =>
      `Bar: share of the row after it that B reads more (blue) or less (orange, dashed) than A, ${px} px = 1 %, cut at ${cut} %; beside it the head that brings most in the run with the larger share.`,
    numbers: 'Numbers with a sign are B − A; what is the same in both is left out.',
    lens: 'At the right the best next token if the row ended there, in A and in B, framed where they differ.'
  },
  about:
    'Each link, bar and tick is what run B has more or less of than run A. Rows and positions are those of A.',
  terms: [
    [
      'pp',
      'Percentage points: a share of 30 % in A and of 25 % in B differ by −5 pp. What both runs have alike is not drawn.'
    ]
  ] as readonly (readonly [term: string, line: string])[],
  table: (position: number) => `What each block brings to the row of position ${position}, in A and in B`,
  backTable: (position: number) =>
    `What the end of the row of position ${position} is made of, B − A: share of it at each token and depth`,
  backLinks: 'The links that are drawn, followed back: shares of the selected row’s end',
  linkColumns: ['token', 'block', 'reads from', 'head', 'A', 'B', 'B − A'] as readonly string[],
  columns: [
    'block',
    'own stream, A',
    'own stream, B',
    'changed most: source',
    'share, A',
    'share, B',
    'B − A',
    'best next token, A',
    'best next token, B'
  ] as readonly string[]
});
