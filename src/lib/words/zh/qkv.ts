import type { qkvWords as English } from '../en/qkv';
import { integer } from '../numbers';

export const qkvWords: typeof English = {
  head: (layer, head) => `头 ${layer}.${head}`,
  part: (layer) => `查询、键与值，块 ${layer}`,
  say: '查询与每个键逐一比较；两者越匹配，从该键的值中读取的就越多。',
  order: '分量的顺序',
  inOrder: '原顺序',
  inOrderWhy: '按存储顺序排列分量',
  sorted: '排序',
  sortedWhy: '按乘积从大到小排列分量',
  reading: (layer) => `正在读取块 ${layer} 的 q、k 和 v …`,

  product: '查询与键的乘积',
  multiply: '1 · 逐分量相乘，再求和',
  vectorOf: '{token} 的 {vector}',
  queryAt: (position) => `查询 ${position}`,
  keyAt: (position) => `键 ${position}`,
  byComponent: '逐分量',
  bars: (d_head) =>
    `{positive}大于零 {negative}小于零 · ${d_head} 个分量 · 指向一个分量可查看数值，点击可固定`,

  score: '分数',
  scale: '2 · 缩放',
  scoreWhy: (divisor) => `分数：除以 ${divisor}；√d_head 使它不随头的宽度增大`,
  agree: (digits) => `这是模型自己的 attn_scores 值，与上面的和在小数点后 ${digits} 位内相等。`,
  disagree: (model, sum) => `两者不一致：模型给出 ${model}，求和得到 ${sum}。`,

  softmax: 'Softmax',
  overKeys: '3 · 对此查询的所有键做 softmax',
  weightOf: (key) => `键 ${key} 的权重`,
  keys: '键：各自的分数和权重',
  keyRow: (key, token, score, weight) => `键 ${key} ${token}：分数 ${score}，权重 ${weight}`,
  scoreColumn: '分数',
  weight: '权重',
  longest: (weight) => `条形：权重，即概率；最长的是 ${weight}。`,
  onlyItself: '位置 0 只能看到自己，所以无论分数多少，它的权重都是 100 %。',
  noneMasked: '这是最后一个位置：后面没有键，所以没有键被掩码。',
  oneMasked: (key) => `键 ${key} 在查询之后，被掩码。它的分数设为 −∞，而 e^−∞ = 0。`,
  masked: (first, last) => `键 ${first} 到 ${last} 在查询之后，被掩码。它们的分数设为 −∞，而 e^−∞ = 0。`,

  weighted: '加权的值',
  weigh: '4 · 值乘以权重，再对所有键求和',
  weightedValue: '权重 · v',
  sameScale: '同一刻度',
  otherDirections: 'v 的分量 i 与 q、k 的分量 i 是不同的方向，只是编号相同。',
  lighterKeys: (count) => `其余 ${integer(count)} 个权重较小的键`,
  ofKey: (key) => `键 ${key} 的权重 · v`,
  ofLighterKeys: (count) => `其余 ${integer(count)} 个权重较小的键的权重 · v`,
  stackUnit: '权重 · v，以及它们的和 z',
  difference: (difference) => `此和与模型自己的 z 相差最多 ${difference}`,
  table: (layer, head, query, key) => `头 ${layer}.${head}，查询 ${query}，键 ${key}：所有分量`
};
