import type { depthWords as English } from '../en/depth';

export const depthWords: typeof English = {
  embed: '嵌入',
  tick: '嵌入',
  atEmbedding: '在嵌入处',
  after: (block) => `块 ${block} 后`,
  afterBlock: (block) => `块 ${block} 之后`,
  inside: (block) => `块 ${block} 内`,
  insideBlock: (block) => `块 ${block} 的注意力之后`,
  residPre: '块 0 的 resid_pre',
  residPost: (block) => `块 ${block} 的 resid_post`
};
