import type { residualVectorWords as English } from '../../en/views/residual-vectors';

export const residualVectorWords: typeof English = {
  below: '逐个分量',
  title: '向量本身',
  part: (position) => `各深度的每个分量，位置 ${position}`,
  say: '每行一个深度，最上面是嵌入；每列一个分量。在许多行都保持颜色的分量，是一路传递下来的。',
  component: '分量',
  read: '图中的数值，用方向键读取',
  mapSays: (depths, width) => `${width} 个分量在 ${depths} 个深度的值`,
  outliers: (named) => `远大于其他的：${named.join('、')}。`,
  outlier: (component, times) => `分量 ${component}（中位数的 ${times} 倍）`,
  noOutlier: '没有分量达到其深度中位数的十倍。',
  vectorTable: (position) => `位置 ${position} 的残差流，按分量和深度`,
  cosine: '余弦',
  cosineTitle: '深度之间的余弦',
  cosineSay: '残差流在两个深度的方向有多接近：1 为同一方向，0 为直角。',
  cosineTable: '残差流在各深度之间的余弦',
  resultTitle: '每个头加上的内容',
  resultSay: '每个头的 result 在这个位置的范数：行是块，列是头。',
  resultOf: (name, norm) => `头 ${name}：‖result‖ ${norm}`,
  resultTable: (position) => `各头的 result 在位置 ${position} 的范数`,
  resultNorm: 'result 的范数',
  block: '块'
};
