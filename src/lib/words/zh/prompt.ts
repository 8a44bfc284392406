import type { promptWords as English } from '../en/prompt';
import { integer } from '../numbers';

export const promptWords: typeof English = {
  prompt: '提示词',
  placeholder: '输入提示词',
  chips: '词元；用方向键选择位置',
  examples: '示例提示词',
  try: '试试',
  bos: '在最前面加 `<|endoftext|>`',
  bosWhy: 'GPT-2 训练时用这个词元隔开各段文本',
  bosOn: '所有位置后移一位',
  bosOff: '会使所有位置后移一位',
  count: (held, limit) => `${integer(held)} / ${integer(limit)} 个词元`,
  tooMany: (held, limit, over) =>
    `${integer(held)} / ${integer(limit)} 个词元：请删去 ${integer(over)} 个词元`,
  chip: (id, position, hex) => `id ${id}，位置 ${position}，字节 ${hex}`,
  specialChip: (id, position) => `id ${id}，位置 ${position}，特殊词元，不是文本`
};
