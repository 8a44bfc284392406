import type { normChartWords as English } from '../en/norm-chart';

export const normChartWords: typeof English = {
  byDepth: '残差流的范数随深度的变化',
  summary: (label, first, last) => `${label}：从嵌入之后的 ${first} 到最后一个块之后的 ${last}`,
  block: '块',
  blockReads: (block, norm) => `块 ${block} 读取深度 ${block}，范数 ${norm}`,
  residPre: '块 0 的 resid_pre',
  residPost: (block) => `块 ${block} 的 resid_post`,
  depth: (depth, name) => `深度 ${depth}，${name}：{norm}`
};
