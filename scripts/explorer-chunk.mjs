import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { neededModules } from './needed-modules.mjs';

const pathOf = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const PAGES = ['src/routes/+layout.svelte', 'src/routes/+page.svelte'].map(pathOf);
const READS = 'src/lib/views/reads/';
const FIRST_VIEW = 'flow.ts';
/** What the explorer fetches for its first picture: the view that opens, and what stands beside it. */
const FIRST_PICTURE = [
  `${READS}${FIRST_VIEW}`,
  'src/routes/PredictionColumn.svelte',
  'src/routes/PredictionBar.svelte',
  'src/routes/MapColumn.svelte',
  'src/lib/engine/first-run.ts',
  'src/routes/backend-line.ts',
  'src/routes/chip-colours.ts'
].map(pathOf);
const OTHER_VIEWS = readdirSync(pathOf(READS))
  .filter((name) => name !== FIRST_VIEW)
  .map((name) => pathOf(`${READS}${name}`));

/** Names of the chunks that hold what the first picture needs beside the explorer's own. */
export const PICTURE_CHUNKS = ['pictures', 'first-picture'];

/**
 * One chunk for all that the explorer needs at once: what its two files import, and what those modules do. The bundler
 * would make two dozen, for whatever two pages share, and a browser asks a server for six at a time, the engine's worker
 * after all of them. What a view's spec fetches by import() comes when the view is opened; for the first picture that
 * would be five dozen files, so it is two more chunks: what other views draw with too, and the rest.
 */
export function explorerChunks() {
  /** @type {Set<string>[] | null} */
  let sets = null;

  /** @param {import('./needed-modules.mjs').ModuleInfoOf} infoOf */
  function setsOf(infoOf) {
    const [pages, picture, others] = [PAGES, FIRST_PICTURE, OTHER_VIEWS].map((files) =>
      neededModules(files, infoOf)
    );
    return [pages, new Set([...picture].filter((id) => others.has(id))), picture];
  }

  // a chunk takes the imports of its modules along, so the one that others build on comes first
  return ['explorer', ...PICTURE_CHUNKS].map((name, i, { length }) => ({
    priority: length - i,
    name: (
      /** @type {string} */ id,
      /** @type {{ getModuleInfo: import('./needed-modules.mjs').ModuleInfoOf }} */ bundle
    ) => {
      sets ??= setsOf((each) => bundle.getModuleInfo(each));
      return sets[i].has(id) ? name : null;
    }
  }));
}
