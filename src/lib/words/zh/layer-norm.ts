import type { layerNormWords as English } from '../en/layer-norm';

export const layerNormWords: typeof English = {
  where: {
    ln_1: (layer) => `在注意力之前，块 ${layer}`,
    ln_2: (layer) => `在 MLP 之前，块 ${layer}`,
    ln_f: () => '在输出之前，整个模型只有一次'
  },
  when: { ln_1: '在注意力之前', ln_2: '在 MLP 之前', ln_f: '在最后一个块之后' },
  say: '每个位置的向量先居中，再缩放到标准差为 1；然后每个分量乘上自己的权重，再加上自己的偏置。',
  last: (block) =>
    `ln_f 只用一次，在块 ${block} 之后。它的输出就是 Hugging Face 的最后一个隐藏状态，logits 由它算出；TransformerLens 的最后一个 \`resid_post\` 是它的输入。`,
  reading: (which) => `正在读取 ${which} …`,

  steps: '四个步骤',
  stepByStep: (position) => `位置 ${position}，逐步计算`,
  comesIn: '输入',
  centred: '此时均值为 0，标准差为 1',
  weighted: '每个分量乘上自己的系数',
  goesOut: '输出',
  afterDivision: '除法之后的值',
  histogram: (vector, count) => `${vector}：${count} 个值的直方图`,
  mean: '均值',
  std: '标准差',
  follow: (components) => `从左到右共 ${components} 个分量 · 指向其中一个可跟踪它，点击可固定`,
  differences: (output, scale, scaleDifference) =>
    `与模型自己的输出相差最多 ${output}；与模型自己的 scale（${scale}）相差 ${scaleDifference}`,

  distribution: '之前与之后的分布',
  beforeAndAfter: '之前与之后',
  histograms: (values, position, which) => `位置 ${position} 的 ${values} 个值，${which} 之前与之后`,
  marks: '{before}之前 {after}之后 · 条形：每个区间内的数值个数 · 上方的点和线：均值 ± 1 个标准差',

  parameters: 'weight 与 bias',
  whatTheyDo: 'weight 与 bias 的作用',
  weightSays: '逐分量相乘：绝对值大于 1 则放大，小于 1 则缩小。',
  factor: '系数',
  amplifies: '放大最多',
  holdsBack: '缩小最多',
  biasSays: '给每个分量加上一个偏移，在所有位置都相同。',
  shift: '偏移',
  shifts: '偏移最多',

  everyPosition: '所有位置',
  token: '词元',
  spreads: '每个位置在之前与之后的均值和标准差',
  before: { mean: '之前的均值', std: '之前的标准差' },
  after: { mean: '之后的均值', std: '之后的标准差' },
  fullFrom: (what, extent) => `${what}，从 ${extent} 起为最深色`,

  table: (which, position) => `位置 ${position} 的 ${which}：所有分量`,
  ownOutput: '模型的输出'
};
