import { integer } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The MLP view: neurons on the curve of the activation, the most active ones, and what they write together. */
export const mlpWords = inLanguage('mlpWords', {
  part: (layer: number) => `neurons of block ${layer}`,
  say: (curve: string) =>
    `Each neuron’s input goes through the ${curve} curve: values well below zero become almost 0, values above it pass nearly unchanged.`,
  /** Of a curve that does not bring values below zero near 0. */
  sayOther: (curve: string) =>
    `Each neuron’s input goes through the ${curve} curve, as this checkpoint’s config says.`,
  positive: (positive: number, total: number, share: string) =>
    `**${integer(positive)}** of ${integer(total)} neurons have pre above zero (${share}).`,
  takeOut: (layer: number) => `Take MLP ${layer} out`,
  takeNeuronOut: (neuron: number) => `Take neuron ${neuron} out`,
  reading: (layer: number) => `Reading the neurons of block ${layer} …`,

  neuron: 'neuron',
  any: 'any',
  on: (on: number, total: number, share: string) =>
    `**${integer(on)}** of ${integer(total)} neurons are on (${share}).`,
  whatOnMeans: (threshold: number, positive: number) =>
    `On: post above ${threshold}. No neuron with pre below zero reaches that size. ${integer(positive)} have pre above zero.`,

  plot: (curve: string, neurons: number, least: string, most: string, tallest: number) =>
    `${curve} curve with ${neurons} neurons on it, pre between ${least} and ${most}; histogram of pre below, tallest bin ${tallest} neurons`,
  perBin: 'neurons per bin of pre',
  perBinAnd: (offAxis: string) => `neurons per bin of pre; ${offAxis}`,
  dots: 'One dot per neuron at (pre, post), both without unit · the colour is stronger where many overlap · point at one, click to keep it',
  tip: (neuron: number, pre: string, post: string) => `neuron ${neuron}: pre ${pre} → post ${post}`,
  through: (curve: string, neuron: number, pre: string, post: string) =>
    `neuron ${neuron}: ${curve}(${pre}) = ${post}`,

  mostActive: 'Most active neurons',
  mostActiveOf: (shown: number, total: number) => `Most active · ${shown} of ${integer(total)}`,
  row: (neuron: number, pre: string, post: string) => `neuron ${neuron}: pre ${pre}, post ${post}`,
  bySize: 'By size of post; a hollow bar is below zero.',

  together: 'What they write together',
  written: (values: number, norm: string) =>
    `\`mlp_out = post · c_proj.weight + c_proj.bias\`, added to the residual stream: ${values} values, norm ${norm}`,
  table: (layer: number, position: number) =>
    `Neurons of block ${layer} at position ${position}, by size of post`,

  byWeights: (neuron: number) => `By its weights · neuron ${neuron}`,
  byWeightsNote:
    'Reads: every token’s row of wte, after ln_2, times the neuron’s column of c_fc, without the bias. Writes: its row of c_proj, times ln_f’s weight, times every token’s row of lm_head (wte once more, unless the model has its own), without ln_f’s scale. Attention, MLP 0 and positions are left out, so this says what the weights allow.',
  readsMost: 'largest input from',
  readsLeast: 'smallest input from',
  writesMore: 'it makes likelier',
  writesLess: 'less likely',
  readTable: (neuron: number) => `Tokens that neuron ${neuron} reads`,
  writeTable: (neuron: number) => `Tokens that neuron ${neuron} writes`
});
