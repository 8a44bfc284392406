import type { beamWords as English } from '../en/beams';

export const beamWords: typeof English = {
  title: '束搜索树',
  say: '搜索保留的不是一个文本，而是最可能的几个：每个束都用它的最佳词元继续，只有其中最好的几个再继续。变淡的分支已被剪除；标出的路径得分最高。',
  formula: (penalty) => `对数概率 / 长度 ^ ${penalty}`,

  beams: '束数',
  numberOfBeams: '束的个数',
  early: '提前停止',
  earlyStopping: '提前停止',
  stops: {
    false: { label: '否', title: '不太可能再有更好的序列时停止' },
    true: { label: '是', title: '完成的序列数达到束数时立即停止' },
    never: { label: '从不', title: '不可能再有更好的序列时停止' }
  },
  lengthPenalty: '长度惩罚',
  search: '重新搜索',

  step: '步',
  stepOf: (step, last) => `${step} / ${last}`,
  back: '后退',
  forward: '前进',
  searching: (steps) => `正在搜索：已走 ${steps} 步。`,
  cancelled: (steps) => `走了 ${steps} 步后取消。`,
  done: (steps, beams, seconds) => `${beams} 个束，${steps} 步，用时 ${seconds} s。`,

  sum: (nats) => `Σ ${nats}`,
  tree: '束搜索树',
  candidates: '搜索的候选词元；方向键沿分支移动',
  prompt: '提示词',
  fates: {
    winner: '在胜出的序列上',
    best: '在最佳序列上',
    finished: '已完成',
    kept: '保留',
    keptThenPruned: '保留，后来被剪除',
    pruned: '已剪除'
  },
  node: (step, token, probability, cumulative, fate) =>
    `第 ${step} 步：${token}，概率 ${probability}，累计对数概率 ${cumulative}，${fate}`,
  probabilityIs: (probability) => `概率 ${probability}`,
  logProbabilityIs: (nats) => `对数概率 ${nats} nats`,
  cumulativeIs: (nats) => `累计 ${nats} nats`,
  legend: '{best}目前最佳 {alive}继续 {pruned}已剪除 · 节点中：词元的概率，累计对数概率（nats）',
  endLegend: '{best}胜出 {alive}继续 {pruned}已剪除 · 节点中：词元的概率，累计对数概率（nats）',

  returned: '搜索返回的序列，从优到劣',
  afterStep: (step) => `第 ${step} 步之后的束，从优到劣`,
  text: '提示词之后的文本',
  logProbability: '对数概率',
  score: '分数',
  state: '状态',
  lines: { going: '继续', finished: '已完成', winner: '胜出', returned: '返回' },
  states: { kept: '保留', finished: '已完成', pruned: '已剪除' },
  openBest: '把最佳序列作为提示词打开',
  openChosen: '把所选序列作为提示词打开',
  table: '搜索逐步查看过的候选词元',
  columns: ['步', '词元', '概率', '对数概率', '累计', '状态']
};
