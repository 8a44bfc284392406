import type { normChartWords as English } from '../en/norm-chart';

export const normChartWords: typeof English = {
  byDepth: '残差流的范数随深度的变化',
  summary: (label, first, last) => `${label}：从嵌入之后的 ${first} 到最后一个块之后的 ${last}`,
  block: '块',
  blockReads: (block, place, norm) => `块 ${block} 读取${place}的残差流，范数 ${norm}`,
  axis: '在哪个块之后',
  depth: (name, tensor) => `${name}，${tensor}：{norm}`
};
