import { fileURLToPath } from 'node:url';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { cellsSandbox } from '../cells-sandbox/vite-plugin.mjs';
import { withoutWorkers } from './without-workers.mjs';

const LIB = fileURLToPath(new URL('../../src/lib', import.meta.url));

/**
 * Builds scripts of the package from the page's own source. A component's styles are put where it is drawn: into the
 * shadow tree of its element.
 *
 * @param {Record<string, string>} entries path of each source, by the name of its script
 * @param {string} outDir
 * @param {{ external: (id: string) => boolean, isOneFile?: boolean }} options what stays an import; false for all of a
 *   script that has everything in itself, in one file
 */
export async function buildScripts(entries, outDir, { external, isOneFile = false }) {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { alias: { $lib: LIB } },
    plugins: [
      withoutWorkers(),
      cellsSandbox(),
      svelte({
        configFile: false,
        preprocess: vitePreprocess(),
        compilerOptions: { runes: true, css: 'injected' }
      })
    ],
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: { entry: entries, formats: ['es'] },
      rolldownOptions: {
        external,
        checks: { bundlerTimings: false },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'parts/[name]-[hash].js',
          ...(isOneFile && { codeSplitting: false, minify: true }) // a kernel sends it with each picture
        }
      }
    }
  });
}
