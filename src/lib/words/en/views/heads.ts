import { plural } from '../../numbers';
import { inLanguage } from '../../spoken.svelte';

const scores = {
  induction: 'induction',
  previous: 'previous token',
  duplicate: 'duplicate token',
  first: 'first position',
  self: 'own position',
  entropy: 'entropy',
  copying: 'copying (weights)'
};

/** The Heads view: what every head does on a prompt, on repeats or over a text, and by its weights. */
export const headsWords = inLanguage('headsWords', {
  title: 'Heads',
  part: (heads: number) => `all ${heads} heads by a score`,
  say: 'Each cell is one head. A score is a mean of its attention over some tokens, so it depends on those tokens: a head that copies on random repeats may do something else in a story.',
  scores,
  formulas: {
    induction: 'mean of A[i, j + 1] where token i = token j, j < i',
    previous: 'mean of A[i + 1, i]',
    duplicate: 'mean of A[i, j] where token i = token j, j < i',
    first: 'mean of A[i, 0]',
    self: 'mean of A[i, i]',
    entropy: 'mean of −Σ A[i, j] · ln A[i, j]',
    copying: 'Σ λ / Σ |λ|, λ the eigenvalues of W_V · W_O'
  },
  /** What a head with that score is called. */
  kinds: {
    induction: 'an induction head',
    previous: 'a previous-token head',
    duplicate: 'a duplicate-token head',
    first: 'a head that reads the first position',
    self: 'a head that reads its own position',
    entropy: 'a head that spreads its weight',
    copying: 'a head that copies by its weights'
  },
  copyingUnit: '−1 to 1',

  scoresOn: 'Scores on',
  data: { prompt: 'the prompt', repeats: 'random repeats', text: 'a text' },
  repeatLength: 'tokens in each half',
  seed: 'seed',
  repeatsAre: 'Random tokens, then the same ones again: only what is in the context can help.',

  form: 'Form',
  forms: { grid: 'grid', scatter: 'two scores' },
  score: 'score',
  against: 'against',
  find: 'find',
  findSuch: '9.8, or 9 for a block',
  threshold: 'threshold',
  onlyAbove: 'only heads that reach it',
  order: 'Order of the heads',
  orders: { strongest: 'strongest first', weakest: 'weakest first', block: 'by block' },

  blockHead: 'block \\ head',
  gridOf: (score: string, heads: number) => `${score} of ${heads} heads: rows are blocks, columns are heads`,
  scatterOf: (x: string, y: string) => `All heads: ${x} from left to right, ${y} upwards`,
  hueIsHead: 'The colour says which head of its block a point is, as in Attention.',
  headHas: (name: string, score: string, value: string) => `head ${name}: ${score} ${value}`,
  headHasTwo: (name: string, x: string, left: string, y: string, up: string) =>
    `head ${name}: ${x} ${left}, ${y} ${up}`,
  noScore: 'no value yet',
  nothingCounted: 'Nothing is counted for this score yet.',
  strongest: (name: string, score: string, value: string, data: string) =>
    `The strongest is head ${name}: ${score} ${value}, on ${data}.`,
  above: (count: number, heads: number, threshold: string) =>
    `${count} of ${heads} heads ${plural(count, { one: 'reaches', other: 'reach' })} ${threshold} and ${plural(count, { one: 'is', other: 'are' })} outlined.`,
  tableOf: (data: string) => `Scores of heads on ${data}; copying is by the weights alone`,
  headColumn: 'head',
  dataPrompt: (tokens: number) =>
    `the prompt (${tokens} ${plural(tokens, { one: 'token', other: 'tokens' })})`,
  dataRepeats: (length: number, seed: number) => `${length} random tokens said twice (seed ${seed})`,
  weightsAlone: 'the weights alone',

  head: (name: string) => `Head ${name}`,
  headPart: 'what it does, and what its weights say',
  nounOf: (noun: string, value: string) => `${noun} (${value})`,
  calledOf: (nouns: readonly string[], data: string, threshold: string) =>
    `On ${data}, with ${threshold} as the threshold, it may be called ${nouns.join(' and ')}. On other tokens it may be none.`,
  calledNothing: (data: string, threshold: string) =>
    `On ${data}, none of its scores reaches ${threshold}: these names do not say what it does here.`,
  showInAttention: 'Show in Attention',
  showNeurons: (layer: number) => `Neurons of block ${layer}`,
  takeOut: 'Take it out',
  scoresOfHead: (name: string, data: string) => `Scores of head ${name} on ${data}`,
  value: 'value',
  rankOf: (heads: number) => `rank of ${heads}`,
  countedOn: 'counted on',
  distances: 'How far back it reads',
  distancesOf: (name: string) => `Mean weight of head ${name} by distance`,
  distancesSay: (name: string, largest: number, weight: string) =>
    `Mean weight of head ${name} by distance from query to key; the largest, ${weight}, is at distance ${largest}.`,
  distanceAxis:
    'Distance from query to key; 0 is the token itself. Height: mean weight on the square root. A query has only the distances up to its position.',
  distance: 'distance',
  meanWeight: 'mean weight',
  notOnRepeats: 'Counted on the prompt and on a text; for repeats only the scores are.',
  onPrompt: 'On this prompt',
  /** {token} is what the model expects next. */
  effect: (name: string, position: number, logit: string, contribution: string, effect: string) =>
    `At position ${position} the logit of {token} is ${logit}. Head ${name} adds ${contribution} of it directly; without the head the logit changes by ${effect}.`,
  effectNote:
    'Directly: what it writes at this position, through ln_f with its scale kept. Without it: z of the head set to 0 at all positions and everything later computed anew. The two differ, since later parts read what it writes.',
  effectTable: (name: string) => `Head ${name} and the logit of the best next token, nats`,
  contribution: 'direct contribution',
  withoutHead: 'change without it',
  firing: 'Where it puts most on one token',
  firingMarks:
    'Filled: the query. Underlined: the key that gets the weight. Position 0 is left out, since many heads put most of their weight there.',
  firingTable: (name: string) => `Strongest places of head ${name}`,
  row: 'row',
  queryAt: 'query at',
  queryToken: 'query token',
  keyAt: 'key at',
  keyToken: 'key token',
  weight: 'weight',
  pairs: 'Most frequent pairs of tokens',
  pairsOf: (name: string) => `Query and key tokens of head ${name} by summed weight`,
  pairsNote:
    'Each query counts with its strongest key after position 0. On a long text, sums of rare pairs are upper bounds.',
  weightSum: 'sum of weights',
  times: 'times',
  /** {token} is the token that is read. */
  byWeights: 'By its weights: reading {token}',
  byWeightsNote:
    'Embedding rows through ln_1 straight into the head: MLP 0, which changes every row before later blocks read it, and positions are left out. It says what the weights allow, not what happens. Choose a token of a list to read that one.',
  writesMore: 'it would make likelier',
  writesLess: 'less likely',
  seeks: 'as a query it matches best',
  avoids: 'and least',
  ovScore: 'nats, without ln_f’s scale',
  qkScore: 'attn_score',
  ovTable: (name: string) => `Full OV row of head ${name}`,
  qkTable: (name: string) => `Full QK row of head ${name}`,

  composition: 'Composition',
  byWeightsAlone: 'which heads could feed which, by weights alone',
  compositionSay:
    'How much of what an earlier head writes lies in the directions that a later one reads. This is not a list of circuits: two heads may fit well, and on a prompt the later one may still not use the earlier one.',
  inputOf: 'Which input of the later head',
  inputs: { q: 'its query', k: 'its key', v: 'its value' },
  countComposition: 'Compute all pairs',
  baseline: (mean: string, deviation: string) =>
    `Random weights of these sizes give ${mean} (standard deviation ${deviation}).`,
  strongestPairs: 'Pairs of heads, the strongest first',
  compositionTable: 'Composition scores of all pairs of heads',
  from: 'from',
  to: 'to'
});
