import { counted } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The Flow view: the whole model in one picture. {a token's name} in braces stands for the token itself. */
export const flowWords = inLanguage('flowWords', {
  title: 'Flow',
  /** {at}: the row's token; {first}, {second}: sources; {next}: the best next token. */
  reads: (first: number, last: number, slot: string) =>
    first === last
      ? `block ${first} reads mostly from {${slot}}`
      : `blocks ${first} to ${last} read mostly from {${slot}}`,
  readsToo: (first: number, last: number, slot: string) =>
    first === last ? `block ${first} from {${slot}}` : `blocks ${first} to ${last} from {${slot}}`,
  /** Joins what `reads` and `readsToo` say. */
  at: (readings: readonly string[]) => `At {at}, ${readings.join(', ')}`,
  readsNothing: (threshold: string) =>
    `At {at}, no block reads ${threshold} of the row or more from one earlier token`,
  firstToken: 'At {at}, the first token, there is nothing before it to read from',
  settled: (block: number, probability: string) =>
    `; from block ${block} on the best next token is {next} (${probability} in the end).`,
  settledAtOnce: (probability: string) =>
    `; the best next token is {next} from the embeddings on (${probability} in the end).`,
  settledLate: (probability: string) =>
    `; only after the last block the best next token is {next} (${probability}).`,
  about:
    'Each token is a row that runs to the right. In each block a row first reads from earlier rows (attention), then its MLP adds to it. The selected row ends in the prediction.',
  waiting: 'The links of this row are being computed.',

  step: {
    embed: (norm: string) =>
      `Embeddings: {at} begins as the sum of a vector for the token and one for its position (norm ${norm}).`,
    reads: (block: number, head: string, share: string) =>
      `Block ${block}: attention reads. Head ${head} brings most, from {source}: ${share} of the row after it.`,
    readsLittle: (block: number, threshold: string) =>
      `Block ${block}: attention reads, but less than ${threshold} of the row from any one earlier token.`,
    adds: (ratio: string) =>
      ` Then the MLP adds a vector ${ratio} times as long as the stream before the block.`,
    lens: (probability: string) =>
      ` If the row ended here, the best next token would be {next} (${probability}).`,
    end: (probability: string) =>
      `ln_f scales the row, and every token of the vocabulary gets a score from it: the best is {next} (${probability}).`
  },
  controls: 'Steps through the depth',
  back: 'Step back',
  forward: 'Step forward',
  play: 'Play',
  stop: 'Stop',
  all: 'all blocks shown',
  upTo: (block: number) => `up to block ${block}`,
  onlyEmbed: 'embeddings alone',
  showAll: 'Show all blocks',
  rows: 'Rows with links',
  modes: { row: 'this row', all: 'all rows', back: 'followed back' },
  /** {at}: the row's token; {next}: its best next token. */
  madeOf: (origins: readonly string[], probability: string) =>
    `Followed back through all rows and blocks, the end of {at}, which predicts {next} (${probability}), comes from ${origins.join(', ')}.`,
  notFollowed: (share: string) =>
    ` ${share} of the end lies in rows that each hold too little of it to be followed.`,
  origin: (slot: string, position: number, share: string) => `{${slot}} (position ${position}: ${share})`,
  oneRowOnly: (most: number) => `More than ${most} tokens: the selected row alone is drawn.`,
  threshold: 'show links of at least',
  ofRow: (drawn: number, count: number, hidden: string) =>
    `of the row: ${drawn} of ${counted(count, { one: 'link', other: 'links' })} drawn; at most ${hidden} of the row hidden in one block`,
  ofEnd: (drawn: number, count: number, hidden: string) =>
    `of the end of the row: ${drawn} of ${counted(count, { one: 'link', other: 'links' })} of all rows drawn; at most ${hidden} of the end hidden in one block`,

  tokensIn: 'tokens in',
  depth: (last: number) => `depth: in each of the blocks 0 to ${last} a row reads, then adds`,
  embed: 'embed',
  ended: 'if it ended here',
  band: (first: number, last: number) => `${first} to ${last}`,

  picture: (T: number, n_layer: number, position: number) =>
    `Flow: ${counted(T, { one: 'token', other: 'tokens' })} through ${n_layer} blocks, row of position ${position}. Left and right arrow keys move by a block, up and down through its links, MLPs and streams, Page Up and Page Down by a row; Enter opens the block, Space selects the row.`,

  link: (block: number) => `Block ${block}: {at} reads from {source}`,
  linkOfBand: (block: number, first: number, last: number) =>
    `Block ${block}: {at} reads from positions ${first} to ${last} together`,
  linkOfRows: (
    block: number,
    [first, last]: readonly [number, number],
    [from, to]: readonly [number, number]
  ) =>
    `Block ${block}: positions ${first} to ${last} together read from ${from === to ? 'position' : 'positions'} ${from === to ? from : `${from} to ${to}`}`,
  share: 'share of the row after it',
  ofTheEnd: 'of the end of the row followed back',
  own: 'the row’s own stream',
  strongest: 'strongest head',
  attention: 'its attention to the source',
  part: 'its part of this link',
  others: 'other heads',
  logit: 'adds to the logit of',
  shareFormula: 'share: max(0, ‖y‖₁ − ‖y − part‖₁), summed to 1 over all parts of y = resid_mid',
  mlp: (block: number) => `Block ${block}: the MLP adds to {at}`,
  mlpNorm: 'norm of mlp_out',
  mlpRatio: 'times the stream before the block',
  stream: (name: string) => `Residual stream of {at}, ${name}`,
  streamOfBand: (first: number, last: number, name: string) =>
    `Residual streams of positions ${first} to ${last}, ${name}`,
  streamNorm: 'norm ‖x‖',
  meanNorm: 'mean of their norms ‖x‖',
  depthNames: {
    embed: 'after the embeddings',
    block: (block: number) => `after block ${block}`
  },
  lens: (name: string) => `Logit lens of {at}, ${name}`,
  best: 'best next token',
  probability: 'probability',
  lensFormula: 'softmax(ln_f(resid) · W_U)',
  open: (block: number) => `Click or press Enter to open block ${block} here`,
  choose: 'Click to select this row',

  legend: {
    stream: 'residual stream',
    streamOfB: 'residual stream of run B',
    streamSays: (unit: string, first: string, last: string) =>
      `width: its norm, 1 px = ${unit} of norm; here ${first} at embed, ${last} at the end`,
    attention: 'attention: reads from',
    attentionSays: (unit: string) =>
      `width: 1 px = ${unit} of the row after it; colour and name at the arrow: the head that brings most`,
    backStreamSays: (px: string) =>
      `width: the share of the selected row’s end that goes through here, of a band all its rows together; ${px} px = 100 %`,
    backSays: (unit: string) =>
      `width: 1 px = ${unit} of the selected row’s end; colour and name at the arrow: the head that brings most`,
    fromBands: 'a band of positions counts as one source',
    betweenBands: 'between two bands as one',
    atLeast: (least: string) => `, of the links of at least ${least} of the end`,
    mlp: 'MLP: adds to the row',
    mlpSays: (unit: string, cut: string) =>
      `height: norm of mlp_out beside the stream’s before the block, 1 px = ${unit}; cut at ${cut}`,
    lens: 'logit lens: best next token',
    lensSays: 'if the row ended after that block; shade: √ probability',
    also: '· see also',
    views: { qkv: 'Q · K · V', heads: 'Heads', weights: 'Weights', why: 'Why', decode: 'Decode' }
  },
  legendName: 'Legend',

  table: (position: number) => `What each block brings to the row of position ${position}`,
  backTable: (position: number) =>
    `What the end of the row of position ${position} comes from: shares at each depth`,
  linksTable: 'The links that are drawn',
  backLinksTable: 'The links that are drawn, with shares of the end of the row followed back',
  columns: {
    token: 'position, token',
    block: 'block',
    own: 'own stream',
    source: 'read most from',
    from: 'reads from',
    share: 'share',
    head: 'strongest head',
    attention: 'its attention to the source',
    part: 'its part of the link',
    others: 'other heads',
    logit: 'adds to the logit of',
    mlpNorm: '‖mlp_out‖',
    mlp: '‖mlp_out‖ / ‖resid_pre‖',
    norm: '‖x‖ after it',
    best: 'best next token after it',
    probability: 'probability'
  },

  opened: (block: number) => `Block ${block}`,
  openedSays: (block: number) =>
    `The picture is split at block ${block}. Its own view is shown between the two halves.`,
  close: 'Close',
  parts: { attention: 'Attention', qkv: 'Q · K · V', layernorm: 'LayerNorm', mlp: 'MLP' },
  partsOf: (block: number) => `Views of block ${block}`,
  headsOf: (block: number) => `Heads of block ${block}`,
  headsBring: 'share of {at} after its attention that each head brings',
  holds: 'what {at} is made of after its attention: shares',
  rowReads: 'row = query, column = key',
  ownStream: 'own stream',
  tooLong: 'For a prompt of this length, open the Attention view.',
  blockColumns: {
    score: 'q · k / divisor',
    weight: 'weight of the key',
    neuron: 'most active neuron: its value'
  },
  blockRows: (label: string, values: string) => `${label}: ${values}`,
  openView: 'Open the view about it',
  allView: 'Open as a view of its own',
  phone: {
    reads: 'reads from',
    band: (first: number, last: number) => `positions ${first} to ${last}`,
    nothing: 'nothing above the threshold',
    adds: (ratio: string) => `MLP adds ${ratio} × the stream before the block`,
    legend: (px: number, cut: number) =>
      `Bar: share of the row after it, ${px} px = 1 %, cut at ${cut} %; its colour: the head that brings most. At the right the best next token if the row ended there; shade: √ probability.`,
    line: (stream: string) => `The line at the left: the ${stream}.`
  },

  termsTitle: 'The words of this picture',
  terms: [
    ['row', 'The residual stream of one token, from its embeddings to the end. Its norm ‖x‖ is its length.'],
    [
      'share',
      'How much of a row after attention comes from one source: how much nearer, in the sum of absolute values, that part brings the rest to the row. With the row’s own stream the shares of a block sum to 1.'
    ],
    [
      'link',
      'What all heads of one block together write into a row from one source. The head at its arrow wrote most of it, which is often only 25 to 40 %.'
    ],
    ['own stream', 'What a row was before the block, with the bias of c_proj.'],
    [
      'tick',
      'What a block’s MLP adds to a row (mlp_out). Its height is the norm of that vector beside the norm of the row before the block.'
    ],
    [
      'resid_pre, resid_mid',
      'The row before a block, and the row between the attention and the MLP of the block. ‖x‖₁ is the sum of the absolute values of a vector.'
    ],
    [
      'embed, ln_f, W_U',
      'The sum of token embedding and position embedding; the LayerNorm after the last block; the unembedding, which gives each token of the vocabulary its logit.'
    ],
    [
      'best next token',
      'The token of the vocabulary with the largest logit. Softmax makes probabilities of all logits.'
    ],
    [
      'band',
      'Neighbouring rows of a long prompt, drawn as one row and named by their first and last position. Its stream and its ticks are means; where a row is followed back, they are sums of shares.'
    ],
    ['hidden', 'The shares of the links that are not drawn, of the block that has most of them.'],
    [
      'followed back',
      'Shares multiplied block by block, from the end of the selected row back to all embeddings. An MLP reads its own row alone, so what it adds counts as that row’s.'
    ],
    [
      'if it ended here',
      'The logit lens: the row scaled by ln_f and compared with every token, as if no block came after.'
    ],
    ['nats', 'The unit of a logit: a difference of 1 is a factor of 2.72 in probability.']
  ] as readonly (readonly [term: string, line: string])[]
});
