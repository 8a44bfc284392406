import type { flowDifferenceWords as English } from '../../en/views/flow-difference';

export const flowDifferenceWords: typeof English = {
  title: '流程，B − A',
  reads: {
    more: (block, share, slot) => `块 ${block} 从 {${slot}} 多读取该行的 ${share}`,
    less: (block, share, slot) => `块 ${block} 从 {${slot}} 少读取该行的 ${share}`
  },
  at: (readings) => `在 {at} 处，B 与 A 相比，${readings.join('，')}`,
  nothing: (threshold) =>
    `在 {at} 处，B 的任何一块从任何一个更早的词元读取的份额，与 A 相差都不到该行的 ${threshold}`,
  madeOf: (changes) =>
    `沿所有行和块往回追溯，{at} 的末端的来源在 B 中与 A 相差最多的是 ${changes.join('，')}`,
  madeOfSame: '沿所有行和块往回追溯，{at} 的末端在两次运行中来自相同的词元，份额也相同',
  origin: (slot, position, change) => `{${slot}}（位置 ${position}：${change}）`,
  stays: (a, b) => `；最佳的下一个词元仍是 {next}（A ${a}，B ${b}）。`,
  becomes: (a, b) => `；最佳的下一个词元在 A 中是 {next}（${a}），在 B 中是 {other}（${b}）。`,
  waiting: '正在计算两次运行中这一行的连线。',
  onlyInA: '选中的词元只在运行 A 中出现，没有可以相减的。请选择另一个。',
  unaligned: '只在一次运行中出现的词元不计入。',
  drawn: (drawn, count, hidden) =>
    `（差值）：${count} 条连线中画出 ${drawn} 条；每块最多隐藏该行的 ${hidden}`,
  drawnOfEnd: (drawn, count, hidden) =>
    `（差值）：所有行的 ${count} 条连线中画出 ${drawn} 条；每块最多隐藏末端的 ${hidden}`,
  aloneIn: (a, b) => `它们在 A 中占末端的 ${a}，在 B 中占 ${b}。`,
  backIsShort: (most) => `提示词超过 ${most} 个词元时，两次运行追溯的行会不同，因此这里显示选中行的连线。`,
  ofTheEnd: '占选中行末端的份额',
  band: (first, last) => `${first} 至 ${last}`,
  endedA: '若到此为止：A',
  endedB: 'B',
  picture: (T, n_layer, position) =>
    `流程图，B 减 A：${T} 个词元穿过 ${n_layer} 块，位置 ${position} 的行。左右方向键按块移动，上下方向键在块内各部分之间移动，Page Up 和 Page Down 按行移动；回车键选中该行。`,
  mlp: (block) => `块 ${block}：MLP 加到 {at} 上`,
  stream: (block) => (block < 0 ? '{at} 在嵌入之后的残差流' : `{at} 在块 ${block} 之后的残差流`),
  streamOfBand: (first, last, block) =>
    block < 0
      ? `位置 ${first} 至 ${last} 在嵌入之后的残差流，平均值`
      : `位置 ${first} 至 ${last} 在块 ${block} 之后的残差流，平均值`,
  lens: (block) => (block < 0 ? '{at} 在嵌入之后的 logit 透镜' : `{at} 在块 ${block} 之后的 logit 透镜`),
  share: '占其后该行的份额',
  own: '该行自身的残差流',
  head: '最强的头',
  ratio: '‖mlp_out‖ / ‖resid_pre‖',
  norm: '范数 ‖x‖',
  best: '最佳的下一个词元',
  probability: '概率',
  legend: {
    sign: '蓝色：B 中更多。橙色（连线为虚线）：B 中比 A 中少。打印或不用颜色时，实心横条：更多；空心横条：更少。',
    links: (unit) => `连线：1 px = B 多读或少读的、其后该行的 ${unit}；连线旁以百分点标出。`,
    backLinks: (unit) =>
      `连线：1 px = 选中行末端中在 B 里比在 A 里更多或更少经此而来的 ${unit}；连线旁以百分点标出。`,
    backStreams: (unit) => `各行上的横条：选中行末端经过此处的份额多了或少了多少；1 px = 末端的 ${unit}。`,
    streams: (unit) => `各行上的横条：残差流范数之差；1 px = 范数 ${unit}。`,
    sameStreams: '各行上的横条：两次运行在该处相差多少；此处没有差别。',
    ticks: (unit, cut) =>
      `短线：‖mlp_out‖ / ‖resid_pre‖，线上方为增加，下方为减少；1 px = ${unit}，在 ${cut} 处截断。`,
    lens: '每列下方：A 和 B 中最佳的下一个词元，不同处加框。'
  },
  phone: {
    mlp: '‖mlp_out‖ / ‖resid_pre‖',
    norm: '该块之后的 ‖x‖',
    bar: (px, cut) =>
      `横条：B 比 A 多读（蓝色）或少读（橙色虚线）的、其后该行的份额，${px} px = 1 %，在 ${cut} % 处截断；旁边是份额较大的那次运行中带来最多的头。`,
    numbers: '带正负号的数是 B − A；两次运行中相同的不列出。',
    lens: '右侧：如果该行到此为止，A 和 B 中最佳的下一个词元，不同处加框。'
  },
  about: '每条连线、横条和短线都是运行 B 比运行 A 多或少的部分。行和位置是 A 的。',
  terms: [['pp', '百分点：份额在 A 中为 30 %、在 B 中为 25 %，相差 −5 pp。两次运行相同的部分不画。']],
  table: (position) => `每一块给位置 ${position} 的行带来什么：A 与 B`,
  backTable: (position) => `位置 ${position} 的行的末端由什么组成，B − A：每个词元在每个深度所占的份额`,
  backLinks: '画出的连线（往回追溯）：占选中行末端的份额',
  linkColumns: ['词元', '块', '读取自', '头', 'A', 'B', 'B − A'],
  columns: [
    '块',
    '自身残差流，A',
    '自身残差流，B',
    '变化最大的来源',
    '份额，A',
    '份额，B',
    'B − A',
    '最佳的下一个词元，A',
    '最佳的下一个词元，B'
  ]
};
