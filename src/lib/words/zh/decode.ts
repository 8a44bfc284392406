import type { decodeWords as English } from '../en/decode';
import { integer } from '../numbers';

export const decodeWords: typeof English = {
  parts: '解码的部分',
  steps: '逐步解码',
  beams: '束搜索树',
  compare: '比较',
  loss: '损失',
  tokens: '词元数',
  badSeed: (most) => `应为 0 到 ${most} 的整数`,
  cancel: '取消',
  open: '作为提示词打开',
  computing: '正在计算。',
  problem: (detail) => `计算未能完成（${detail}）。`,
  speed: (rate, tokens, seconds) => `${rate} 词元/秒（${integer(tokens)} 个，用时 ${seconds} s）`,

  addedToken: (step) => `新增词元 ${step}`,
  addedTokenIs: (step, token) => `新增词元 ${step}：${token}`,
  theNext: '下一个词元',
  say: '模型为词表中的每个词元给出一个概率；各处理器对其修改和截取；然后取出一个词元，文本继续。',
  prompt: '提示词：',
  added: '新增的词元；选择一个，看看它是从哪些词元中选出的',
  nextMark: '下一个？',

  add: '添加词元',
  step: '走一步',
  run: (count) => `连续 ${count} 步`,
  undo: '撤销',
  backToHere: '退回到这里',
  startOver: '重新开始',
  howToAdd: '“走一步”添加一个词元；“连续”添加多个，可以取消。',
  ended: {
    eos: '模型已用 <|endoftext|> 结束文本。撤销后可以换一种方式继续。',
    full: '模型的上下文已满。请撤销，或打开更短的提示词。'
  },

  noRoom: (length) =>
    `提示词有 ${length} 个词元，已是此模型一次所能读取的全部：没有空间再加词元。请缩短提示词后继续。`,

  leftOut: (count) => `链接带来的词元比此模型一次所能读取的多 ${count} 个，已略去；缩短提示词即可留出空间。`,

  proposed: (settings) => `模型作者建议：${settings}。`,
  proposedOutside: (settings) => `还建议 ${settings}，本页不提供。`,
  proposedInUse: '正在使用。',
  useProposed: '使用这些设置',
  settings: '设置',
  choose: '选择',
  how: '如何取词元',
  draw: '抽取',
  takeBest: '取最佳',
  processors: '处理器，按运行顺序排列',
  allOff: '全部关闭',
  says: {
    repetition_penalty: '把文本中已有词元的 logits 除以它',
    no_repeat_ngram_size: '去掉会使连续 n 个词元重复出现的词元',
    temperature: '把所有 logits 除以它',
    top_k: '保留最佳的 k 个',
    top_p: '保留合计概率达到 p 的最佳词元',
    min_p: '保留概率至少为最佳词元的这一比例的词元',
    typical_p: '保留惊讶度接近期望值的词元'
  },
  notUsed: '未使用：直接取最佳词元，不抽取',
  moved: (mass) => `没有去掉词元 · 移动了 ${mass}`,
  removed: (count, mass, left) => `去掉 ${integer(count)} 个词元，共占 ${mass} · 剩 ${integer(left)} 个`,
  unchanged: (left, all) =>
    `${integer(all)} 个词元中剩 ${integer(left)} 个：这是模型本身的分布，没有任何改动。`,
  renormalised: (left, all) =>
    `${integer(all)} 个词元中剩 ${integer(left)} 个；它们的概率已重新归一化为 100 %。`,

  beforeAndAfter: '处理前后',
  beforeAndAfterAt: '处理前后\u00a0· 接在“{token}”之后',
  scale: '条形的刻度',
  scales: { linear: '线性', log: '对数' },
  table: '处理前后概率最高的词元',
  columns: ['排名', '词元', 'id', '处理前', '处理后'],
  rank: '排名',
  token: '词元',
  beforeIs: '处理前：模型给出的概率',
  afterIs: '处理后：从中抽取的概率',
  choice: '选择',
  taken: '← 已取',
  chosen: '← 选中',
  inText: '← 文本中的',
  isRemoved: '已去掉',
  chart: (kept) => `处理前后的全部词元，按排名排列。${kept}`,
  before: '处理前',
  after: '处理后',
  chartLegend:
    '{outline}处理前 {solid}处理后 · 词表中的每个词元，按处理前的排名（对数刻度）· 概率（线性刻度）',
  logChartLegend:
    '{outline}处理前 {solid}处理后 · 词表中的每个词元，按处理前的排名（对数刻度）· 概率（对数刻度）',

  theDraw: '抽取',
  why: '为何是这个词元',
  drawFalls: (draw, token, from, to) => `抽到的数 ${draw} 落在 ${token} 上，它占 ${from} 到 ${to}。`,
  nothingDrawn: (token, probability) => `没有抽取：${token} 的分数最高，${probability}。`,
  fromSeed: (seed, T) =>
    `它是随机种子 ${seed} 的序列中的第 ${integer(T)} 个数，因为前面有 ${integer(T)} 个词元：种子和文本相同，得到的数就总是相同。`,
  differs: (taken, chosen) => `文本中这里是 ${taken}，是用其他设置取的；现在的设置会选 ${chosen}。`,
  endToEnd: (why) => `所有概率按词元 id 首尾相接。${why}`,
  close: '同一条，指针附近放大：',
  closeBar: '同一条，指针附近放大。',
  howToRead: '词元按 id 的顺序首尾相接，每个的宽度就是它处理后的概率；灰色：太窄、无法单独画出的相邻词元。',
  one: (token, share) => `${token} ${share}`,
  together: (count, share) => `${integer(count)} 个词元，合计 ${share}`
};
