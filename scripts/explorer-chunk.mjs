import { fileURLToPath } from 'node:url';

const PAGES = ['src/routes/+layout.svelte', 'src/routes/+page.svelte'].map((path) =>
  fileURLToPath(new URL(`../${path}`, import.meta.url))
);

/** Pictures that load beside the engine or later, though an index.ts leads to them. */
const LATER_PICTURES =
  /src\/lib\/viz\/(attention|decode|embeddings|layer-norm|logit-lens|mlp|models|qkv|residual)\//;
/** Words that are there at once; those of other parts load with what says them. */
const FIRST_WORDS =
  /src\/lib\/words\/en\/(common|examples|explorer|index|link|messages|model-facts|model-map|next-token|pages|prompt|shell)\.ts$/;
const WORDS = /src\/lib\/words\/en\//;

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
      const later = LATER_PICTURES.test(id) || (WORDS.test(id) && !FIRST_WORDS.test(id));
      return modules.has(id) && !later ? 'explorer' : null;
    }
  };
}
