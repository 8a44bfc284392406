import type { modelsWords as English } from '../en/models';

export const modelsWords: typeof English = {
  title: '模型',
  lead: '这里的每个模型都是 GPT-2：计算方式相同，只是参数有多有少。模型就在本页中运行，你输入的内容不会离开本页。',
  catalogue: '目录',
  more: '更多模型',
  another: '其他模型',
  keptHere: '已保存的模型',

  served: '随本页提供',
  kept: (size) => `已保存在此浏览器中，${size}`,
  partial: (size) => `已下载 ${size}`,
  absent: '不在此设备上',
  chosen: '未保存；打开时重新读取',
  parameters: '参数量',
  download: '下载大小',
  memory: '内存',
  about: (size) => `约 ${size}`,
  licence: '许可证',
  checkedBy: '校验方式',
  mayNotOpen: (warning) => `${warning}在这里可能打不开。`,
  back: '返回探索页',
  open: '打开',
  goOn: '继续下载',
  fetch: '下载',
  askDelete: (size) => `删除 ${size}？`,
  delete: '删除',
  keep: '保留',
  deleteThis: '删除…',
  deleteNamed: (name) => `删除 ${name}…`,

  address: 'Hub id 或网址',
  addressHelp: '任何 GPT-2 架构的检查点都可以。只有在你要求时才会从那里下载。',
  addressPlaceholder: 'owner/model 或 https://…',
  fetchAddress: '下载',
  files: '这台电脑上的文件',
  filesHelp:
    '把 `config.json`、`model.safetensors`、`vocab.json` 和 `merges.txt` 拖到这里，或一次全部选中。文件不会离开此设备。',
  mirror: 'Hub 的镜像',
  mirrorHelp: '按 Hub 的目录结构提供其文件的网址；留空则使用 Hub 本身。',

  nothingKept: '此浏览器中还没有保存任何模型。',
  keptModels: (count, size) => `此浏览器中保存了 ${count} 个模型，共 ${size}。`,
  roomLabel: '此浏览器中已用的空间',
  room: (used, allowed) => `浏览器允许本页使用 ${allowed}，已用 ${used}。`,
  keepsNothing: '此浏览器不为本页保存任何内容（可能是隐私窗口）：模型在内存中运行。'
};
