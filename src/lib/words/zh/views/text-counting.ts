import type { textCountingWords as English } from '../../en/views/text-counting';

export const textCountingWords: typeof English = {
  whichText: '哪段文本',
  sources: { stories: '内置的故事', own: '你自己的文本' },
  storiesAre: '这些故事是 gpt2-nano 自己写的：八种开头，64 个随机种子，正是这个模型自己那一类文本。',
  ownText: '你自己的文本',
  pasteOrDrop: '把文本粘贴在这里，或把 .txt 文件拖到这里',
  chooseFile: '或选择一个文件',
  notText: (name) => `${name} 不是文本文件。请选择 .txt 文件。`,
  characters: (count) => `${count} 个字符。`,
  notInLink: '它只留在本页：链接里没有它。',
  count: (rows, length) => `在最多 ${rows} × ${length} 个词元上统计`,
  counting: '已统计的行',
  rowsDone: (done, total) => `${total} 行中的 ${done} 行`,
  cancel: '取消',
  storiesFailed: (reason) => `取不到故事（${reason}）。请粘贴你自己的文本。`,
  dataText: (source, rows, tokens) => `${source}（${rows} 行共 ${tokens} 个词元）`
};
