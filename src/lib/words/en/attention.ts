import { counted, integer, plural } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The Attention view: one head large, small maps of the heads, arcs, and how a cell came about. */
export const attentionWords = inLanguage('attentionWords', {
  head: (layer: number, head: number) => `Head ${layer}.${head}`,
  part: (layer: number) => `attention, block ${layer}`,
  noPrompt: 'Type a prompt to see what its tokens read from one another.',

  stageShown: 'Stage shown',
  stages: { qk: 'q·k', scaled: 'scaled', masked: 'masked', softmax: 'softmax' },
  stagesWhy: {
    qk: 'dot product of query and key',
    scaled: 'divided, by √d_head in GPT-2',
    masked: 'keys after the query set to −∞',
    softmax: 'probabilities: each row sums to 1'
  },
  stagesSay: {
    qk: 'How well each query matches each key, before any other step, later keys included.',
    scaled:
      'The same scores divided by the square root of the head’s width, so that they do not grow with it.',
    masked: 'A token may read only itself and the tokens before it: the scores of later keys become −∞.',
    softmax:
      'Each row is one token’s query; the stronger a cell, the more it reads from that earlier token. A row sums to 1.'
  },
  /** For a checkpoint that divides by something else than √d_head. */
  scaledOtherwise: (divisor: string) =>
    `The same scores divided by ${divisor}, as this checkpoint asks; GPT-2 divides by the square root of the head’s width.`,
  maskedWhere: (scaled: string) => `${scaled}, −∞ where key > query`,
  units: {
    qk: 'raw score, no unit',
    scaled: 'score in nats',
    masked: 'score in nats; hatched: masked, −∞'
  },
  form: 'Form',
  matrix: 'matrix',
  arcs: 'arcs',
  text: 'text',
  rowText: (query: number) => `The prompt, coloured by what query ${query} reads; choose a key`,
  reading: 'Several heads, thresholds, find …',
  find: 'find a head, position or token',
  findSuch: '5.3, 12, Mary',
  findGo: 'Find',
  notFound: 'Not found.',
  pins: 'pinned heads',
  howToPin: 'none: Shift-click a small map, or press P on it',
  pinBlock: (layer: number) => `Pin all of block ${layer}`,
  unpinAll: 'Unpin all',
  unpin: (layer: number, head: number) => `unpin head ${layer}.${head}`,
  compare: 'Pinned heads',
  combine: 'Heads in the large picture',
  combined: { one: 'this head', mean: 'mean with pinned', max: 'overlaid with pinned' },
  meanOf: (heads: readonly string[]) => `Mean of heads ${heads.join(', ')}.`,
  largestOf: (heads: readonly string[]) =>
    `Heads ${heads.join(', ')} overlaid: each cell has the largest weight, in the hue of its head.`,
  weigh: 'What a cell shows',
  weighs: { weight: 'weight', v: 'weight × ‖v‖', out: 'weight × ‖v·W_O‖' },
  weighed: {
    v: 'A cell is its share of weight × ‖v‖ in the row: how long the values are counts.',
    out: 'A cell is its share of weight × ‖v·W_O‖ in the row: how much is written counts.'
  },
  first: 'Position 0',
  firsts: { show: 'position 0 shown', hide: 'hidden', renormalise: 'left out, rows renormalised' },
  position0: {
    hide: (row: string, mean: string) =>
      `Position 0 is hidden: it had ${row} of this row, ${mean} on average.`,
    renormalise: (row: string, mean: string) =>
      `Renormalised without position 0, which had ${row} of this row, ${mean} on average: these are not the model’s own weights.`
  },
  keep: 'keep the strongest',
  keepAll: 'all',
  kept: (percent: number, row: string, mean: string) =>
    `The strongest ${percent} % of each row are shown: ${row} of this row’s weight is hidden, ${mean} on average.`,

  /** What is shown in place of one head's own pattern. */
  shownHeads: {
    one: (heads: readonly string[]) => `head ${heads.join(', ')}`,
    mean: (heads: readonly string[]) => `mean of heads ${heads.join(', ')}`,
    max: (heads: readonly string[]) => `largest of heads ${heads.join(', ')}`
  },
  shownFirst: { hide: 'position 0 hidden', renormalise: 'renormalised without position 0' },
  shownKeep: (percent: number) => `the strongest ${percent} % of each row`,
  listed: (parts: readonly string[]) => parts.join('; '),
  shownHere: (what: string) => `Shown: ${what}.`,
  shownMap: (what: string) => `${what}, every query and key.`,
  shownReads: (what: string, query: number) => `${what}, what query ${query} reads.`,
  /** {token} stands at the query. */
  arcsFromShown: (what: string) => `Arcs from {token}: ${what}`,
  shownValue: 'shown',
  ofHead: (head: string) => `head ${head}`,
  eachHead: (heads: readonly string[], what: string) =>
    `${what}, as a share of its row: ${heads.join(' · ')}`,
  meanIs: (count: number, mean: string) => `mean of ${count} = ${mean}`,
  largestIs: (head: string, largest: string) => `largest: ${largest}, of head ${head}`,
  dividedBy: (rest: string, value: string) => `÷ ${rest}, the row without position 0 = ${value}`,
  shownWithout: 'position 0 is left out',
  shownCut: (percent: number) => `hidden: not among the strongest ${percent} % of its row`,
  shownMasked: 'the key comes after the query: masked, 0 %',

  /** The pictures in one sentence; `habit` as `mostly` or `onAverage` say it. */
  map: (head: string, values: string, habit: string) =>
    `${head}, ${values} of every query and key: ${habit}.`,
  links: (head: string, habit: string) => `${head}, links from each query to the keys it reads: ${habit}.`,
  reads: (head: string, query: number, habit: string) => `${head}, what query ${query} reads: ${habit}.`,
  readingHabit: 'its pattern is being read',
  noHabit: 'too few tokens to say what it usually does',
  notRead: 'not read yet',
  places: { first: 'position 0', previous: 'the previous token', self: 'the query itself' },
  mostly: (place: string, share: string) => `mostly attends to ${place}, ${share} on average`,
  share: (place: string, share: string) => `${place} ${share}`,
  onAverage: (shares: readonly string[]) => `on average ${shares.join(', ')}`,
  cells: 'Cells of the map: arrow keys move, Enter locks query and key, Escape frees the key',
  locked: (story: string) => `locked: ${story}`,
  freed: 'key freed',

  table: (head: string, query: number, token: string) => `${head}: what query ${query} ${token} reads`,
  token: 'token',
  maskedScore: (divisor: string) => `q·k / ${divisor}, masked`,
  probability: 'probability',

  queryAt: (query: number) => `query ${query}`,
  readsKey: (key: number) => `reads key ${key}`,
  readsMost: 'reads most from',
  changed: (probability: string) =>
    `The model’s pattern holds ${probability} here: it was changed after the softmax.`,
  pointAt: 'Point at a cell or a key to see how its value is computed; click to keep it.',
  readingHead: 'Reading q and k of this head …',
  noSteps:
    'q and k of this head are not among the numbers of this run: the steps to its weights are not shown.',
  maskedOut: (key: number, query: number) => `key ${key} comes after query ${query}: masked to −∞`,
  maskedSoftmax: 'softmax: e^−∞ = 0, so 0 %',
  softmaxOver: (keys: number, formula: string) =>
    `softmax over ${counted(keys, { one: 'key', other: 'keys' })}: ${formula}`,

  headsOf: (layer: number) => `All heads of block ${layer}`,
  allHeads: 'All heads',
  headsShown: 'Heads shown',
  takeOut: (layer: number, head: number) => `Take head ${layer}.${head} out`,
  takeOutSays: 'Sets z of this head to 0 in a second run, and shows what changes',
  thisBlock: 'the heads of this block',
  everyBlock: 'the heads of every block',
  headsByBlock: (heads: number) => `All ${heads} heads, one row per block`,
  headSays: (layer: number, head: number, habit: string) => `head ${layer}.${head}: ${habit}`,
  rowsAndColumns: 'Each map is named block.head and has its head’s hue.',
  pixel: (block: number) => `A pixel is the largest of ${block} × ${block} cells.`,
  blocksRead: (read: number, all: number) => `Reading … ${read} of ${all} blocks.`,

  /** {token} stands at the query. */
  arcsFrom: (layer: number, head: number) => `Arcs of head ${layer}.${head} from {token}`,
  arcsRegion: 'Arcs, scrollable',
  readingPattern: 'Reading the pattern …',
  noneLeftOut: (least: string) => `Links under ${least} are not drawn: here every key gets more.`,
  leftOut: (least: string, keys: number, share: string) =>
    `Links under ${least} are not drawn: ${counted(keys, { one: 'key', other: 'keys' })}, ${share} of the attention.`,
  noContext: (least: string) => `No other query has a link of ${least} or more.`,
  context: (least: string, links: number, most: number) =>
    `Faint: the ${integer(links)} ${plural(links, { one: 'link', other: 'links' })} of other queries of ${least} or more, at most the strongest ${most}.`,
  queries: 'Queries',
  keys: 'Keys',
  query: (query: number, token: string) => `query ${query}: ${token}`,
  key: (key: number, token: string, share: string) => `key ${key}: ${token}, ${share}`,
  keyAfter: (key: number, token: string) => `key ${key}: ${token}, after the query`
});
