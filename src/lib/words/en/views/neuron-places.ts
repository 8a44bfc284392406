import { inLanguage } from '../../spoken.svelte';

/** Where the neurons of a block are most active in a text. */
export const neuronPlacesWords = inLanguage('neuronPlacesWords', {
  title: (layer: number) => `Over a text · neurons of block ${layer}`,
  say: 'Counts mlp.post of every neuron of this block at every position, and keeps the places where each is largest.',
  largest: 'Largest in the text:',
  neuronHas: (neuron: number, value: string) => `neuron ${neuron} ${value}, its largest post`,
  holdOne: 'Hold a neuron to see where it is largest.',
  facts: (neuron: number, data: string, mean: string, positive: string) =>
    `Neuron ${neuron} on ${data}: mean of post ${mean}, above 0 at ${positive} of the positions.`,
  places: (neuron: number) => `Where neuron ${neuron} is largest`,
  marks: 'Filled: the token that it is largest at.',
  table: (neuron: number) => `Largest places of neuron ${neuron}`,
  row: 'row',
  position: 'position',
  token: 'token'
});
