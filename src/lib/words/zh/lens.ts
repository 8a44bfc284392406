import type { lensWords as English } from '../en/lens';
import { integer } from '../numbers';

export const lensWords: typeof English = {
  source: {
    embedding: '块 0 的 resid_pre：嵌入，在所有块之前',
    output: (block) => `块 ${block} 的 resid_post：模型的输出`,
    inside: (block) => `块 ${block} 的 resid_mid：注意力之后，MLP 之前`,
    block: (block, reader) => `块 ${block} 的 resid_post：块 ${reader} 读取的内容`
  },
  column: (position, token) => `位置 ${position} 读取 ${token}，预测下一个词元`,

  summary: (depths, positions) => `logit 透镜，${depths} 个深度 × ${positions} 个位置。正在计算。`,
  summaryWith: (depths, positions, token, position, top, probability) =>
    `logit 透镜，${depths} 个深度 × ${positions} 个位置。在位置 ${position} 的 ${token} 之后，最后一行给出 ${top}，${probability}。`,
  cell: (row, token, position) => `${row}，位置 ${position} 的 ${token}`,
  cellPending: (cell) => `${cell}：正在计算`,
  cellSays: (cell, top, probability, measure) =>
    `${cell}：${top}，${probability}${measure === null ? '' : `，${measure}`}`,
  place: (row, token) => `${row}，${token}`,

  klUnit: 'nats（对数刻度：按 ln(1 + KL) 等分）',
  crossEntropyUnit: 'nats（对数刻度：按 ln(1 + 交叉熵) 等分）',
  rankUnit: '排名（对数刻度）',
  rank: (rank) => `排名 ${integer(rank)}`,
  entropy: (nats) => `熵 ${nats} nats`,
  kl: (nats) => `KL ${nats} nats`,
  nextRank: (rank) => `实际下一个词元的排名 ${integer(rank)}`,
  crossEntropy: (nats) => `交叉熵 ${nats} nats`,
  showsNextRank: (vocab_size) =>
    `颜色：提示词中实际的下一个词元在 ${integer(vocab_size)} 个词元中的排名，1 为最佳。最后一个位置没有下一个词元。`,
  showsCrossEntropy: '颜色：提示词中实际的下一个词元概率的 −ln，即它的交叉熵。最后一个位置没有下一个词元。',
  showsProbability: '颜色：该格首位词元的概率。',
  showsKl: '颜色：KL(最后一行 ‖ 此行)，即此行离最终预测还有多远；最后一行为 0。',
  showsEntropy: (vocab_size, most) =>
    `颜色：整个分布的熵，从 0（确定）到 ln ${integer(vocab_size)} = ${most} nats（所有词元同样可能）。`,
  showsRank: (token, vocab_size) => `颜色：${token} 在 ${integer(vocab_size)} 个词元中的排名，1 为最佳。`,
  showsNoRank: '颜色：所跟踪词元的排名。尚未跟踪任何词元：点击一格即可。',

  top: (count) => `前 ${count} 名`,
  token: '词元',
  probability: '概率',
  logit: 'logit',
  follow: (token) => `跟踪 ${token}`,
  pending: '正在计算。'
};
