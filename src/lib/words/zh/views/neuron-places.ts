import type { neuronPlacesWords as English } from '../../en/views/neuron-places';

export const neuronPlacesWords: typeof English = {
  title: (layer) => `在一段文本上 · 块 ${layer} 的神经元`,
  say: '统计此块每个神经元在每个位置的 mlp.post，并保留每个神经元最大的几处。',
  largest: '文本中最大的：',
  neuronHas: (neuron, value) => `神经元 ${neuron} ${value}，post 的最大值`,
  holdOne: '固定一个神经元，即可看到它在哪里最大。',
  facts: (neuron, data, mean, positive) =>
    `神经元 ${neuron}，在${data}上：post 的均值 ${mean}，在 ${positive} 的位置大于 0。`,
  places: (neuron) => `神经元 ${neuron} 最大的地方`,
  marks: '填色：它在此词元处最大。',
  table: (neuron) => `神经元 ${neuron} 最大的地方`,
  row: '行',
  position: '位置',
  token: '词元'
};
