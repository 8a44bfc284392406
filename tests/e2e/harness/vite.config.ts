import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { keepThreadedWasm } from '../../../scripts/vite-threaded-wasm.mjs';
import { wasmKernels } from '../../../scripts/wasm-kernels/vite-plugin.mjs';

const REPOSITORY = new URL('../../../', import.meta.url);
const inRepository = (path: string) => fileURLToPath(new URL(path, REPOSITORY));

/** Where the built harness is served from: the page, the embedded model and the fixtures. */
export const HARNESS_FOLDER = inRepository('node_modules/.cache/engine-harness');

/** A page with nothing on it but the engine, bundled as the explorer bundles it. */
export default defineConfig({
  root: inRepository('tests/e2e/harness'),
  publicDir: inRepository('static'),
  logLevel: 'warn',
  plugins: [keepThreadedWasm(), wasmKernels()],
  worker: { format: 'es', plugins: () => [keepThreadedWasm(), wasmKernels()] },
  resolve: { alias: { $lib: inRepository('src/lib') } },
  build: { outDir: HARNESS_FOLDER, emptyOutDir: true, assetsInlineLimit: 0 }
});
