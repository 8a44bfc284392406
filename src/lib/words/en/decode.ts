import { counted, integer, plural } from '../numbers';
import { inLanguage } from '../spoken.svelte';

const TOKENS = { one: 'token', other: 'tokens' };

/** The decode view: what its parts share, and decoding step by step. */
export const decodeWords = inLanguage('decodeWords', {
  parts: 'Part of decoding',
  steps: 'Step by step',
  beams: 'Beam tree',
  compare: 'Compare',
  loss: 'Loss',
  tokens: 'tokens',
  badSeed: (most: number) => `a whole number from 0 to ${most}`,
  cancel: 'Cancel',
  open: 'Open as prompt',
  computing: 'Being computed.',
  /** In the words of what went wrong. */
  problem: (detail: string) => detail,
  speed: (rate: string, tokens: number, seconds: string) =>
    `${rate} tokens/s (${integer(tokens)} in ${seconds} s)`,

  addedToken: (step: number) => `added token ${step}`,
  addedTokenIs: (step: number, token: string) => `added token ${step}: ${token}`,
  theNext: 'the next token',
  say: 'The model gives every token of its vocabulary a probability; processors change and cut it; then one token is taken and the text continues with it.',
  prompt: 'The prompt:',
  added: 'Added tokens; choose one to see what it was chosen from',
  nextMark: 'next ?',

  add: 'Add tokens',
  step: 'Step',
  run: (count: number) => `Run ${count}`,
  undo: 'Undo',
  backToHere: 'Go back to here',
  startOver: 'Start over',
  howToAdd: 'Step adds one token; Run adds several and can be cancelled.',
  ended: {
    eos: 'The model has ended its text with <|endoftext|>. Undo to continue differently.',
    full: 'The model’s context is full. Undo, or open a shorter prompt.'
  },

  noRoom: (length: number) =>
    `The prompt has ${counted(length, TOKENS)}, all that this model reads at once: there is no room for a new one. Shorten the prompt to continue.`,

  leftOut: (count: number) =>
    `The link has ${counted(count, TOKENS)} more than this model can read at once. They are left out; a shorter prompt makes room for them.`,

  proposed: (settings: string) => `The model's authors propose ${settings}.`,
  proposedOutside: (settings: string) => `They propose ${settings} too, which this page does not offer.`,
  proposedInUse: 'In use.',
  useProposed: 'Use these settings',
  settings: 'Settings',
  choose: 'Choose',
  how: 'How the token is taken',
  draw: 'draw',
  takeBest: 'take the best',
  processors: 'Processors, in the order they run',
  allOff: 'Switch all off',
  says: {
    repetition_penalty: 'divides the logits of tokens already in the text',
    no_repeat_ngram_size: 'removes tokens that would repeat n tokens in a row',
    temperature: 'divides all logits',
    top_k: 'keeps the k best',
    top_p: 'keeps the best tokens whose probabilities add up to p',
    min_p: 'keeps tokens with at least this share of the best token’s probability',
    typical_p: 'keeps tokens about as surprising as expected'
  },
  notUsed: 'not used: the best token is taken, nothing is drawn',
  moved: (mass: string) => `removed nothing · moved ${mass}`,
  removed: (count: number, mass: string, left: number) =>
    `removed ${counted(count, TOKENS)} with ${mass} · ${integer(left)} left`,
  unchanged: (left: number, all: number) =>
    `${integer(left)} of ${integer(all)} tokens left: the model’s own distribution, nothing is changed.`,
  renormalised: (left: number, all: number) =>
    `${integer(left)} of ${integer(all)} tokens left; their probabilities are renormalised to 100 %.`,

  beforeAndAfter: 'Before and after',
  beforeAndAfterAt: 'Before and after\u00a0· follows “{token}”',
  scale: 'Scale of the bars',
  scales: { linear: 'linear', log: 'log' },
  table: 'The most likely tokens before and after the processors',
  columns: ['rank', 'token', 'id', 'before', 'after'],
  rank: 'rank',
  token: 'token',
  beforeIs: 'before: what the model says',
  afterIs: 'after: what the draw uses',
  choice: 'choice',
  taken: '← taken',
  chosen: '← chosen',
  inText: '← in the text',
  isRemoved: 'removed',
  chart: (kept: string) => `All tokens by rank before and after the processors. ${kept}`,
  before: 'before',
  after: 'after',
  chartLegend:
    '{outline}before {solid}after · every token of the vocabulary, by rank before (log scale) · probability (linear scale)',
  logChartLegend:
    '{outline}before {solid}after · every token of the vocabulary, by rank before (log scale) · probability (log scale)',

  theDraw: 'The draw',
  why: 'Why this token',
  drawFalls: (draw: string, token: string, from: string, to: string) =>
    `The draw ${draw} falls on ${token}, which lies from ${from} to ${to}.`,
  nothingDrawn: (token: string, probability: string) =>
    `Nothing is drawn: ${token} has the highest score, ${probability}.`,
  fromSeed: (seed: number, T: number) =>
    `It is number ${integer(T)} of seed ${seed}’s sequence, because ${integer(T)} ${plural(T, { one: 'token comes', other: 'tokens come' })} before it: the same seed and text always give it.`,
  differs: (taken: string, chosen: string) =>
    `The text has ${taken} here, taken with other settings; these would choose ${chosen}.`,
  endToEnd: (why: string) => `All probabilities end to end, by token id. ${why}`,
  close: 'The same, close to the pointer:',
  closeBar: 'The same bar close to the pointer.',
  howToRead:
    'The tokens are laid end to end in the order of their ids, each as wide as its probability after the processors; grey: neighbours too narrow to draw alone.',
  /** Of a stretch of the bar. */
  one: (token: string, share: string) => `${token} ${share}`,
  together: (count: number, share: string) => `${counted(count, TOKENS)}, ${share} together`
});
