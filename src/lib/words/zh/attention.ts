import type { attentionWords as English } from '../en/attention';
import { integer } from '../numbers';

export const attentionWords: typeof English = {
  head: (layer, head) => `头 ${layer}.${head}`,
  part: (layer) => `注意力，块 ${layer}`,
  noPrompt: '输入提示词，即可看到其中的词元彼此读取了什么。',

  stageShown: '显示的阶段',
  stages: { qk: 'q·k', scaled: '缩放', masked: '掩码', softmax: 'softmax' },
  stagesWhy: {
    qk: '查询与键的点积',
    scaled: '相除（GPT-2 除以 √d_head）',
    masked: '把查询之后的键设为 −∞',
    softmax: '概率：每行之和为 1'
  },
  stagesSay: {
    qk: '每个查询与每个键有多匹配，在其他步骤之前，也包括后面的键。',
    scaled: '同样的分数除以头宽度的平方根，使它们不随宽度增大。',
    masked: '一个词元只能读取自己和之前的内容：后面的键的分数变为 −∞。',
    softmax: '每行是一个词元的查询；格子颜色越浓，它从那个较早的词元读取得越多。每行之和为 1。'
  },
  scaledOtherwise: (divisor) => `同样的分数除以 ${divisor}，这是此检查点的要求；GPT-2 除以头宽度的平方根。`,
  maskedWhere: (scaled) => `${scaled}，键 > 查询处为 −∞`,
  units: {
    qk: '原始分数，无单位',
    scaled: '分数，单位 nats',
    masked: '分数，单位 nats；斜线处：已掩码，−∞'
  },
  form: '形式',
  matrix: '矩阵',
  arcs: '弧线',
  text: '文本',
  rowText: (query) => `提示词，按查询 ${query} 读取的多少着色；可选择一个键`,
  reading: '多个头、阈值、查找 …',
  find: '查找头、位置或词元',
  findSuch: '5.3, 12, Mary',
  findGo: '查找',
  notFound: '没有找到。',
  pins: '固定的头',
  howToPin: '没有：按住 Shift 点按小图，或在小图上按 P',
  pinBlock: (layer) => `固定块 ${layer} 的所有头`,
  unpinAll: '全部取消固定',
  unpin: (layer, head) => `取消固定头 ${layer}.${head}`,
  compare: '固定的头',
  combine: '大图中的头',
  combined: { one: '此头', mean: '与固定的头取均值', max: '与固定的头叠加' },
  meanOf: (heads) => `头 ${heads.join('、')} 的均值。`,
  largestOf: (heads) => `叠加头 ${heads.join('、')}：每格取最大的权重，用该头的色相。`,
  weigh: '格子显示什么',
  weighs: { weight: '权重', v: '权重 × ‖v‖', out: '权重 × ‖v·W_O‖' },
  weighed: {
    v: '每格是它在该行的权重 × ‖v‖ 中所占的份额：值的长短也计入。',
    out: '每格是它在该行的权重 × ‖v·W_O‖ 中所占的份额：写入多少也计入。'
  },
  first: '位置 0',
  firsts: { show: '显示位置 0', hide: '隐藏', renormalise: '去掉并重新归一化' },
  position0: {
    hide: (row, mean) => `位置 0 已隐藏：它占此行的 ${row}，平均 ${mean}。`,
    renormalise: (row, mean) =>
      `去掉位置 0 后重新归一化；它占此行的 ${row}，平均 ${mean}：这些不是模型本身的权重。`
  },
  keep: '只保留最强的',
  keepAll: '全部',
  kept: (percent, row, mean) => `每行只显示最强的 ${percent} %：此行隐藏了 ${row} 的权重，平均 ${mean}。`,

  map: (head, values, habit) => `${head}，每个查询与键的 ${values}：${habit}。`,
  links: (head, habit) => `${head}，从每个查询到它所读取的键的连线：${habit}。`,
  reads: (head, query, habit) => `${head}，查询 ${query} 读取的内容：${habit}。`,
  readingHabit: '正在读取它的模式',
  noHabit: '词元太少，看不出它通常读取什么',
  notRead: '尚未读取',
  places: { first: '位置 0', previous: '前一个词元', self: '查询自身' },
  mostly: (place, share) => `主要关注${place}，平均 ${share}`,
  share: (place, share) => `${place} ${share}`,
  onAverage: (shares) => `平均：${shares.join('，')}`,
  cells: '图中的格子：方向键移动，Enter 锁定查询和键，Escape 释放键',
  locked: (story) => `已锁定：${story}`,
  freed: '已释放键',

  table: (head, query, token) => `${head}：查询 ${query} ${token} 读取的内容`,
  token: '词元',
  maskedScore: (divisor) => `q·k / ${divisor}，已掩码`,
  probability: '概率',

  queryAt: (query) => `查询 ${query}`,
  readsKey: (key) => `读取键 ${key}`,
  readsMost: '读取最多的是',
  changed: (probability) => `模型的 pattern 在此处为 ${probability}：它在 softmax 之后被改动过。`,
  pointAt: '指向一个格子或一个键，可查看其值的由来；点击可固定。',
  readingHead: '正在读取此头的 q 和 k …',
  maskedOut: (key, query) => `键 ${key} 在查询 ${query} 之后：掩码为 −∞`,
  maskedSoftmax: 'softmax：e^−∞ = 0，所以是 0 %',
  softmaxOver: (keys, formula) => `对 ${integer(keys)} 个键做 softmax：${formula}`,

  headsOf: (layer) => `块 ${layer} 的所有头`,
  allHeads: '所有头',
  headsShown: '显示的头',
  takeOut: (layer, head) => `去掉头 ${layer}.${head}`,
  takeOutSays: '在第二次运行中把这个头的 z 设为 0，并显示有什么改变',
  thisBlock: '此块的头',
  everyBlock: '所有块的头',
  headsByBlock: (heads) => `全部 ${heads} 个头，每块一行`,
  headSays: (layer, head, habit) => `头 ${layer}.${head}：${habit}`,
  rowsAndColumns: '每张小图以“块.头”命名，颜色是该头的色相。',
  pixel: (block) => `每个像素是 ${block} × ${block} 个格子中的最大值。`,
  blocksRead: (read, all) => `正在读取 … 已读 ${read} / ${all} 个块。`,

  arcsFrom: (layer, head) => `头 ${layer}.${head} 从 {token} 出发的弧线`,
  arcsRegion: '弧线，可滚动',
  readingPattern: '正在读取注意力模式 …',
  noneLeftOut: (least) => `低于 ${least} 的连线不画出：这里每个键都更高。`,
  leftOut: (least, keys, share) =>
    `低于 ${least} 的连线不画出：共 ${integer(keys)} 个键，占注意力的 ${share}。`,
  noContext: (least) => `其他查询没有达到 ${least} 的连线。`,
  context: (least, links, most) =>
    `浅色：其他查询中不低于 ${least} 的 ${integer(links)} 条连线，最多画最强的 ${most} 条。`,
  queries: '查询',
  keys: '键',
  query: (query, token) => `查询 ${query}：${token}`,
  key: (key, token, share) => `键 ${key}：${token}，${share}`,
  keyAfter: (key, token) => `键 ${key}：${token}，在查询之后`
};
