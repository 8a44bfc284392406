import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { keepThreadedWasm } from '../../scripts/vite-threaded-wasm.mjs';
import { wasmKernels } from '../../scripts/wasm-kernels/vite-plugin.mjs';

const REPOSITORY = new URL('../../', import.meta.url);
const inRepository = (path: string) => fileURLToPath(new URL(path, REPOSITORY));

/** A page with nothing on it but the two engines; ours is bundled as the explorer bundles it. */
export default defineConfig({
  root: inRepository('tests/bench/page'),
  publicDir: false,
  logLevel: 'error',
  plugins: [keepThreadedWasm(), wasmKernels()],
  worker: { format: 'es', plugins: () => [keepThreadedWasm(), wasmKernels()] },
  resolve: { alias: { $lib: inRepository('src/lib') } },
  build: {
    target: 'esnext',
    outDir: inRepository('node_modules/.cache/bench/site'),
    emptyOutDir: true,
    assetsInlineLimit: 0
  }
});
