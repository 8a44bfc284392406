import type { promptWords as English } from '../en/prompt';
import { integer } from '../numbers';

export const promptWords: typeof English = {
  prompt: '提示词',
  placeholder: '输入提示词',
  edit: '编辑提示词',
  trailingSpace: '提示词以空格结尾。GPT-2 的词元自带词前的空格，所以后面很少能接上词。',
  removeSpace: '去掉空格',
  stale: '图中显示的是上一个运行过的提示词。',
  chips: '词元；用方向键选择位置',
  examples: '示例提示词',
  try: '试试',
  bos: '在最前面加 {token}',
  noBos: '这个分词器没有表示文本开头的词元',
  putInFront: '分词器会在每段文本前加上 {tokens}。',
  putAtEnd: '并在末尾加上 {tokens}。',
  bosWhy: 'GPT-2 训练时用这个词元隔开各段文本',
  bosOn: '所有位置后移一位',
  bosOff: '会使所有位置后移一位',
  count: (held, limit) => `${integer(held)} / ${integer(limit)} 个词元`,
  tooMany: (held, limit, over) =>
    `${integer(held)} / ${integer(limit)} 个词元：请删去 ${integer(over)} 个词元`,
  chip: (id, position, hex) => `id ${id}，位置 ${position}，字节 ${hex}`,
  specialChip: (id, position) => `id ${id}，位置 ${position}，特殊词元，不是文本`,
  goTo: '转到位置',
  goToHint: (last) => `0 到 ${last}；可滚动词元，或用方向键、Home 和 End`,
  tooLong: '提示词过长',
  asked: (tokens, limit, model) =>
    `此提示词有 ${integer(tokens)} 个词元；${model ?? '此模型'}最多读 ${integer(limit)} 个。`,
  untilModel: (model) => `在你选择之前，${model} 和它的图保持不变。`,
  untilRun: '在你选择或自行缩短之前，文本保持原样，图中显示的仍是上一个未超长的提示词。',
  until: '在你选择或自行缩短之前，文本保持原样。',
  keepLast: (limit) => `保留最后 ${integer(limit)} 个`,
  keepFirst: (limit) => `保留最前 ${integer(limit)} 个`,
  stay: (model) => `继续使用 ${model}`,
  firstLeftOut: (out, all) => `共 ${integer(all)} 个词元，已略去最前 ${integer(out)} 个。`,
  lastLeftOut: (out, all) => `共 ${integer(all)} 个词元，已略去最后 ${integer(out)} 个。`,
  undo: '撤销'
};
