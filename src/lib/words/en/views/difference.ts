import { inLanguage } from '../../spoken.svelte';

/** B − A in every view. */
export const differenceWords = inLanguage('differenceWords', {
  part: 'B − A',
  views: {
    embeddings: 'Embeddings',
    attention: 'Attention',
    qkv: 'Q · K · V',
    mlp: 'MLP',
    layernorm: 'LayerNorm',
    residual: 'Residual stream',
    lens: 'Logit lens',
    loss: 'Loss'
  },
  says: {
    embeddings: 'Rows of wte and wpe and their sum, component by component: run B minus run A.',
    attention:
      'Weights and scores of the selected head, and of all heads of its block on the selected key: run B minus run A.',
    qkv: 'Query, key, value and z of the selected head at every position: run B minus run A.',
    mlp: 'The neurons of the selected block that changed most at the selected position, and what the block’s MLP writes: run B minus run A.',
    layernorm: 'The scale that the LayerNorm divides by and its output: run B minus run A.',
    residual:
      'Norms of the stream by depth, and the selected block’s input component by component: run B minus run A.',
    lens: 'What each depth would say next: run B minus run A.',
    loss: 'How much more surprising each token of the text is in run B than in run A.'
  },
  key: 'Blue: larger in B. Orange: larger in A. No colour: the same in both.',
  unaligned: 'Hatched: a token that one of the runs alone has; there is nothing to subtract.',
  only: { a: 'only in A', b: 'only in B' },
  reading: 'The numbers of both runs are being read…',
  otherShape:
    'The two models differ in their number of blocks, heads, components or neurons, so these numbers cannot be subtracted. Show A or B.',
  otherVocabulary:
    'The two models have different vocabularies, so these numbers cannot be subtracted. Show A or B.',
  legend: (name: string) => `${name}, B − A`,
  missing: '–',
  cell: (place: string, a: string, b: string, difference: string) =>
    `${place}: A ${a}, B ${b}, B − A = ${difference}`,
  oneSided: (place: string, a: string, b: string) => `${place}: A ${a}, B ${b}`,
  nothing: (place: string) => `${place}: nothing here`,
  summary: (name: string, largest: string) => `${name}, B − A. Largest or selected: ${largest}`,
  read: (name: string) => `Read ${name}, B − A, with the arrow keys; Enter selects`,
  table: (name: string) => `${name} in A, in B, and B − A`,
  rowTable: (name: string, row: string) => `${name} in A, in B, and B − A, row ${row}`,
  query: 'query',
  keyAxis: 'key',
  position: 'position',
  head: 'head',
  component: 'component',
  neuron: 'neuron',
  depth: 'depth',
  measure: 'measure',
  scaleOf: 'scale',
  weight: 'weight',
  score: 'score',
  onKey: (key: string) => `weight on key ${key}`,
  value: 'value',
  norm: 'L2 norm',
  surprise: 'surprise, nats',
  lens: {
    probability: (token: string) => `p(${token})`,
    rank: (token: string) => `rank of ${token}`,
    entropy: (): string => 'entropy, nats',
    kl: (): string => 'KL to the last depth, nats',
    nextRank: (): string => 'rank of the next token in the prompt',
    crossEntropy: (): string => 'cross-entropy of the next token in the prompt, nats'
  },
  nextTitle: 'Next token',
  nextSay: (position: number) =>
    `Probability at position ${position} in B minus that in A, in percentage points.`,
  nextTable: 'Next tokens in A, in B, and B − A',
  nextColumns: ['token', 'p in A', 'p in B', 'B − A, pp'],
  points: (value: string) => `${value} pp`
});
