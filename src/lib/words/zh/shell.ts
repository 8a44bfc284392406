import type { shellWords as English } from '../en/shell';
import { integer } from '../numbers';

export const shellWords: typeof English = {
  skip: '跳到正文',
  recorded: '录制',
  recordedSays: '录制的运行：数值读自文件，没有进行计算。',
  model: '模型',
  parameters: (count) => `${integer(count)} 个参数，就在本页中计算`,
  size: (parameters) => `${parameters} · 在本页中运行`,
  runsOn: '计算后端',
  checked: (detail) => `${detail} · 已检验`,
  threads: (backend, count) => `${backend} · ${count} 个线程`,
  timed: (times) =>
    `在这台设备上测得一块在 16 和 128 个词元时的用时：${times.join('；')}。会采用对当前提示词长度更快的一个；可在此另选。`,
  blockTimes: (backend, short, long) => `${backend} ${short} 和 ${long} ms`,
  passedOver: (backend, reason) => `未用 ${backend}：${reason}。`,
  missingThreads: (running, asked, reason) =>
    `${asked} 个线程中有 ${running} 个在计算：辅助线程未能启动（${reason}）。结果相同，只是较慢。`,
  notIsolated: '只有一个线程在计算：此页面所在的服务器不允许使用更多线程。结果相同，只是更慢。',
  chooseForMe: '自动选择',
  rightOn: (error, backend) => `在 ${backend} 上，一道已知答案的题目算对了，误差不超过 ${error}。`,
  colours: '配色',
  theme: { system: '自动', light: '浅色', dark: '深色' },
  language: '语言',
  copyLink: '复制链接',
  share: '分享',
  shareSays: '链接、Markdown、网页用的 iframe 和二维码',
  guide: '导览',
  guideSays: '分十步了解本页，每一步都要亲自做到才算完成',
  present: '演示',
  presentSays: '用于投影：更大，只有一幅图，用方向键操作',
  pages: '页面',
  menu: '菜单',
  moreTabs: '更多标签页',
  retry: '重试',
  newVersion: 'GPT-2 Lens 有新版本。当前页面仍在使用旧版本；重新加载后，提示词和视图都会保留。',
  reload: '重新加载',
  close: '关闭',
  starting: '正在启动计算…',
  reading: (name) => `正在读取 ${name}`,
  memory: '内存',
  memoryUse: (weights, kept, most) =>
    `权重 ${weights}。各提示词的激活值 ${kept}，最多 ${most}：放不下的会在查看时重新计算。`,
  memoryMeter: '保留的激活值占其上限的比例'
};
