import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { finished } from './scripts/finish-build.mjs';
import { pageDirectives } from './scripts/site-headers.mjs';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    // The whole page is drawn in the browser, so one fallback-free prerendered shell serves it from any folder.
    adapter: finished(adapter({ pages: 'build', assets: 'build', strict: true }), 'build'),
    paths: { relative: true },
    csp: { mode: 'hash', directives: pageDirectives },
    serviceWorker: { register: false }, // src/lib/state/offline.svelte.ts registers it after the first picture
    typescript: {
      config: (config) => {
        config.include.push('../scripts/**/*', '../*.js');
        config.exclude.push(
          '../src/lib/engine/wasm-kernels/assembly/**', // AssemblyScript, not TypeScript
          '../scripts/package/project/**' // imports the built package
        );
      }
    }
  }
};
