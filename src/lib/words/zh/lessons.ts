import type { lessonWords as English } from '../en/lessons';
import { integer } from '../numbers';

/** What the printed values of lesson 3's source are; `config: n_embd` and its like are said by a rule. */
const WHATS: Readonly<Record<string, string>> = {
  'the model as PyTorch prints it': 'PyTorch 打印的模型',
  'the model with its language-model head': '带语言模型头的模型',
  'entries of the vocabulary': '词表大小',
  'the bos token': 'bos 词元',
  'the eos token': 'eos 词元',
  'the unk token': 'unk 词元',
  'left-padded ids and masks': '左侧补齐的 id 与掩码',
  'byte-level pieces of the ids': '各 id 的字节级片段',
  'the ids, decoded': '由 id 还原的文本',
  'output for the batch, shape': '整个批次的输出的形状',
  'keys and values kept of each block, shape': '每个块保留的键和值的形状',
  'greedy continuation, 10 tokens': '贪心续写，10 个词元',
  'the same by generate()': '由 generate() 得到的同一结果',
  'beam search, 3 beams, 10 tokens': '束搜索，3 条束，10 个词元',
  'softmax of [1, 2, 4]': '[1, 2, 4] 的 softmax',
  'softmax of [1, 2, 4] at temperature 3': '温度为 3 时 [1, 2, 4] 的 softmax'
};

const RULES: readonly (readonly [RegExp, string])[] = [
  [/^config: (\w+)$/, '配置：$1'],
  [/^parameters, width and blocks of (.+)$/, '$1 的参数量、宽度与块数'],
  [/^prompt (\d), as the table shows it$/, '表中的第 $1 条提示词'],
  [/^token (\d) of the top 5 for prompt (\d)$/, '第 $2 条提示词的前五名，名次 $1']
];

/** In Chinese where it is known; else as it is. */
function whatInChinese(what: string): string {
  const rule = RULES.find(([pattern]) => pattern.test(what));
  return rule ? what.replace(...rule) : (WHATS[what] ?? what);
}

