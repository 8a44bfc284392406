import { inLanguage } from '../../spoken.svelte';

/** The Weights view: every parameter as numbers, a map and a histogram; the embeddings as maps. */
export const weightsWords = inLanguage('weightsWords', {
  title: 'Weights',
  part: (count: number) => `all ${count} parameters`,
  say: 'The model’s parameters as they stand in its file. Training has set them; no prompt changes them.',
  show: 'What is shown',
  shows: { parameter: 'a parameter', wte: 'wte as a map', wpe: 'wpe as a map' },
  parameter: 'parameter',
  cellIs: 'What a cell shows',
  cells: { extreme: 'farthest from 0', mean: 'mean' },
  reduced: {
    extreme: 'A cell stands for several values and shows the one farthest from 0; zoom in for each.',
    mean: 'A cell stands for several values and shows their mean; zoom in for each.'
  },
  tied: (name: string) => `is ${name} under a second name.`,
  summary: (count: string, mean: string, std: string, min: string, max: string) =>
    `has ${count} values: mean ${mean}, standard deviation ${std}, from ${min} to ${max}.`,
  axes: {
    token: 'token',
    position: 'position',
    component: 'component',
    qkv: 'output, q | k | v by heads',
    z: 'component of z, by heads',
    neuron: 'neuron',
    one: 'row'
  },
  shapeSays: (rows: string, columns: string, isVector: boolean) =>
    isVector
      ? `A vector: one value for each ${columns}.`
      : `Rows: ${rows} (input). Columns: ${columns} (output).`,
  sides: (rows: string, tall: number, columns: string, wide: number) =>
    `${tall} × ${rows}, ${wide} × ${columns}`,
  mapOf: (name: string, shape: string) => `Map of ${name}, ${shape}`,
  readCells: 'Read cells with the arrow keys; + and − zoom, 0 shows all',
  weight: 'weight',
  mapTable: (name: string) => `Cells of ${name} in view`,
  normDoes: 'What this LayerNorm’s weight does',
  normSays: (median: string, out: number, count: number) =>
    `After a row is brought to mean 0 and variance 1, each component is multiplied by its weight (the bias is added after that). Half of the weights are larger than ${median} in size; ${out} of ${count} are below a tenth of that, so that the next part receives hardly anything of those components.`,
  normTable: (name: string) => `Components that ${name} enlarges and shrinks most`,
  factor: 'multiplied by',
  enlarged: 'enlarged most',
  shrunk: 'shrunk most',
  histogram: 'Histogram of all values; the line above is one standard deviation about the mean',
  histogramSays: (name: string, count: string, mean: string, std: string) =>
    `Histogram of the ${count} values of ${name}: mean ${mean}, standard deviation ${std}.`,
  histogramTable: (name: string) => `Histogram of ${name}`,
  fromValue: 'from',
  toValue: 'to',
  valuesIn: 'values',

  computing: 'Computing the principal components…',
  embeddingSays: (name: string, rows: number) =>
    `The ${rows} rows of ${name} on their first two principal components.`,
  axis: (number: number, share: string) => `principal component ${number}: ${share} of the variance`,
  axisShort: (number: number) => `component ${number}`,
  embeddingTable: (name: string) => `Rows of ${name} on two principal components`,
  markedAre: {
    wte: 'Marked: the prompt’s tokens, and the one whose neighbours are listed. Click a point to choose it.',
    wpe: 'Marked: sixteen positions from the first to the last.'
  },
  pcaSays:
    'Principal components: the two directions along which the rows, minus their mean, vary most. Two of many: points that are near here may be far apart in the others.',
  positionName: (position: number) => `position ${position}`,

  nearestLabel: 'Nearest rows of wte by cosine',
  tokenId: 'token id',
  orPrompt: 'or of the prompt:',
  nearestTo: 'nearest',
  farthest: 'farthest',
  cosine: 'cosine',
  nearestTable: 'Rows of wte by cosine with the chosen one',

  all: 'All parameters',
  allTable: 'Every parameter: shape and statistics',
  shape: 'shape',
  values: 'values',
  mean: 'mean',
  std: 'std',
  min: 'min',
  max: 'max'
});
