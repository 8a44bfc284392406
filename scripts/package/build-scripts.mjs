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
 * @param {(id: string) => boolean} external what stays an import
 */
export async function buildScripts(entries, outDir, external) {
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
        output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' }
      }
    }
  });
}
