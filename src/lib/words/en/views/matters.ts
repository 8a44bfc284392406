import { inLanguage } from '../../spoken.svelte';

/** Where it matters: patching, paths and causal tracing over two prompts. */
export const mattersWords = inLanguage('mattersWords', {
  mattersTitle: 'Where it matters',
  mattersSay:
    'Two prompts that differ in one thing. One activation of one run is put into the other run, one at a time: where the metric moves, the difference between the prompts passes through.',
  presets: 'Prompts to start with',
  presetNames: {
    names: 'two names',
    numbers: 'greater than',
    capital: 'a fact of the world',
    fact: 'a fact of a story',
    agreement: 'singular and plural',
    induction: 'a repeated list'
  },
  presetSays: {
    names:
      'Two names. One gives the drink, so the other one gets it. In the other prompt the giver is the other name.',
    numbers:
      'A war ends after it begins, so a later year should follow. In the other prompt the war begins in another year.',
    capital: 'A fact that the model has learned. In the other prompt the country is another one.',
    fact: 'A fact that stands in the text itself. In the other prompt it is another one.',
    agreement:
      'The verb agrees with its noun, not with the word before it. In the other prompt the noun is in the singular.',
    induction:
      'A list begins again, so what followed last time should follow again. In the other prompt that was another word.'
  },
  otherPrompt: 'The other prompt',
  otherHint: 'Change words for others with as many tokens.',
  useOther: 'Use it',
  swap: 'Swap the two prompts',
  thisPrompt: 'This prompt',
  lengths: (a: number, b: number) =>
    `The prompts have ${a} and ${b} tokens. Patching takes a value to the same position, so both must have as many: change words for others of as many tokens.`,
  /** Tokens, in quotation marks. */
  logitOf: (token: string) => `the logit of ${token}`,
  logitLess: (token: string, minus: string) => `the logit of ${token} minus that of ${minus}`,
  metric: (name: string, m: string, other: string) =>
    `The metric, ${name}, is ${m} nats in this prompt and ${other} nats in the other one.`,
  tooNear:
    'Both prompts give nearly the same metric, so there is nothing to measure: choose other tokens or prompts.',
  measures: { grid: 'Patching', path: 'Paths', trace: 'Causal tracing' },
  measuresLabel: 'Which measure',
  what: 'what is taken over',
  direction: 'direction',
  directions: { into_this: 'other → this', into_other: 'this → other' },
  inLayer: 'layer',
  everyLayer: 'all: layer by head',
  fill: 'Fill the grid',
  gridLegend: {
    into_this: '0: as in this prompt · 1: as in the other',
    into_other: '0: as in the other prompt · 1: as in this one'
  },
  gridLabel: (what: string) => `Patching of ${what}`,
  /** What one cell says. */
  cell: (place: string, share: string, from: string, to: string) =>
    `Taking ${place} over moves the metric **${share}** of the way from ${from} to ${to}.`,
  average: (count: number) => `mean over ${count} pairs of this kind`,
  cellMean: (place: string, share: string, count: number) =>
    `Taking ${place} over moves the metric **${share}** of the way, in the mean over ${count} pairs, each with its own best tokens.`,
  outside:
    'A value below 0 or above 1 is not an error: the place moves the metric the other way, or past the other run.',
  toEdit: 'Make this patch an edit',
  toEditOther: 'An edit changes this prompt’s run: swap the prompts, or choose other → this.',
  gridTable: (what: string) => `Patching of ${what}: every cell`,
  estimate: 'Compare with attribution patching',
  estimateSay:
    'Attribution patching estimates the whole grid from one backward pass (gradient × difference). Good for heads; poor for resid_pre and the first MLPs.',
  estimateLabel: 'Attribution patching beside patching',
  truth: 'patching',
  estimated: 'attribution patching',
  equal: 'equal',
  pathSay: (head: string) =>
    `Which earlier heads reach head ${head} through this input? Each cell sends one head’s change to this one input alone.`,
  receiver: 'receiving input',
  pathTable: (head: string, input: string) => `Paths into ${input} of head ${head}`,
  pathColumns: ['sending head', 'share of the way', 'metric, nats'],
  pathDefinition: 'definition',
  paths: {
    direct: 'direct, scale frozen',
    direct_anew: 'direct, scale anew',
    paper: 'as in the IOI paper'
  },
  pathNotes: {
    direct:
      'The sender’s change goes through ln_1 with the scale of the unpatched run, into this input and nowhere else.',
    direct_anew: 'As before, with ln_1’s scale computed anew for this input, as TransformerLens 4 does.',
    paper:
      'The sender changes, the z of all other heads stays, MLPs and LayerNorms are computed anew: such a path may pass through MLPs.'
  },
  pathCell: (sender: string, receiver: string, input: string, share: string, pairs: number) =>
    `Head ${sender}’s change, sent into ${input} of head ${receiver} alone, moves the metric **${share}** of the way${pairs > 1 ? `, in the mean over ${pairs} pairs` : ''}.`,
  noSender: 'A head of block 0 has no heads before it. Choose a later head.',
  traceSay: (noises: number) =>
    `The subject’s token embeddings get random noise. Then one state of the run without noise is put back: where the probability returns, the fact passes through. Each cell is the mean over ${noises === 1 ? '1 noise' : `${noises} noises`}, drawn from the seed. The noise is 3 standard deviations of the rows of wte that the ready-made facts are about.`,
  subject: 'subject',
  restored: 'put back',
  window: 'blocks at once',
  noises: 'noises',
  seed: 'seed',
  traceLegend: 'p(put back) − p(noise)',
  traceResult: (clean: string, noisy: string, sigma: string) =>
    `p is ${clean} in the clean run and ${noisy} with noise (σ = ${sigma}).`,
  traceCell: (place: string, change: string) => `Putting ${place} back raises p by **${change}**.`,
  traceTable: (state: string) => `Causal tracing of ${state}: every cell`,
  inProbability: 'probability'
});