export const lessonWords: typeof English = {
  lead: '这些课程像笔记本一样，就在本页里运行：真正的 GPT-2，你自己的文本。每个单元格都给出代码和结果，结果按 PyTorch 的格式打印，代码可以修改；沿着已发表的笔记写成的课程，会把每个数与原文打印的数并排对照。',
  facts: (minutes, source) => `${minutes} 分钟 · ${source === null ? '本站原创' : `依据：${source}`}`,
  languages: (names) => `语言：${names}`,
  onlyEnglish: '这一课还没有译文，以英文显示。',
  languageFailed: '无法取得这一课的中文版。请检查网络连接，然后重新载入页面。',
  noLesson: '没有这个名字的课程。',
  allLessons: '全部课程',
  skip: '跳到正文',
  modelComes: '正在载入模型。可以先读下去：模型一到，单元格就会运行。',

  howShown: '课程的显示方式',
  modes: { read: '通读', step: '逐步', present: '演示' },
  layer: '层',
  head: '头',
  position: '位置',
  back: '← 上一步',
  next: '下一步 →',
  step: (step, all) => `第 ${step} 步，共 ${all} 步`,
  whereInModel: '在模型中的位置',
  normOfBlock: (count, name, layer, position) => `${name} 处的 ${count} 个值，块 ${layer}，位置 ${position}`,
  normAfterLast: (count, name, position) => `${name} 处的 ${count} 个值，最后一个块之后，位置 ${position}`,
  noPicture: (name, known) => `没有名为 ${name} 的图。可用的有 ${known}。`,

  cell: (number, name) => `单元格 ${number}：${name}`,
  waiting: '正在等待模型…',
  running: '正在运行…',
  held: '这段代码改过，还没有运行。请先读一遍，再按“运行”。',
  restored: '已恢复本课原来的代码。',
  bringBack: '找回我的代码',
  left: '要先运行上面的单元格。',
  run: '运行',
  runAbove: '运行到此处',
  restore: '还原',
  edit: '编辑',
  showSolution: '显示答案',
  language: 'TypeScript',
  sourceLanguage: 'Python · 原文所用的库',
  codeOf: (language, cell) => `${cell} 的 ${language}`,
  editor: 'TypeScript · Ctrl Enter 运行 · Esc 离开',
  editorOf: (cell) => `${cell} 的代码`,
  printedBy: (cell) => `${cell} 打印的内容`,
  resultOf: (cell) => `${cell} 的结果`,
  place: (cell, line, column) =>
    `${cell === null ? '' : `单元格 ${cell}，`}第 ${line} 行${column === null ? '' : `，第 ${column} 列`}。`,
  hints: {
    bracket: '请看这里和它的前面：可能少了或多了一个括号、逗号或引号。',
    end: '代码结束得太早：还有括号、花括号或引号没有闭合。',
    quote: '请用开头的那种引号结束这段文本。跨行的文本要写在反引号里：`…`。',
    backtick: '请用反引号结束这段文本：`…`。',
    twice: '“{name}”在这个单元格里声明了两次：请去掉一个 const 或 let，或者换一个名字。',
    import: '什么都不必导入：tf、model、tokenizer、trace 和本页的全部函数都可以直接使用。',
    python:
      '这像是 Python。单元格运行的是 TypeScript：const x = 1;  for (const id of ids) { … }  console.log(x);  // 注释',
    near: '是不是“{name}”？',
    name: '请在这个单元格或上面的单元格里声明“{name}”，或者检查拼写。',
    call: '括号前面的不是函数：请检查拼写，或用 console.log 把它打印出来。',
    await: '点号前面没有值。是不是少了 await？请用 console.log 把它打印出来。',
    loop: '请检查有没有不会结束的循环，或者减少计算量。'
  },
  stale: '修改之前的结果',
  showLess: '收起',
  showAll: (lines) => `显示全部 ${integer(lines)} 行`,
  showAllRows: (rows) => `显示表中全部 ${integer(rows)} 行`,
  copy: '复制',
  copied: '已复制',

  source: '出处',
  notCompared: '尚未对照。',
  otherSituation: '提示词、层或代码与原文不同，没有可对照的数值。',
  noReference: '没有这个模型的参考数值。',
  asSource: '与原文打印的一致',
  asReference: '与 Hugging Face transformers 对 gpt2-nano 打印的一致',
  same: (whose) => `${whose}。`,
  sameNumbers: (whose, count, worst) => `${whose}：${integer(count)} 个数，最大差值 ${worst}。`,
  otherForm: '与预期不符：形式与参考不同。',
  otherNumbers: (worst, count) => `与预期不符：${integer(count)} 个数中最大差值 ${worst}。`,
  sourcePrinted: (file, cell, what) => `原文（${file}，${cell}）运行的是 GPT-2 small，打印了${what}：`,
  what: whatInChinese,
  valueOfSource: (id) => `原文：${id}`,
  nanoPrinted: 'Hugging Face transformers 对 gpt2-nano 的结果（有省略）：',
  valueOfNano: (id) => `gpt2-nano：${id}`,

  summary: '数值对照的结果',
  passed: (passed, compared) => `共对照 ${compared} 个数值，其中 ${passed} 个`,
  cameOut: '与原文一致。',
  agree: (model) => `与 Hugging Face transformers 对 ${model} 的结果一致。`,
  notAsStarted: '现在的提示词或层与原文不同，没有可对照的数值。',
  backToSource: '回到原文的提示词',
  otherModel: (model, source, count) =>
    `原文运行的是 GPT-2 small，本页运行的是 ${model}。载入 \`${source}\`，就能看到原文自己的 ${count} 个数值逐一出现；也可以用一条命令验证：\`npm run -s verify -- --model static/models/gpt2\`。`,
  load: (model) => `载入 ${model}`,
  goOnLoading: (model) => `继续载入 ${model}`,
  open: (model) => `打开 ${model}`,
  fetchedFrom: (size, origin) => `从 ${origin} 下载 ${size}，保存在此浏览器中。`,
  loadFailed: (model, detail) =>
    `无法载入 ${model}（${detail}）请检查网络连接，然后再按一次按钮；下载会从中断处继续。`,

  predictFirst: '先猜一猜。',
  yourToken: '你的词元',
  aWord: '一个词',
  keepAnswer: '就选这个',
  notOneToken: '这不止一个词元；请换一个更短的词。',
  answers: '选项',
  yourAnswer: '你的答案：{answer}。',
  reveal: '揭晓',
  right: '正确：{answer}。',
  theModel: '模型的答案：{answer}。',
  away: (apart, best, yours) => `相差 ${apart} 个百分点：${best} 对 ${yours}。`,
  askAgain: '再猜一次'
};
