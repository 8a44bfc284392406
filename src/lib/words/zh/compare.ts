import type { compareWords as English } from '../en/compare';

export const compareWords: typeof English = {
  title: '比较',
  part: (count) => `同一提示词，${count} 组设置`,
  say: '同一提示词按各列的设置继续。下划线：文本从这里起与第一列不同。',
  add: '添加一列',
  runAll: '全部重新运行',
  prompt: '提示词：',
  remove: (column) => `移除第 ${column} 列`,
  table: '同一提示词在几组设置下的结果',
  columns: ['列', '设置', '文本', '对数概率（nats）'],

  draw: '抽取',
  best: '最佳',
  ends: { eos: '以 <|endoftext|> 结束', stop_string: '以停止字符串结束', length: '达到长度上限' },
  result: (logProbability, end) => `对数概率 ${logProbability} nats · ${end}`,
  states: { idle: '未开始', running: '正在计算', done: '完成', cancelled: '已取消', failed: '失败' },
  how: (column) => `第 ${column} 列如何取词元`,
  beams: '束数',

  byBeams: (beams) => `${beams} 个束`,
  drawn: '抽取',
  name: (parts) => parts.join('，')
};
