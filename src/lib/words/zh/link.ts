import type { linkWords as English } from '../en/link';

export const linkWords: typeof English = {
  wholeNumber: (least, most) => `${least} 到 ${most} 的整数`,
  number: (least, most) => `${least} 到 ${most} 的数`,
  oneOf: (known) => `${known.join('、')} 之一`,
  flag: '0 或 1',
  length: (most) => `不超过 ${most} 个字符的文本`,
  zoom: '大于 1 的倍数和两个比例，例如 3.2_0.25_0.5',
  heads: (most) => `至多 ${most} 个头，例如 9.8_9.0`,
  edits: '编辑的列表，例如 zero:z.8.2;scale=0.5:mlp_out.3@4',
  modelName: '模型的名称',
  tables: '表格的名称，以点分隔，例如 lens.next',
  recording: '录制的运行的名称，或它在本站的地址',
  columns: (most) => `至多 ${most} 列设置，例如 best_sample-t0.7`,
  damaged: '链接已损坏，无法读取其中的内容。请重新完整复制。',
  version: (given, newest) =>
    `链接中的 v 最大应为 ${newest}，实际为 ${given}：它由更新版本的页面生成，其中有些内容在这里可能缺失。请重新加载页面。`,
  refused: (name, expected) => `链接中的 ${name} 应为：${expected}；现按默认显示。`,
  absent: (name, value, last) => `链接中的 ${name} ${value} 在这里不存在（0 到 ${last}）；现按默认显示。`,
  absentAll: (name, value) => `链接中的 ${name} ${value} 在这里不存在（一个也没有）；现按默认显示。`
};
