/** Tensors in text, as PyTorch prints them, and the numbers of such text read back. */
export type { Dtype } from './options.ts';
export { parsePrinted, unitOf, type PrintedTensor } from './parse-printed.ts';
export { printSize, printTensor, type PrintableTensor } from './tensor-print.ts';
