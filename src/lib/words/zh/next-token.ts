import type { nextTokenWords as English } from '../en/next-token';
import { integer } from '../numbers';

export const nextTokenWords: typeof English = {
  nextToken: '下一个词元',
  inShort: '下一个词元（简要）',
  show: '查看接下来是什么：',
  topToken: '最可能的下一个词元',
  nothingYet: '暂无',
  whatNext: '接下来是什么',
  whatNextAfter: '{token} 之后是什么',
  typePrompt: '输入提示词，看看后面接什么。',
  computing: '正在计算。',
  problem: (detail) => `无法显示分布（${detail}）。`,
  marks: '条形：按这些设置。深色刻线：模型本身的概率。',
  toLast: '转到最后一个位置以添加词元',

  certain: (share) => `一个词元占了 ${share}：在这个提示词之后，温度、top-k 和 top-p 改变不了多少。`,
  tryStory: '试试一个故事',

  best: '最佳',
  takeBest: '取最佳词元',
  draw: '抽取',
  seed: '随机种子',
  badSeed: (most) => `随机种子是 0 到 ${most} 的整数。`,
  howDrawn: (seed, tokens) =>
    `“抽取”用随机种子 ${seed} 和提示词的长度（${integer(tokens)} 个词元）得出一个随机数：种子和提示词相同，抽到的词元就相同。`,

  sampling: '采样',
  temperature: '温度',
  off: '关',
  reset: '恢复模型本身的分布',

  bars: '概率最高的下一个词元，从高到低',
  table: '概率最高的下一个词元',
  columns: ['排名', '词元', 'id', 'logit（nats）', '模型给出的概率', '按这些设置'],
  probability: '概率',
  logit: 'logit',
  rank: '排名',
  cut: '已截去',
  scale: '条形的刻度',
  scales: { linear: '线性条形', log: '对数条形' },
  logSays: '宽度的每八分之一是 10 倍；最左端是 0.000001 %',
  row: (token, rank, logit, probability) => `${token}，排名 ${rank}，logit ${logit}，${probability}`,
  changedRow: (token, rank, logit, before, after) =>
    `${token}，排名 ${rank}，logit ${logit}，模型给出 ${before}，按这些设置为 ${after}`,
  add: (row) => `${row}。点按即可把它加入提示词。`,
  clickToAdd: '点按一个词元，把它加入提示词。logit 的单位是 nats。',
  how: '算法',
  howName: (token) => `${token} 的概率算法`,
  howHeading: '{token} 的概率是怎样算出的',
  minusHighest: '减去最高的 logit',
  sumOver: (tokens) => `${tokens} 个词元的 exp 之和`,
  followInLens: '在 logit 透镜中跟踪它',

  shown: (shown, all, mass) => `显示 ${integer(all)} 个词元中的 ${integer(shown)} 个 · 占概率的 ${mass}`,
  both: (names) => names.join(' 和 '),
  cutBy: (names, _count, kept, all, massCut) =>
    `${names} 保留 ${integer(all)} 个词元中的 ${integer(kept)} 个；截去了 ${massCut} 的概率，其余重新归一化为 100 %。`,
  cold: (temperature) => `logits 除以 ${temperature}：概率高的词元更占优。`,
  hot: (temperature) => `logits 除以 ${temperature}：不太可能的词元概率上升。`,
  follows: (token, rank, probability) => `提示词中接下来是 ${token}：排名 ${integer(rank)}，${probability}。`
};
