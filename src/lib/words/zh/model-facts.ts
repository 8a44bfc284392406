import { integer, threeDigits } from '../numbers';
import type { modelFactWords as English } from '../en/model-facts';

/** What the catalogue of models says in English about the models that it lists. */
const SUMMARIES: Readonly<Record<string, string>> = {
  'gpt2-nano': '为 GPT-2 Lens 训练的小型 GPT-2。它会写简单的故事，除此之外几乎一无所知。',
  sorter: '给最多十二个字母排序。小到可以读完一次前向计算的每个数。',
  gpt2: 'OpenAI 于 2019 年发布的 GPT-2 small：多数论文研究的就是它。',
  distilgpt2: '块数是 GPT-2 small 的一半，由 Hugging Face 训练来模仿它。',
  'gpt2-medium': 'OpenAI 的第二档规模：24 个块，每块 16 个头。',
  'gpt2-large': 'OpenAI 的第三档规模：36 个块，每块 20 个头。',
  'gpt2-xl': 'OpenAI 的最大规模：48 个块，每块 25 个头。'
};

export const modelFactWords: typeof English = {
  summary: (name, given) => SUMMARIES[name] ?? given,
  ownSummary: '你自己选择的检查点。',
  shape: (n_layer, n_head, n_embd, n_ctx) =>
    `${n_layer} 个块 · ${n_head} 个头 · 宽度 ${n_embd} · ${n_ctx} 个词元`,
  conversion: ({ from, to, texts, positions, largest, median, changed }) =>
    `由 ${from} 转换为 ${to}。在 ${texts} 段文本（${integer(positions)} 个位置）上，其 logits 与 ${from} 的相差至多 ` +
    `${threeDigits(largest)} nats，中位数 ${threeDigits(median)}；在 ${integer(changed)} 个位置上最可能的下一个词元不同。`,
  ownLicence: '见其来源',
  fromThisComputer: '来自这台电脑',
  checkedByHash: '大小与 SHA-256',
  checkedByHub: 'Hub 公布的 SHA-256',
  unchecked: '仅长度与文件头：没有公布的 SHA-256',
  aboveTab: (needed, most) => `它约需 ${needed} 内存，而一个浏览器标签页最多只有 ${most}。`,
  aboveDevice: (needed, device, room) =>
    `它约需 ${needed} 内存；在内存为 ${device} 的设备上，一个标签页约可用 ${room}。`,
  tokenizerFiles: 'vocab.json 和 merges.txt',

  bytesHere: (name) => `${name}，已到达的字节数`,
  cancel: '取消',
  asking: (name) => `正在请求 ${name}…`,
  inAnotherTab: (name) => `另一个标签页正在加载 ${name}；本页等它完成。`,
  amount: (here, all, percent) => `${here} / ${all}（${percent} %）`,
  readingCopy: (name, amount) => `正在读取此设备上的 ${name} 副本：${amount}`,
  bytes: (count) => `${count} 字节`,
  amountSoFar: (here) => `目前 ${here}`,
  silent: (name, time) => `已有 ${time} 没有收到 ${name} 的数据；30 s 后会重新请求`,
  nextAttempt: (name, time) => `${time} 后再次尝试 ${name}`,
  fetching: (name, amount, pace, left) =>
    `正在下载 ${name}：${amount}${pace && ` · ${pace}`}${left && ` · 还需 ${left}`}`
};
