import type { weightsWords as English } from '../../en/views/weights';

export const weightsWords: typeof English = {
  title: '权重',
  part: (count) => `全部 ${count} 个参数`,
  say: '模型文件中的参数，原样显示。它们由训练确定，任何提示词都不会改变它们。',
  show: '显示什么',
  shows: { parameter: '一个参数', wte: 'wte 的分布图', wpe: 'wpe 的分布图' },
  parameter: '参数',
  cellIs: '一格显示什么',
  cells: { extreme: '离 0 最远的', mean: '均值' },
  reduced: {
    extreme: '一格代表若干数值，显示其中离 0 最远的一个；放大可看每一个。',
    mean: '一格代表若干数值，显示它们的均值；放大可看每一个。'
  },
  tied: (name) => `就是 ${name}，只是另一个名称。`,
  summary: (count, mean, std, min, max) =>
    `有 ${count} 个数值：均值 ${mean}，标准差 ${std}，从 ${min} 到 ${max}。`,
  axes: {
    token: '词元',
    position: '位置',
    component: '分量',
    qkv: '输出，q | k | v 按头',
    z: 'z 的分量，按头',
    neuron: '神经元',
    one: '行'
  },
  shapeSays: (rows, columns, isVector) =>
    isVector ? `一个向量：每个${columns}一个数值。` : `行：${rows}（输入）。列：${columns}（输出）。`,
  sides: (rows, tall, columns, wide) => `${tall} × ${rows}，${wide} × ${columns}`,
  mapOf: (name, shape) => `${name} 的图，${shape}`,
  readCells: '用方向键读取各格；+ 和 − 缩放，0 显示全部',
  weight: '权重',
  mapTable: (name) => `${name} 中可见的各格`,
  normDoes: '这个层归一化的权重有什么作用',
  normSays: (median, out, count) =>
    `一行先变为均值 0、方差 1，然后每个分量乘以它的权重（之后再加偏置）。一半的权重绝对值大于 ${median}；${count} 个中有 ${out} 个不到它的十分之一，下一个部分几乎读不到这些分量。`,
  normTable: (name) => `${name} 放大最多和缩小最多的分量`,
  factor: '乘以',
  enlarged: '放大最多',
  shrunk: '缩小最多',
  histogram: '全部数值的直方图；上方的线是均值左右各一个标准差',
  histogramSays: (name, count, mean, std) =>
    `${name} 的 ${count} 个数值的直方图：均值 ${mean}，标准差 ${std}。`,
  histogramTable: (name) => `${name} 的直方图`,
  fromValue: '从',
  toValue: '到',
  valuesIn: '个数',

  computing: '正在计算主成分……',
  embeddingSays: (name, rows) => `${name} 的 ${rows} 行，画在前两个主成分上。`,
  axis: (number, share) => `主成分 ${number}：占方差的 ${share}`,
  axisShort: (number) => `主成分 ${number}`,
  embeddingTable: (name) => `${name} 的各行在两个主成分上`,
  markedAre: {
    wte: '标出的是提示词的词元，以及列出其近邻的那一个。点击一个点来选择它。',
    wpe: '标出的是从第一个到最后一个之间的十六个位置。'
  },
  pcaSays:
    '主成分：各行减去均值后变化最大的两个方向。方向有许多，这只是其中两个：在这里靠近的点，在其他方向上可能很远。',
  positionName: (position) => `位置 ${position}`,

  nearestLabel: 'wte 中按余弦最近的行',
  tokenId: '词元 id',
  orPrompt: '或选提示词中的：',
  nearestTo: '最近',
  farthest: '最远',
  cosine: '余弦',
  nearestTable: 'wte 的各行与所选行的余弦',

  all: '全部参数',
  allTable: '每个参数：形状和统计',
  shape: '形状',
  values: '个数',
  mean: '均值',
  std: '标准差',
  min: '最小',
  max: '最大'
};
