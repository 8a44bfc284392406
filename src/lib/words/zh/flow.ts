import type { flowWords as English } from '../en/flow';

export const flowWords: typeof English = {
  title: '流程',
  reads: (first, last, slot) =>
    first === last ? `块 ${first} 主要读取 {${slot}}` : `块 ${first} 至 ${last} 主要读取 {${slot}}`,
  readsToo: (first, last, slot) =>
    first === last ? `块 ${first} 读取 {${slot}}` : `块 ${first} 至 ${last} 读取 {${slot}}`,
  at: (readings) => `在 {at} 处，${readings.join('，')}`,
  readsNothing: (threshold) => `在 {at} 处，没有一块从某个更早的词元读取到该行的 ${threshold} 或更多`,
  firstToken: '{at} 是第一个词元，前面没有可读取的内容',
  settled: (block, probability) => `；从块 ${block} 起，最佳的下一个词元是 {next}（最后为 ${probability}）。`,
  settledAtOnce: (probability) => `；从嵌入起，最佳的下一个词元就是 {next}（最后为 ${probability}）。`,
  settledLate: (probability) => `；直到最后一块之后，最佳的下一个词元才是 {next}（${probability}）。`,
  about:
    '每个词元是一行，向右延伸。在每一块里，一行先读取更早的行（注意力），然后它的 MLP 再加上一个向量。选中的行以预测结束。',
  waiting: '正在计算这一行的连线。',

  step: {
    embed: (norm) => `嵌入：{at} 开始时是词元向量与位置向量之和（范数 ${norm}）。`,
    reads: (block, head, share) =>
      `块 ${block}：注意力读取。头 ${head} 带来最多，来自 {source}：占其后该行的 ${share}。`,
    readsLittle: (block, threshold) =>
      `块 ${block}：注意力读取，但从任何一个更早的词元读取的都不到该行的 ${threshold}。`,
    adds: (ratio) => `然后 MLP 加上一个向量，长度是该块之前残差流的 ${ratio} 倍。`,
    lens: (probability) => `如果该行到此为止，最佳的下一个词元会是 {next}（${probability}）。`,
    end: (probability) => `ln_f 缩放该行，词表中每个词元由它得到一个分数：最佳的是 {next}（${probability}）。`
  },
  controls: '沿深度逐步查看',
  back: '后退一步',
  forward: '前进一步',
  play: '播放',
  stop: '停止',
  all: '显示所有块',
  upTo: (block) => `到块 ${block} 为止`,
  onlyEmbed: '只有嵌入',
  showAll: '显示所有块',
  rows: '画连线的行',
  modes: { row: '本行', all: '所有行', back: '回溯' },
  madeOf: (origins, probability) =>
    `沿所有行和块回溯，{at} 的末端（预测 {next}，${probability}）来自 ${origins.join('、')}。`,
  notFollowed: (share) => `末端的 ${share} 分散在份额太小、未再追溯的行中。`,
  origin: (slot, position, share) => `{${slot}}（位置 ${position}：${share}）`,
  oneRowOnly: (most) => `超过 ${most} 个词元：只画选中的行。`,
  threshold: '只画不小于此值的连线',
  ofRow: (drawn, count, hidden) =>
    `（占该行）：${count} 条连线中画出 ${drawn} 条；每块最多隐藏该行的 ${hidden}`,

  ofEnd: (drawn, count, hidden) =>
    `（占该行末端）：所有行的 ${count} 条连线中画出 ${drawn} 条；每块最多隐藏末端的 ${hidden}`,

  tokensIn: '输入词元',
  depth: (last) => `深度：在块 0 至 ${last} 的每一块里，一行先读取，再相加`,
  embed: '嵌入',
  ended: '若到此为止',
  band: (first, last) => `${first} 至 ${last}`,

  picture: (T, n_layer, position) =>
    `流程图：${T} 个词元穿过 ${n_layer} 块，位置 ${position} 的行。左右方向键按块移动，上下方向键在块内的连线、MLP 和残差流之间移动，Page Up 和 Page Down 按行移动；回车键打开该块，空格键选中该行。`,

  link: (block) => `块 ${block}：{at} 读取 {source}`,
  linkOfRows: (block, [first, last], [from, to]) =>
    `块 ${block}：位置 ${first} 至 ${last} 合计读取位置 ${from === to ? from : `${from} 至 ${to}`}`,
  linkOfBand: (block, first, last) => `块 ${block}：{at} 读取位置 ${first} 至 ${last}，合计`,
  share: '占其后该行的份额',
  ofTheEnd: '占所追溯行末端的份额',
  own: '该行自身的残差流',
  strongest: '最强的头',
  attention: '它对来源的注意力',
  part: '它在这条连线中的份额',
  others: '其他头',
  logit: '对下列词元 logit 的贡献：',
  shareFormula: '份额：max(0, ‖y‖₁ − ‖y − 部分‖₁)，对 y = resid_mid 的所有部分归一为 1',
  mlp: (block) => `块 ${block}：MLP 加到 {at} 上`,
  mlpNorm: 'mlp_out 的范数',
  mlpRatio: '与该块之前残差流之比',
  stream: (name) => `{at} 的残差流，${name}`,
  streamOfBand: (first, last, name) => `位置 ${first} 至 ${last} 的残差流，${name}`,
  streamNorm: '范数 ‖x‖',
  meanNorm: '范数 ‖x‖ 的平均值',
  depthNames: { embed: '嵌入之后', block: (block) => `块 ${block} 之后` },
  lens: (name) => `{at} 的 logit 透镜，${name}`,
  best: '最佳的下一个词元',
  probability: '概率',
  lensFormula: 'softmax(ln_f(resid) · W_U)',
  open: (block) => `点击或按回车键，在此打开块 ${block}`,
  choose: '点击选中这一行',

  legend: {
    stream: '残差流',
    streamOfB: '运行 B 的残差流',
    streamSays: (unit, first, last) =>
      `宽度：其范数，1 px = 范数 ${unit}；此处嵌入时为 ${first}，最后为 ${last}`,
    attention: '注意力：读取',
    attentionSays: (unit) => `宽度：1 px = 其后该行的 ${unit}；箭头处的颜色和名称：带来最多的头`,
    backStreamSays: (px) => `宽度：选中行的末端经过此处的份额，一段多行则为各行之和；${px} px = 100 %`,
    backSays: (unit) => `宽度：1 px = 选中行末端的 ${unit}；箭头处的颜色和名称：带来最多的头`,
    fromBands: '一段位置算作一个来源',
    betweenBands: '两段之间算作一条',
    atLeast: (least) => `，只计不小于末端 ${least} 的连线`,
    mlp: 'MLP：加到该行',
    mlpSays: (unit, cut) =>
      `高度：mlp_out 的范数与该块之前残差流的范数之比，1 px = ${unit}；在 ${cut} 处截断`,
    lens: 'logit 透镜：最佳的下一个词元',
    lensSays: '如果该行在那一块之后结束；深浅：√ 概率',
    also: '· 另见',
    views: { qkv: 'Q · K · V', heads: '头', weights: '权重', why: '为什么', decode: '解码' }
  },
  legendName: '图例',

  table: (position) => `每一块给位置 ${position} 的行带来什么`,
  backTable: (position) => `位置 ${position} 的行的末端来自何处：各深度的份额`,
  linksTable: '画出的连线',
  backLinksTable: '画出的连线，份额为占所追溯行末端的份额',
  columns: {
    token: '位置，词元',
    block: '块',
    own: '自身残差流',
    source: '读取最多的来源',
    from: '读取',
    share: '份额',
    head: '最强的头',
    attention: '它对来源的注意力',
    part: '它在这条连线中的份额',
    others: '其他头',
    logit: '对 logit 的贡献',
    mlpNorm: '‖mlp_out‖',
    mlp: '‖mlp_out‖ / ‖resid_pre‖',
    norm: '其后的 ‖x‖',
    best: '其后最佳的下一个词元',
    probability: '概率'
  },

  opened: (block) => `块 ${block}`,
  openedSays: (block) => `图在块 ${block} 处分开，该块自己的视图位于原处。`,
  close: '关闭',
  parts: { attention: '注意力', qkv: 'Q · K · V', layernorm: 'LayerNorm', mlp: 'MLP' },
  partsOf: (block) => `块 ${block} 的视图`,
  headsOf: (block) => `块 ${block} 的头`,
  headsBring: '每个头带给 {at} 的份额',
  holds: '{at} 在注意力之后的组成：份额',
  rowReads: '行 = 查询，列 = 键',
  ownStream: '自身残差流',
  tooLong: '对于这么长的提示词，请打开“注意力”视图。',
  blockColumns: {
    score: 'q · k / 除数',
    weight: '键的权重',
    neuron: '最活跃的神经元：其值'
  },
  blockRows: (label, values) => `${label}：${values}`,
  openView: '打开介绍它的视图',
  allView: '作为单独的视图打开',
  phone: {
    reads: '读取',
    band: (first, last) => `位置 ${first} 至 ${last}`,
    nothing: '没有超过阈值的',
    adds: (ratio) => `MLP 加上的向量是该块之前残差流的 ${ratio} 倍`,
    legend: (px, cut) =>
      `横条：占其后该行的份额，${px} px = 1 %，在 ${cut} % 处截断；颜色：带来最多的头。右侧：如果该行到此为止，最佳的下一个词元；深浅：√ 概率。`,
    line: (stream) => `左边的竖线：${stream}。`
  },

  termsTitle: '这幅图的用语',
  terms: [
    ['行', '一个词元的残差流，从它的嵌入一直到末端。范数 ‖x‖ 是它的长度。'],
    [
      '份额',
      '注意力之后的一行有多少来自某个来源：有了那一部分，其余部分与该行（按绝对值之和）接近了多少。连同该行自身的残差流，一块的份额之和为 1。'
    ],
    ['连线', '一块的所有头一起从某个来源写入一行的内容。箭头处的头写得最多，但常常只占 25 至 40 %。'],
    ['自身残差流', '该行在这一块之前的内容，加上 c_proj 的偏置。'],
    ['短线', '一块的 MLP 加到一行上的向量（mlp_out）。高度是该向量的范数与这一行在该块之前的范数之比。'],
    ['resid_pre, resid_mid', '一块之前的行，以及该块的注意力与 MLP 之间的行。‖x‖₁ 是向量各元素绝对值之和。'],
    [
      'embed, ln_f, W_U',
      '词元嵌入与位置嵌入之和；最后一块之后的 LayerNorm；反嵌入，它给词表中的每个词元一个 logit。'
    ],
    ['最佳的下一个词元', '词表中 logit 最大的词元。softmax 把所有 logit 变成概率。'],
    ['行段', '长提示词中相邻的几行画成一行，用首尾位置命名。它的残差流和短线是平均值；回溯时则是份额之和。'],
    ['隐藏', '没有画出的连线的份额，取其中最多的那一块。'],
    [
      '回溯',
      '份额逐块相乘，从选中行的末端一直追溯到所有嵌入。MLP 只读取自己的行，所以它加上的算作该行自己的。'
    ],
    ['若到此为止', 'logit 透镜：用 ln_f 缩放该行，再与每个词元比较，就像后面没有块一样。'],
    ['nats', 'logit 的单位：相差 1，概率相差 2.72 倍。']
  ]
};
