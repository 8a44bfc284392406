import type { mattersWords as English } from '../../en/views/matters';

export const mattersWords: typeof English = {
  mattersTitle: '哪里重要',
  mattersSay:
    '两个只有一处不同的提示词。每次把一次运行中的一个激活值放进另一次运行：指标在哪里变化，两个提示词的差别就从哪里经过。',
  presets: '可以从这些提示词开始',
  presetNames: {
    names: '两个名字',
    numbers: '大于',
    capital: '世界上的事实',
    fact: '故事里的事实',
    agreement: '单数与复数',
    induction: '重复的列表'
  },
  presetSays: {
    names: '两个名字：一个人给出饮料，所以另一个人得到它。在另一个提示词中，给的人是另一个名字。',
    numbers: '战争的结束晚于开始，所以后面应该是更晚的年份。在另一个提示词中，战争开始于另一年。',
    capital: '模型学到的一个事实。在另一个提示词中，国家不同。',
    fact: '文本本身写出的一个事实。在另一个提示词中，这个事实不同。',
    agreement: '动词与它的名词一致，而不是与前面那个词一致。在另一个提示词中，名词是单数。',
    induction: '一个列表重新开始，所以上次跟在后面的词应该再次出现。在另一个提示词中，那是另一个词。'
  },
  otherPrompt: '另一个提示词',
  otherHint: '请把其中的词换成词元数相同的词。',
  useOther: '使用',
  swap: '交换两个提示词',
  thisPrompt: '本提示词',
  lengths: (a, b) =>
    `两个提示词分别有 ${a} 和 ${b} 个词元。替换是把值放到相同的位置，所以两者的词元数必须相同：请改用词元数相同的词。`,
  logitOf: (token) => `${token} 的 logit`,
  logitLess: (token, minus) => `${token} 的 logit 减去 ${minus} 的 logit`,
  metric: (name, m, other) => `指标是${name}：在本提示词中是 ${m} nats，在另一个中是 ${other} nats。`,
  tooNear: '两个提示词的指标几乎相同，没有什么可测量：请选择其他词元或提示词。',
  measures: { grid: '替换', path: '路径', trace: '因果追踪' },
  measuresLabel: '哪种测量',
  what: '取什么',
  direction: '方向',
  directions: { into_this: '另一个 → 本', into_other: '本 → 另一个' },
  inLayer: '层',
  everyLayer: '全部：层 × 头',
  fill: '填充网格',
  gridLegend: {
    into_this: '0：如本提示词 · 1：如另一个',
    into_other: '0：如另一个提示词 · 1：如本提示词'
  },
  gridLabel: (what) => `${what} 的替换`,
  cell: (place, share, from, to) => `把 ${place} 取过来，指标从 ${from} 向 ${to} 移动了 **${share}**。`,
  average: (count) => `对 ${count} 对这样的提示词取平均`,
  cellMean: (place, share, count) =>
    `把 ${place} 取过来，指标移动了 **${share}**；这是 ${count} 对提示词的平均，每对都用自己的最佳词元。`,
  outside: '小于 0 或大于 1 的值并非错误：这一处使指标向相反方向移动，或超过了另一次运行。',
  toEdit: '把这个替换变成编辑',
  toEditOther: '编辑改变的是本提示词的运行：请交换提示词，或选择“另一个 → 本”。',
  gridTable: (what) => `${what} 的替换：每一格`,
  estimate: '与归因替换比较',
  estimateSay:
    '归因替换用一次反向传播（梯度 × 差）估计整个网格。对头效果好；对 resid_pre 和最前面的 MLP 效果差。',
  estimateLabel: '归因替换与替换',
  truth: '替换',
  estimated: '归因替换',
  equal: '相等',
  pathSay: (head) => `头 ${head} 通过这个输入读到前面的哪些头？每一格只把一个头的变化送进这一个输入。`,
  receiver: '接收的输入',
  pathTable: (head, input) => `通向头 ${head} 的 ${input} 的路径`,
  pathColumns: ['发送的头', '走过的份额', '指标，nats'],
  pathDefinition: '定义',
  paths: {
    direct: '直接，缩放固定',
    direct_anew: '直接，缩放重算',
    paper: '按 IOI 论文'
  },
  pathNotes: {
    direct: '发送者的变化以未替换运行的缩放经过 ln_1，只进入这个输入。',
    direct_anew: '同上，但 ln_1 的缩放为这个输入重新计算，与 TransformerLens 4 相同。',
    paper: '发送者改变，其余所有头的 z 不变，MLP 和 LayerNorm 重新计算：这样的路径可能经过 MLP。'
  },
  pathCell: (sender, receiver, input, share, pairs) =>
    `只把头 ${sender} 的变化送进头 ${receiver} 的 ${input}，指标就走过了全程的 **${share}**${pairs > 1 ? `（${pairs} 对提示词的平均）` : ''}。`,
  noSender: '块 0 的头前面没有头。请选择更后面的头。',
  traceSay: (noises) =>
    `给主语的词元嵌入加上随机噪声。然后把没有噪声的运行的一个状态放回去：概率在哪里恢复，事实就从哪里经过。每一格是 ${noises} 次噪声的平均，噪声由随机种子决定。噪声的大小是现成事实的主语在 wte 中各行的 3 个标准差。`,
  subject: '主语',
  restored: '放回',
  window: '同时放回的块数',
  noises: '噪声次数',
  seed: '随机种子',
  traceLegend: 'p(放回) − p(噪声)',
  traceResult: (clean, noisy, sigma) => `p 在干净的运行中是 ${clean}，加噪声后是 ${noisy}（σ = ${sigma}）。`,
  traceCell: (place, change) => `把 ${place} 放回去，p 提高 **${change}**。`,
  traceTable: (state) => `${state} 的因果追踪：每一格`,
  inProbability: '概率'
};
