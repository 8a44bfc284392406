import type { exampleWords as English } from '../en/examples';

export const exampleWords: typeof English = {
  names: 'Mary 和 John',
  story: '故事',
  pronoun: '他还是她',
  days: '星期',
  counting: '数数',
  quotes: '引号',
  brackets: '括号',
  copying: '重复',
  bytes: '拆开的字节'
};
