import { availableParallelism } from 'node:os';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { cellsSandbox } from './scripts/cells-sandbox/vite-plugin.mjs';
import { explorerChunks } from './scripts/explorer-chunk.mjs';
import { isolationHeaders } from './scripts/site-headers.mjs';
import { libraryDocs } from './scripts/lesson-markdown/library-docs.ts';
import { lessonMarkdown } from './scripts/lesson-markdown/plugin.ts';
import { keepThreadedWasm } from './scripts/vite-threaded-wasm.mjs';
import { wasmKernels } from './scripts/wasm-kernels/vite-plugin.mjs';

export default defineConfig({
  plugins: [keepThreadedWasm(), wasmKernels(), cellsSandbox(), lessonMarkdown(), libraryDocs(), sveltekit()],
  worker: { format: 'es', plugins: () => [keepThreadedWasm(), wasmKernels()] },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  // One .wasm file would be inlined as base64 below this limit; they are fetched only when the wasm backend starts.
  // How long the bundler's plugins took is nothing that whoever starts the page has to read.
  build: {
    assetsInlineLimit: 0,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: { codeSplitting: { groups: explorerChunks() } }
    }
  },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/bench/**', 'node_modules/**'],
    setupFiles: process.env.FUZZ_MS ? ['tests/fuzz-setup.ts'] : [],
    // Vitest leaves a core free; of two cores that would be half: the tests took 94 s with one worker, 65 s with two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000
  }
});
