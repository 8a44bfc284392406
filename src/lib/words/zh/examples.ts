import type { exampleWords as English, exampleStoryWords as EnglishStory } from '../en/examples';

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

export const exampleStoryWords: typeof EnglishStory = {
  names: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。它就是接下来的名字。`,
  story: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。她就是故事的主角。`,
  pronoun: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。“she”指的就是她。`,
  days: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。它是下一天的前一天。`,
  counting: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。它是下一个数的前一个数。`,
  quotes: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。它是还没有闭合的引号。`,
  brackets: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。它是还没有闭合的括号。`,
  copying: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。第一次出现时，接下来的词就是它。`,
  bytes: (head, share) =>
    `从头 ${head} 开始看：所有头中，它给 {token} 的权重最大，为 ${share}。它是前面那只 🦊 的最后一个字节。`
};
