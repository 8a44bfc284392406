import { inLanguage } from '../../spoken.svelte';

/** Under the residual stream: its vectors themselves, how near depths are, and what each head adds. */
export const residualVectorWords = inLanguage('residualVectorWords', {
  below: 'Component by component',
  title: 'The vectors themselves',
  part: (position: number) => `every component by depth, position ${position}`,
  say: 'One row per depth, with the embedding on top; one column per component. A component that keeps its colour over many rows is carried along.',
  component: 'component',
  read: 'Values of the map, with the arrow keys',
  mapSays: (depths: number, width: number) => `Values of ${width} components at ${depths} depths`,
  outliers: (named: readonly string[]) => `Far larger than the others: ${named.join(', ')}.`,
  outlier: (component: number, times: string) => `component ${component} (${times} times the median)`,
  noOutlier: 'No component is ten times the median of its depth.',
  vectorTable: (position: number) => `The residual stream at position ${position}, by component and depth`,
  cosine: 'cosine',
  cosineTitle: 'Cosine between depths',
  cosineSay:
    'How alike the directions of the stream are at two depths: 1 is the same direction, 0 a right angle.',
  cosineTable: 'Cosine of the stream between depths',
  resultTitle: 'What each head adds',
  resultSay: 'The norm of each head’s result at this position: rows are blocks, columns are heads.',
  resultOf: (name: string, norm: string) => `head ${name}: ‖result‖ ${norm}`,
  resultTable: (position: number) => `Norm of each head’s result at position ${position}`,
  resultNorm: 'norm of result',
  block: 'block'
});
