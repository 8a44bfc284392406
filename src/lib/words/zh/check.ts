import type { checkWords as english } from '../en/check';
import { libraryInChinese as library } from '../library-errors-zh';

export const checkWords: typeof english = {
  title: '自检',
  lead: '本页在你的设备上运行模型，并把得到的数值与另一个程序的结果逐一对照。不会向任何地方发送数据。',
  open: '检查这台设备',
  openHelp: '在每个后端上，把这个模型在你设备上的数值与 Hugging Face 的结果对照。',
  model: '模型',
  backends: '后端',
  slowOnCpu: '默认不选 cpu：用这个模型需要几分钟。',
  start: '开始检查',
  stop: '停止',
  values: '用来对照的数值',
  valuesStored: '随页面附带的数值，由 Hugging Face transformers 计算。',
  valuesNone: '页面没有附带这个模型的数值。仍会检查后端和速度；对 GPT-2 small 还会检查来源笔记本打印的数值。',
  valuesOwn: (model, prompts) => `你提供的 ${model} 的数值：${prompts} 条提示词。`,
  valuesHelp:
    '把数值的 JSON 文件拖到这里，或选择、粘贴。`scripts/fixtures/make_check_values.py` 可以用 Hugging Face 为任何模型生成这样的文件。',
  valuesFile: '选择数值文件',
  valuesPaste: '粘贴数值（JSON）',
  valuesUse: '使用这些数值',
  valuesRemove: '移除你的数值',
  valuesPasted: '粘贴的数值',
  valuesRefused: (detail) => `这些数值无法使用（${detail}）。`,

  waiting: '请按“开始检查”。内置模型需要几秒钟，GPT-2 small 需要几分钟。',
  running: (backend, count) => `正在 ${backend} 上检查：已完成 ${count} 项。`,
  passed: (count, backends) => `${count} 项检查在 ${backends} 上全部通过。`,
  failed: (failed, count) => `${count} 项检查中有 ${failed} 项未通过。表格说明是哪些，下面的列表说明位置。`,
  nothingStarted: '没有后端可以检查。',
  stopped: '已停止。停止前检查的结果在下面。',
  notStarted: (backend, reason) => `${backend} 未检查：${library(reason)}`,
  notBegun: (detail) => `无法开始（${library(detail)}）。请检查网络，然后重新加载本页。`,

  results: '结果',
  resultsCaption: '检查的内容，以及每个后端上的最大差异',
  check: '检查',
  compared: '比较的数值个数',
  pass: '通过',
  fail: '未通过',
  notComputed: '未计算',
  failedOf: (failed, rows) => `${rows} 项中 ${failed} 项未通过`,
  same: '相同',
  groups: {
    problem: '答案已知的小问题',
    tokens: '文本与词元',
    activation: '激活值：所有块和提示词上的最大差异',
    source: '来源笔记本打印的数值'
  },
  tolerance:
    '激活值允许相差 0.0001 加上其大小的十万分之一：以另一种次序相加的 float32 会有这么大的差异，而错误的公式差得更多。',
  failures: '未通过的检查',
  failureOf: (backend, name, prompt) => `${backend}：${name}，提示词 ${prompt}`,
  moreFailures: (count) => `其余 ${count} 项在导出的文件里。`,

  device: '速度与内存',
  deviceCaption: '每个后端的速度与内存',
  measure: '项目',
  threads: '线程',
  passOf: (T) => `${T} 个词元的一次前向计算（含全部激活值）`,
  milliseconds: (text) => `${text} ms`,
  tokensPerSecond: '每秒词元数（贪心）',
  memory: '模型在后端占用的内存',
  leaked: '检查遗留的张量',

  browser: '这个浏览器',
  browserAll: '它具备页面能用到的一切功能。',
  features: {
    webassembly: 'WebAssembly',
    simd: 'WebAssembly 的 SIMD',
    threads: '共享内存的线程',
    webgl: '在 worker 里的 WebGL 2',
    store: '私有文件（用来保存模型）',
    persisted: '保存的文件不会被清除',
    offline: '页面已保存，没有网络也能打开',
    locks: '标签页之间的锁',
    memoryKnown: '设备内存的大小'
  },
  without: {
    webassembly: 'wasm 后端无法启动；cpu 慢很多倍。',
    simd: 'wasm 后端只能走较慢的路径。',
    threads: 'wasm 后端只用一个线程计算。',
    webgl: '不使用 GPU。',
    store: '模型保存在浏览器的缓存里，或者完全不保存。',
    persisted: '空间不足时，浏览器可能删除保存的模型。',
    offline: '请通过 https 或在 localhost 再打开一次页面，以便保存它。',
    locks: '两个标签页可能会把同一个模型下载两次。',
    memoryKnown: '模型太大时，页面无法事先提醒。'
  },
  has: '有',
  lacks: '缺少',

  saveJson: '保存为 JSON',
  saveCsv: '保存为 CSV',
  copyLink: '复制链接',
  saved: (name) => `已保存 ${name}。`
};
