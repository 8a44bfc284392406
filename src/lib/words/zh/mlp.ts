import type { mlpWords as English } from '../en/mlp';
import { integer } from '../numbers';

export const mlpWords: typeof English = {
  part: (layer) => `块 ${layer} 的神经元`,
  say: (curve) => `每个神经元的输入都经过 ${curve} 曲线：远低于零的值变得接近 0，高于零的值几乎不变。`,
  sayOther: (curve) => `每个神经元的输入都经过 ${curve} 曲线，这是该检查点所要求的。`,
  positive: (positive, total, share) =>
    `${integer(total)} 个神经元中有 **${integer(positive)}** 个的 pre 大于零（${share}）。`,
  takeOut: (layer) => `去掉 MLP ${layer}`,
  takeNeuronOut: (neuron) => `去掉神经元 ${neuron}`,
  reading: (layer) => `正在读取块 ${layer} 的神经元 …`,

  neuron: '神经元',
  any: '任意',
  on: (on, total, share) => `${integer(total)} 个神经元中有 **${integer(on)}** 个已激活（${share}）。`,
  whatOnMeans: (threshold, positive) =>
    `已激活：post 大于 ${threshold}；pre 小于零的神经元，输出的绝对值都达不到它。${integer(positive)} 个神经元的 pre 大于零。`,

  plot: (curve, neurons, least, most, tallest) =>
    `${curve} 曲线，上有 ${neurons} 个神经元，pre 介于 ${least} 与 ${most} 之间；下方是 pre 的直方图，最高的区间有 ${tallest} 个神经元`,
  perBin: 'pre 每个区间内的神经元个数',
  perBinAnd: (offAxis) => `pre 每个区间内的神经元个数；${offAxis}`,
  dots: '每个神经元是 (pre, post) 处的一个点，两者都没有单位 · 点越密颜色越浓 · 指向一个点可查看，点击可固定',
  tip: (neuron, pre, post) => `神经元 ${neuron}：pre ${pre} → post ${post}`,
  through: (curve, neuron, pre, post) => `神经元 ${neuron}：${curve}(${pre}) = ${post}`,

  mostActive: '最活跃的神经元',
  mostActiveOf: (shown, total) => `最活跃的神经元 · ${shown} / ${integer(total)}`,
  row: (neuron, pre, post) => `神经元 ${neuron}：pre ${pre}，post ${post}`,
  bySize: '按 post 的绝对值排列；空心条表示小于零。',

  together: '它们共同写入的内容',
  written: (values, norm) =>
    `\`mlp_out = post · c_proj.weight + c_proj.bias\`，加到残差流上：${values} 个值，范数 ${norm}`,
  table: (layer, position) => `块 ${layer} 在位置 ${position} 的神经元，按 post 的绝对值排列`,

  byWeights: (neuron) => `只看权重 · 神经元 ${neuron}`,
  byWeightsNote:
    '读取：每个词元在 wte 中的行经过 ln_2，再与该神经元在 c_fc 中的列相乘，略去偏置。写入：它在 c_proj 中的行乘以 ln_f 的权重，再与每个词元在 lm_head 中的行相乘（若模型没有单独的 lm_head，就是 wte），不含 ln_f 的缩放。这里略去了注意力、MLP 0 和位置，所以只说明权重允许什么。',
  readsMost: '输入最大的词元',
  readsLeast: '输入最小的词元',
  writesMore: '它使之更可能',
  writesLess: '更不可能',
  readTable: (neuron) => `神经元 ${neuron} 读取的词元`,
  writeTable: (neuron) => `神经元 ${neuron} 写入的词元`
};
