import type { commonWords as English } from '../en/common';
import { integer } from '../numbers';

export const commonWords: typeof English = {
  zoom: '缩放图',
  zoomIn: '放大',
  zoomOut: '缩小',
  zoomWhole: '显示全部',
  zoomLevel: (times) => `放大 ${times} 倍；按下显示全部`,
  zoomHow: '或用滚轮、双指、+ − 0；拖动可移动',
  notComputed: '尚未算出。',
  notInRun: '这次运行的数值中没有这部分内容。',
  noToken: (id) => `无对应词元，id ${id}`,
  probabilityRoot: '概率（√ 刻度）',
  showAsTable: '以表格显示',
  rows: (count) => `${integer(count)} 行`,
  copyTable: '复制表格',
  saveCsv: '存为 CSV',
  rowsCopied: (count) => `已复制 ${integer(count)} 行。`,
  copyRefused: '浏览器不允许复制。请改为将表格存为 CSV。',
  colourScale: (title) => `色标：${title}`,
  withUnit: (label, unit) => `${label}，${unit}`,
  piece: (character, part, of) => `，${character} 的第 ${part} 部分，共 ${of} 部分`,
  chip: (position, token, id) => `位置 ${position}：${token}，id ${id}`
};
