import type { modelMapWords as English } from '../en/model-map';

export const modelMapWords: typeof English = {
  embeddings: '嵌入',
  nextToken: '下一个词元',
  attentionOf: (layer) => `块 ${layer} 的注意力`,
  mlpOf: (layer) => `块 ${layer} 的 MLP`,
  stop: (name, says) => `${name}：${says}`,
  pills: { embed: 'wte + wpe', ln_f: 'ln_f' },
  outputPill: (matrix) => `${matrix} → 下一个`,

  startsStream: 'wte + wpe 是残差流的起点',
  readsStream: '读取残差流，不向其中添加任何内容',
  readsNorm: (norm) => `读取范数为 ${norm} 的残差流`,
  logits: (matrix) => `${matrix} 把 ln_f 变为 logits`,
  addsLater: (name) => `加入 ${name}，尚未算出`,
  adds: (name, norm) => `加入 ${name} = ${norm}`,

  summary: (n_layer) => `模型地图：嵌入，${n_layer} 个由注意力和 MLP 组成的块，ln_f，下一个词元。`,
  summaryWithMost: (n_layer, token, stop, norm) =>
    `模型地图：嵌入，${n_layer} 个由注意力和 MLP 组成的块，ln_f，下一个词元。在 ${token} 处，${stop}加入得最多：范数 ${norm}。`,

  attention: '注意力',
  mlp: 'MLP',
  bars: (most) => `，条长 = 在 {token} 处所加入内容的范数，0 … ${most}`,
  rootBars: (most) => `，条长 = 在 {token} 处所加入内容的范数，0 … ${most}（√ 刻度）`,

  table: (token) => `各部分在 ${token} 处所加入内容的范数`,
  columns: ['部分', '注意力（或 wte）', 'MLP（或 wpe）'],
  block: (layer) => `块 ${layer}`,
  intoFinal: '进入 ln_f'
};
