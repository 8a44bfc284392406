export { installWasmKernels, type InstallOptions } from './install.ts';
export type { KernelBinaries, KernelKind } from './binaries.ts';
