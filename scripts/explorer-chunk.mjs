import { fileURLToPath } from 'node:url';
import { neededModules } from './needed-modules.mjs';

const PAGES = ['src/routes/+layout.svelte', 'src/routes/+page.svelte'].map((path) =>
  fileURLToPath(new URL(`../${path}`, import.meta.url))
);

/**
 * One chunk for all that the explorer needs at once: what its two files import, and what those modules do. The bundler
 * would make two dozen, for whatever two pages share, and a browser asks a server for six at a time, the engine's worker
 * after all of them. What a view's spec fetches by import() comes when the view is opened.
 */
export function explorerChunk() {
  /** @type {Set<string> | null} */
  let modules = null;
  return {
    name: (
      /** @type {string} */ id,
      /** @type {{ getModuleInfo: import('./needed-modules.mjs').ModuleInfoOf }} */ bundle
    ) => {
      modules ??= neededModules(PAGES, (each) => bundle.getModuleInfo(each));
      return modules.has(id) ? 'explorer' : null;
    }
  };
}
