import { fileURLToPath } from 'node:url';

const PAGES = ['src/routes/+layout.svelte', 'src/routes/+page.svelte'].map((path) =>
  fileURLToPath(new URL(`../${path}`, import.meta.url))
);

/**
 * Folders that other views use: index.ts leads to them, but the explorer waits for little or nothing of them before it
 * starts the engine. What it does wait for, its English words too, comes with the modules that import it.
 */
const LATER =
  /src\/lib\/(viz\/(attention|decode|embeddings|figure|flow|layer-norm|logit-lens|mlp|model-map|models|next-token|qkv|residual)|words\/en)\/|viz\/(color|common\/picture-zoom)|node_modules\/d3-(array|color|dispatch|drag|ease|interpolate|path|scale|selection|shape|timer|transition|zoom)\//;

/** @typedef {(id: string) => { importedIds: readonly string[] } | null} ModuleInfoOf */

/**
 * Everything that the explorer imports without waiting for something to happen.
 *
 * @param {ModuleInfoOf} moduleInfoOf
 */
function reachable(moduleInfoOf) {
  const found = new Set();
  const open = [...PAGES];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(moduleInfoOf(id)?.importedIds ?? []));
  }
  return found;
}

/**
 * One chunk for all that the explorer needs at once. The bundler would make two dozen, for whatever two pages share,
 * and a browser asks a server for six at a time, the engine's worker after all of them.
 */
export function explorerChunk() {
  /** @type {Set<string> | null} */
  let modules = null;
  return {
    name: (/** @type {string} */ id, /** @type {{ getModuleInfo: ModuleInfoOf }} */ bundle) => {
      modules ??= reachable((each) => bundle.getModuleInfo(each));
      return modules.has(id) && !LATER.test(id) ? 'explorer' : null;
    }
  };
}
