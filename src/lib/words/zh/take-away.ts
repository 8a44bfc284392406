import type { takeAwayWords as English } from '../en/take-away';

export const takeAwayWords: typeof English = {
  menu: (title) => `保存或复制：${title}`,
  svg: '保存为 SVG',
  png: '保存为 PNG',
  copy: '复制为图像',
  csv: '把数值保存为 CSV',
  csvOf: (caption) => `保存为 CSV：${caption}`,
  json: '把数值保存为 JSON',
  python: (name, library) => `复制 ${name} 的 Python 代码（${library}）`,
  pythonCopied: '代码已复制',
  working: '正在处理……',
  saved: (file) => `已保存为 ${file}`,
  copied: '图像已复制',
  failed: '此浏览器无法完成。请换一种形式。'
};
