import { counted } from '../numbers';
import { inLanguage } from '../spoken.svelte';

const STEPS = { one: 'step', other: 'steps' };

/** Beam search: its tree, its table and its settings. */
export const beamWords = inLanguage('beamWords', {
  title: 'Beam tree',
  say: 'Instead of one text, the search keeps the most likely few: every beam is continued by its best tokens, and of all these only the best are continued. Faded branches were pruned; the marked path has the best score.',
  formula: (penalty: number) => `log-probability / length ^ ${penalty}`,

  beams: 'beams',
  numberOfBeams: 'Number of beams',
  early: 'early stopping',
  earlyStopping: 'Early stopping',
  stops: {
    false: { label: 'no', title: 'stops when a better sequence is unlikely' },
    true: { label: 'yes', title: 'stops as soon as there are as many finished ones as beams' },
    never: { label: 'never', title: 'stops when a better sequence is impossible' }
  },
  lengthPenalty: 'length penalty',
  search: 'Search again',

  step: 'step',
  stepOf: (step: number, last: number) => `${step} of ${last}`,
  back: 'Back',
  forward: 'Forward',
  searching: (steps: number) => `Searching: ${counted(steps, STEPS)} so far.`,
  cancelled: (steps: number) => `Cancelled after ${counted(steps, STEPS)}.`,
  done: (steps: number, beams: number, seconds: string) =>
    `${counted(steps, STEPS)} of ${beams} beams in ${seconds} s.`,

  /** Of log-probabilities, in nats. */
  sum: (nats: string) => `Σ ${nats}`,
  tree: 'Beam tree',
  candidates: 'Candidates of the search; arrow keys follow the branches',
  prompt: 'prompt',
  fates: {
    winner: 'of the winner',
    best: 'of the best sequence',
    finished: 'finished',
    kept: 'kept',
    keptThenPruned: 'kept, pruned later',
    pruned: 'pruned'
  },
  node: (step: number, token: string, probability: string, cumulative: string, fate: string) =>
    `step ${step}: ${token}, probability ${probability}, cumulative log-probability ${cumulative}, ${fate}`,
  probabilityIs: (probability: string) => `probability ${probability}`,
  logProbabilityIs: (nats: string) => `log-probability ${nats} nats`,
  cumulativeIs: (nats: string) => `cumulative ${nats} nats`,
  legend:
    '{best}best so far {alive}continued {pruned}pruned · in a node: probability of the token, cumulative log-probability (nats)',
  endLegend:
    '{best}the winner {alive}continued {pruned}pruned · in a node: probability of the token, cumulative log-probability (nats)',

  returned: 'What the search returns, best first',
  afterStep: (step: number) => `Beams after step ${step}, best first`,
  text: 'text after the prompt',
  logProbability: 'log-prob.',
  score: 'score',
  state: 'state',
  lines: { going: 'continued', finished: 'finished', winner: 'winner', returned: 'returned' },
  states: { kept: 'kept', finished: 'finished', pruned: 'pruned' },
  openBest: 'Open the best as prompt',
  openChosen: 'Open the chosen as prompt',
  table: 'Candidates that the search looked at, step by step',
  columns: ['step', 'token', 'probability', 'log-probability', 'cumulative', 'state']
});
