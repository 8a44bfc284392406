/** Made by scripts/wasm-kernels/vite-plugin.mjs. */
declare module 'virtual:wasm-kernels' {
  const binaries: import('./binaries.ts').KernelBinaries;
  export default binaries;
}
