import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const SERVICE_WORKER = 'service-worker.js';
const MANIFEST = 'self.__WB_MANIFEST';
const PAGE = 'index.html';
const CATALOGUE = 'models/models.json';
/** Asked of the server by a page that wants to know whether it is the newest. */
const VERSION = '_app/version.json';
const COPIES = /\.(br|gz)$/;
/** The gallery is for those who work on the pictures. */
const GALLERY = /^gallery\/|\/assets\/answers\.[^/]+\.json$/;

/**
 * The files of one version: all that the build wrote, except what only the server needs, the gallery, recorded runs, and
 * models other than the embedded one and small ones: those that a school has put beside it are too large to be kept twice.
 *
 * @param {string} folder the built site
 * @returns {string[]} paths inside it, with `/`
 */
export function filesOfVersion(folder) {
  const catalogue = JSON.parse(readFileSync(join(folder, CATALOGUE), 'utf8'));
  const folders = catalogue.models
    .filter(
      (/** @type {{ name: string, withPages?: boolean }} */ { name, withPages }) =>
        name === catalogue.default || withPages
    )
    .map((/** @type {{ folder: string }} */ { folder }) => `models/${folder}/`);
  const isNeeded = (/** @type {string} */ path) =>
    path !== SERVICE_WORKER &&
    path !== VERSION &&
    !COPIES.test(path) &&
    !GALLERY.test(path) &&
    !path.startsWith('recordings/') &&
    (!path.startsWith('models/') ||
      path === CATALOGUE ||
      path === `models/${PAGE}` ||
      folders.some((/** @type {string} */ folder) => path.startsWith(folder)));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(folder, '.').length + 1)
        .replaceAll(sep, '/')
    )
    .filter(isNeeded)
    .sort();
}

/**
 * Tells the service worker which files belong to this version, each with its address from the worker on and its hash.
 *
 * Throws: Error if the folder's service worker has no place for them.
 *
 * @param {string} folder the built site, otherwise finished
 */
export function writeKeptSet(folder) {
  const script = join(folder, SERVICE_WORKER);
  const code = readFileSync(script, 'utf8');
  if (!code.includes(MANIFEST)) {
    throw new Error(`writeKeptSet: ${script} must hold ${MANIFEST}, got none. Build anew.`);
  }
  const entries = filesOfVersion(folder).map((path) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('base64');
    const isPage = path === PAGE || path.endsWith(`/${PAGE}`);
    const address = isPage ? path.slice(0, -PAGE.length) : path.split('/').map(encodeURIComponent).join('/');
    return { url: `./${address}`, revision: hash, integrity: `sha256-${hash}` };
  });
  writeFileSync(
    script,
    code.replace(MANIFEST, () => JSON.stringify(entries))
  );
}
