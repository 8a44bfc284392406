import type { residualWords as English } from '../en/residual';

export const residualWords: typeof English = {
  takeOut: (layer, position) => `去掉块 ${layer} 在位置 ${position} 加上的内容`,
  title: '残差流',
  part: (depths) => `全部 ${depths} 个深度的范数`,
  say: '每个位置都有一个向量贯穿整个模型，每个注意力和每个 MLP 都往它上面加一个向量；这里显示它在每个深度的范数（长度）。',
  scale: '刻度',
  scaleOfNorms: '范数的刻度',
  kinds: { linear: '线性', log: '对数' },
  units: { linear: 'L2 范数（从 0 起的线性刻度）', log: 'L2 范数（对数刻度）' },

  summary: (depths, positions, largest, place, position) =>
    `残差流在 ${depths} 个深度、${positions} 个位置的范数；最大的是 ${largest}，${place}、位置 ${position}。`,
  noFinite: (depths, positions) =>
    `残差流在 ${depths} 个深度、${positions} 个位置的范数；其中没有一个是有限数。`,
  choose: '用方向键选择深度和位置',
  axes: '行：每个块之后的残差流，最下面是嵌入 · 列：位置',
  readout: (position, name, tensor) => `位置 ${position} {token}，${name}，${tensor}：{norm}`,
  depths: (n_layer, layer) =>
    `最下面一行“嵌入”是块 0 的 resid_pre；第 L 行是块 L 之后的残差流，即它的 resid_post。Hugging Face 的 \`hidden_states[${n_layer}]\` 还经过了 ln_f；这里的最后一行是块 ${n_layer - 1} 的 resid_post，在 ln_f 之前。边框标出块 ${layer} 在所选位置的那一步。`,
  table: '残差流在每个位置和深度的范数',
  token: '词元',

  byDepthAt: (position) => `位置 ${position} {token} 的范数随深度的变化`,
  chart: (position) => `位置 ${position} 的残差流范数随深度的变化`,
  others: '灰色：其他位置。',
  drawn: { linear: '从 0 起的线性刻度。', log: '对数刻度。' },

  addsAt: (position) => `每个块在位置 ${position} {token} 增加了什么`,
  blocks: '各个块',
  block: '块',
  share: '注意力占比',
  row: (layer, attn, mlp, share) =>
    `块 ${layer}，注意力增加的向量范数 ${attn}，MLP ${mlp}，注意力占比 ${share}`,
  bars: {
    linear: (most) => `条形 = 所加向量的范数，0 … ${most}`,
    sqrt: (most) => `条形 = 所加向量的范数，0 … ${most}（√ 刻度）`
  },
  step: ({ layer, token, before, attn, mlp, after, share, sum }) =>
    `块 ${layer} 在 ${token} 处：注意力加上一个范数为 ${attn} 的向量，MLP 加上一个范数为 ${mlp} 的向量；在两个范数之和中，注意力占 ${share}。残差流的范数从 ${before} 变为 ${after}，而不是 ${sum}。`,
  doNotAddUp:
    '**范数不能相加**：方向不同的向量会部分抵消，所以这个占比只比较两个长度，并不是在残差流中所占的份额。',
  stepTable: (position, token) => `每个块在位置 ${position}（${token}）的一步`,
  blockNumber: (layer) => `块 ${layer}`,
  before: '之前',
  after: '之后'
};
