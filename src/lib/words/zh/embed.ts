import type { embedWords as english } from '../en/embed';

export const embedWords: typeof english = {
  title: '内嵌视图',
  open: '在 GPT-2 Lens 中打开',
  ask: (model, size) =>
    `这幅图需要 ${model}：将下载 ${size}，不会保存任何内容。你的文本和图都留在你的设备上。`,
  load: (size) => `下载 ${size}`,
  instead: (model) => `用 ${model} 显示`,
  failed: '这个视图无法在这里显示。',
  lacking: '此视图显示的部分内容不在录制文件中。请在 GPT-2 Lens 中打开以进行计算。',
  notThere: '所给的数字中没有此图显示的部分内容。',
  again: '再试一次',
  noOrigin: '此框架没有 allow-same-origin：只用一个线程计算，不保存任何内容。'
};
