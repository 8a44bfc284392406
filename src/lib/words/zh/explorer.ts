import type { explorerWords as English } from '../en/explorer';

export const explorerWords: typeof English = {
  parts: '模型的部分',
  where: '在模型中的位置',
  prediction: '预测',
  decodeOnly: (settings) => `“解码”还会用到 ${settings.join('、')}；这里的条形和“抽取”不用它们。`,
  normByDepth: '残差流 · 各深度的范数',
  layerNorm: (width, layer) => `块 ${layer} 的 ln_1 处的 ${width} 个值`
};
