import { inLanguage } from '../spoken.svelte';

/** The map of the model: its parts along the residual stream, and what each adds. */
export const modelMapWords = inLanguage('modelMapWords', {
  embeddings: 'Embeddings',
  nextToken: 'Next token',
  attentionOf: (layer: number) => `Block ${layer} attention`,
  mlpOf: (layer: number) => `Block ${layer} MLP`,
  /** A stop with what it does to the stream. */
  stop: (name: string, says: string) => `${name}: ${says}`,
  pills: { embed: 'wte + wpe', ln_f: 'ln_f' },
  /** `wteᵀ → next` */
  outputPill: (matrix: string) => `${matrix} → next`,

  startsStream: 'wte + wpe start the stream',
  readsStream: 'reads the stream, adds nothing to it',
  readsNorm: (norm: string) => `reads a stream of norm ${norm}`,
  logits: (matrix: string) => `${matrix} turns ln_f into logits`,
  addsLater: (name: string) => `adds ${name}, not computed yet`,
  adds: (name: string, norm: string) => `adds ${name} = ${norm}`,

  summary: (n_layer: number) =>
    `Model map: embeddings, ${n_layer} blocks of attention and MLP, ln_f, next token.`,
  /** The summary, and where most is added. */
  summaryWithMost: (n_layer: number, token: string, stop: string, norm: string) =>
    `Model map: embeddings, ${n_layer} blocks of attention and MLP, ln_f, next token. At ${token} the most is added by ${stop}: norm ${norm}.`,

  attention: 'attention',
  mlp: 'MLP',
  /** Continues after the two colours' names. */
  bars: (most: string) => `, bar = norm of what is added at {token}, 0 … ${most}`,
  rootBars: (most: string) => `, bar = norm of what is added at {token}, 0 … ${most} (√ scale)`,

  table: (token: string) => `Norm of what each part adds at ${token}`,
  columns: ['part', 'attention (or wte)', 'MLP (or wpe)'],
  block: (layer: number) => `block ${layer}`,
  intoFinal: 'into ln_f'
});
