import { inLanguage } from '../spoken.svelte';

/** The LayerNorm view: four steps, histograms, weight and bias, every position. */
export const layerNormWords = inLanguage('layerNormWords', {
  where: {
    ln_1: (layer: number) => `before attention, block ${layer}`,
    ln_2: (layer: number) => `before the MLP, block ${layer}`,
    ln_f: (_layer: number): string => 'before the output, once for the whole model'
  },
  when: { ln_1: 'before attention', ln_2: 'before the MLP', ln_f: 'after the last block' },
  say: 'Each position’s vector is centred and scaled to standard deviation 1, then every component is multiplied by its own weight and shifted by its own bias.',
  last: (block: number) =>
    `ln_f is applied once, after block ${block}. Its output is Hugging Face’s last hidden state, and the logits are read from it; TransformerLens’s last \`resid_post\` is its input.`,
  reading: (which: string) => `Reading ${which} …`,

  steps: 'The four steps',
  stepByStep: (position: number) => `Position ${position}, step by step`,
  comesIn: 'what comes in',
  centred: 'now mean 0, std 1',
  weighted: 'each component by its own factor',
  goesOut: 'what goes out',
  afterDivision: 'after the division',
  histogram: (vector: string, count: number) => `${vector}: histogram of ${count} values`,
  mean: 'mean',
  std: 'std',
  follow: (components: number) =>
    `${components} components, left to right · point at one to follow it through the steps, click to keep it`,
  differences: (output: string, scale: string, scaleDifference: string) =>
    `Largest difference to the model’s own output: ${output}; to its own scale (${scale}): ${scaleDifference}`,

  distribution: 'Distribution before and after',
  beforeAndAfter: 'Before and after',
  histograms: (values: number, position: number, which: string) =>
    `${values} values at position ${position}, before and after ${which}`,
  /** {before} and {after} are their colours. */
  marks:
    '{before}before {after}after · bars: values per bin · dot and line above: mean ± 1 standard deviation',

  parameters: 'Weight and bias',
  whatTheyDo: 'What weight and bias do',
  weightSays: 'Multiplies each component: above 1 in size it makes the component larger, below 1 smaller.',
  factor: 'factor',
  amplifies: 'amplifies most',
  holdsBack: 'reduces most',
  biasSays: 'Shifts each component by the same amount at every position.',
  shift: 'shift',
  shifts: 'shifts most',

  everyPosition: 'Every position',
  token: 'token',
  spreads: 'Mean and standard deviation at every position, before and after',
  before: { mean: 'mean before', std: 'std before' },
  after: { mean: 'mean after', std: 'std after' },
  fullFrom: (what: string, extent: string) => `${what}, full colour from ${extent} up`,

  table: (which: string, position: number) => `${which} at position ${position}: every component`,
  ownOutput: 'model’s output'
});
