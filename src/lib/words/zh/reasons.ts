import type { reasonWords as English } from '../en/reasons';

export const reasonWords: typeof English = {
  noWebglInWorker: '此浏览器的 worker 中没有 WebGL',
  noWebgl2: '此设备不支持 WebGL 2',
  softwareWebgl: '这里的 WebGL 由软件模拟，wasm 更快',
  webglNotStarted: 'WebGL 未能启动',
  wasmNotStarted: 'WebAssembly 未能启动',
  cpuNotStarted: '纯 JavaScript 后端未能启动',
  brokeDown: '它中途出错停止了',
  wrongArithmetic: (error) => `其计算误差达 ${error}`,
  scriptMissing: '其脚本无法加载',
  noAnswer: '没有应答',
  answered: (status) => `返回了 HTTP ${status}`,
  slower: '在这里较慢',
  noStorage: '此浏览器没有可存放的地方',
  storageFull: '空间不足',
  said: (text) => text
};
