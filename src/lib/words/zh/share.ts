import type { shareWords as english } from '../en/share';

export const shareWords: typeof english = {
  title: '分享这个视图',
  worksheet: '用这个视图制作练习单',
  say: '链接把整个视图放在 # 之后，浏览器不会把这一部分发给服务器。',
  name: (view, model) => `GPT-2 Lens：${view}，${model}`,
  link: '链接',
  markdown: 'Markdown',
  frame: '用于网页的 iframe',
  copy: (what) => `复制${what}`,
  copyShort: '复制',
  copied: (what) => `${what}已复制。`,
  refused: '浏览器不允许本页复制。请选中文字后复制。',
  length: (letters) => `链接有 ${letters} 个字符。`,
  long: (letters, most) =>
    `链接有 ${letters} 个字符。邮件和聊天程序可能会截断超过 ${most} 个字符的链接：请缩短提示词，或以文件发送。`,
  sandboxSays: 'iframe 的 sandbox 中各词的作用：',
  sandbox: {
    'allow-scripts': '页面可以计算和绘图',
    'allow-same-origin': '可以启动计算用的线程',
    'allow-popups': '其中的链接可以打开探索页'
  },
  qr: '链接的二维码',
  noQr: '链接太长，无法生成二维码。',
  local: '链接指向这台电脑：别人打不开。',
  close: '关闭'
};
