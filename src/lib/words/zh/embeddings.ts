import type { embeddingWords as English } from '../en/embeddings';
import { integer } from '../numbers';

export const embeddingWords: typeof English = {
  takeOut: (position) => `去掉位置 ${position} 的词元`,
  title: '嵌入',
  part: (position) => `位置 ${position}`,
  say: '残差流从两个学得的行之和开始：一行表示是哪个词元，一行表示它在什么位置。',
  shape: (n_embd) => `每行 [${n_embd}]`,

  tokenRow: '词元的行',
  positionRow: '位置的行',
  blockReads: '块 0 读取的向量',
  norm: (norm) => `范数 ${norm}`,
  strips: (n_embd, token, position, wte, wpe, sum) =>
    `三条色带，各 ${n_embd} 个分量，属于位置 ${position} 的 ${token}：范数 ${wte} 的向量与范数 ${wpe} 的向量相加，得到范数 ${sum} 的向量`,
  component: '分量',
  componentSum: (component, names, numbers) => `分量 ${component}：${names}，${numbers}`,
  unit: '分量的值',
  oneScale: '三条色带共用一个色标。',
  noneBeyond: '没有值超出色标两端。',
  beyond: (count, all) => `${integer(all)} 个值中有 ${integer(count)} 个超出色标两端，按端点的颜色显示。`,
  keys: '方向键移动分量，Page Up 和 Page Down 移动位置。',

  facts: (position, length, wte, wpe, cosine, angle, sum) =>
    `对于位置 ${position} 的 {token}，${length}：范数分别为 ${wte} 和 ${wpe}。两者的余弦为 ${cosine}：${angle}；和的范数为 ${sum}。`,
  exact: '按 float32 计算，每个分量都精确相加。',
  inexact: (difference) => `与 resid_pre 相差最多 ${difference}。`,
  noAngle: '其中一个为零，没有方向',
  rightAngle: '它们几乎互相垂直',
  sameWay: '它们的方向部分一致',
  against: '它们的方向部分相反',
  zeroRow: '两行中有一行为零',
  tokenLonger: (ratio) => `词元的行的长度是位置的行的 ${ratio} 倍`,
  positionLonger: (ratio) => `位置的行的长度是词元的行的 ${ratio} 倍`,

  components: (from, to) => `分量 ${from} 到 ${to}`,
  bars: (from, to, values) => `分量 ${from} 到 ${to} 的条形图，${values}`,
  barsLegend: (longest) => `条形从 0 开始；此窗口中最长的是 ${longest}。{positive} 大于 0 {negative} 小于 0`,
  table: (token, position) => `位置 ${position} 的 ${token} 的各分量`
};
