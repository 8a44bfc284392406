import { inLanguage } from '../../spoken.svelte';

/** The colour of the prompt's tokens. */
export const saliencyWords = inLanguage('saliencyWords', {
  label: 'Colour tokens by',
  modes: {
    none: 'nothing',
    input_x_gradient: 'gradient × input',
    integrated_gradients: 'integrated gradients'
  },
  targetLabel: 'What the colour is about',
  targets: { token: 'one logit', pair: 'a difference of two' },
  running: 'measuring…',
  /** {token}, {minus}: tokens. */
  ofToken: (position: number) => `for the logit of {token} at position ${position}`,
  ofPair: (position: number) => `for the logit of {token} minus that of {minus} at position ${position}`,
  legend: 'what each token’s embedding adds',
  unit: 'nats',
  value: (value: string) => `adds ${value} nats`,
  gradient:
    'The gradient at each token’s row of wte times the row: right for small changes alone, so the sum says nothing.',
  integrated: (steps: number, sum: string, gap: string) =>
    `From embeddings of 0 to those of the prompt in ${steps} steps. The values sum to ${sum}; that misses the change of the logit by ${gap} (the completeness gap).`,
  table: 'What each token’s embedding adds to the logit',
  columns: ['position', 'token', 'adds, nats']
});
