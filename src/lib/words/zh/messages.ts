import type { messages as English } from '../en/messages';
import { libraryInChinese as library } from '../library-errors-zh';

export const messages: typeof English = {
  nothingRun: '还没有运行：请在上方选择如何处理提示词。',
  emptyPrompt: '还没有可读的词元。请输入一些文本，或在最前面加上 <|endoftext|>。',
  tooLong: (tokens, limit) =>
    `提示词有 ${tokens} 个词元，而此模型最多读 ${limit} 个。请删去 ${tokens - limit} 个，或只保留一端。`,
  unknownIds: (ids, last) => `链接中有些 id 在此模型中没有对应的行，已略去：${ids}。它的行是 0 到 ${last}。`,
  unknownModel: (name, shown) => `没有链接中的模型 ${name}；现在显示的是 ${shown}。`,
  modelNotHere: (name, shown) =>
    `链接中的模型 ${name} 还不在此设备上；现在显示的是 ${shown}。可在“模型”页获取它。`,
  notHere: (name) => `无法打开 ${name}（这里没有它）。`,
  switchFailed: (name, detail) => `无法打开 ${name}（${library(detail)}）。`,
  notKept: (name, reason) => `${name} 不会保存到下次访问（${reason}）；它在内存中运行。`,
  kept: (name) => `${name} 已保存在此浏览器中，现在无需联网即可打开。`,
  removed: (name) => `已从此浏览器中删除 ${name}。`,
  inUse: (name) => `另一个标签页正在读取 ${name}。请先在那里关闭它，再删除。`,
  noAddress: '请输入 Hub id（例如 openai-community/gpt2）或以 https:// 开头的网址。',
  servedHere: (name) => `${name} 随本页提供，已在列表中。`,
  mirrorNotKept: '镜像仅在本次访问中有效：浏览器不为本页保存任何内容。',
  filesMissing: (names) => `缺少这些文件：${names.join('、')}。请一次全部选中。`,
  continuedOn: (backend, detail) =>
    `计算中断（${library(detail)}），现改用 ${backend} 继续。提示词和所选内容保持不变。`,
  modelFailed: (detail) => `无法打开模型（${library(detail)}）。请检查网络，然后点“重试”。`,
  engineFailed: (detail) => `计算中断（${library(detail)}）。请点“重试”。`,
  scriptMissing: '未能取得计算脚本',
  readFailed: (detail) => `无法读取模型的一部分（${library(detail)}）。请点“重试”。`,
  cellsFailed: (detail) => `无法运行单元格（${detail}）。请检查网络，然后重新加载本页。`,
  recordingFailed: (detail) => `无法打开录制的运行（${detail}）。`,
  sessionFailed: (detail) => `无法打开会话文件（${detail}）。`,
  viewFailed: '无法获取此视图。请检查网络，然后重新加载本页。',
  copied: '链接已复制。',
  copiedLong: (letters, most) =>
    `链接已复制。它有 ${letters.toLocaleString('en')} 个字符，而有些邮件和聊天程序会截断超过约 ${most.toLocaleString('en')} 个字符的链接。缩短提示词可以缩短链接。`,
  copyFailed: '浏览器不允许复制。请复制地址栏中的网址，它打开的是同一视图。',
  languageFailed: '中文界面未能加载，请检查网络后再试。',
  badLanguage: (known) => `链接中的 lang 应为 ${known} 之一；现按默认显示。`
};
