import type { lensViewWords as English } from '../en/lens-view';

export const lensViewWords: typeof English = {
  title: 'logit 透镜',
  say: (matrix) =>
    `如果模型停在这个深度，它接下来会说什么：该处的残差流先经过一次 ln_f，再乘以 ${matrix}。每一列从底部（嵌入）读到顶部（输出）。`,
  sayWithout: (matrix) =>
    `该深度的残差流不经过 ln_f 会说什么：原样乘以 ${matrix}。模型从不这样读取；KL 所比较的是模型自己的最后一行，它经过一次 ln_f。`,
  inside: '块内的行',
  ln_f: '应用 ln_f',
  ln_fWhy: '关闭：不经过最后一个 LayerNorm 读取残差流，以便看出它的作用',
  colourShows: '颜色表示',
  measures: {
    probability: '概率',
    rank: '排名',
    entropy: '熵',
    kl: '与最后一行的 KL',
    nextRank: '下一个词元的排名',
    crossEntropy: '交叉熵'
  },
  measuresWhy: {
    probability: '该格首位词元的概率',
    rank: '所跟踪词元的排名，1 为最佳',
    entropy: '此行的不确定程度，单位 nats',
    kl: 'KL(最后一行 ‖ 此行)，单位 nats',
    nextRank: '提示词中实际的下一个词元的排名，1 为最佳',
    crossEntropy: '提示词中实际的下一个词元概率的 −ln，单位 nats'
  },
  reads: (source, ln_f) => `${source}。概率与 logit（nats）${ln_f ? '均在 ln_f 之后' : '均未经过 ln_f'}。`,
  followActual: (token) => `跟踪提示词中的下一个词元 ${token}`,
  followOne: '点击一格，可在各个深度跟踪它的首位词元；再点一次即停止跟踪。',

  following: (token) => `正在跟踪 ${token}`,
  stopFollowing: '停止跟踪',
  readAt: (position) => `在位置 ${position} 读取。`,
  readAtFirst: (position) => `在位置 ${position} 读取，最后一行把它排在首位。`,
  stop: (rank, place) => `${place}为 ${rank}`,
  ranks: (token, stops) => `${token}：排名${stops.join('，')}。`,
  sameRank: (token, stop) => `${token}：排名${stop}，此后每个深度都是如此。`,
  ranksPending: (token) => `${token}：正在计算它的排名。`,
  rankByDepth: '排名随深度的变化（对数刻度，1 在最上）',
  probabilityByDepth: '概率随深度的变化（√ 刻度）',
  rankChart: (track) => `排名随深度的变化。${track}`,
  probabilityChart: (track) => `概率随深度的变化。${track}`,

  table: (token, position) => `位置 ${position} 的 ${token} 之后的 logit 透镜，按深度排列`,
  columns: {
    depth: '深度',
    token: '首位词元',
    probability: '概率',
    logit: 'logit（nats）',
    entropy: '熵（nats）',
    kl: '与最后一行的 KL（nats）',
    next: { rank: '提示词中下一个词元的排名', crossEntropy: '下一个词元的交叉熵，−ln p（nats）' },
    rank: '所跟踪词元的排名',
    followed: '它的概率',
    crossEntropy: '它的交叉熵，−ln p（nats）'
  }
};
