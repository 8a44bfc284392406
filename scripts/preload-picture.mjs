import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PICTURE_CHUNKS } from './explorer-chunk.mjs';

const STYLESHEET = /\s*<link href="\.\/([^"]+\.css)" rel="stylesheet">/g;
const HEAD_END = '</head>';

/** @typedef {{ name?: string, file: string, css?: string[], imports?: string[] }} Chunk */

/**
 * Style sheets of chunks and of all that they import at once.
 *
 * @param {Record<string, Chunk>} chunks by their keys in the manifest
 * @param {readonly string[]} keys
 */
function stylesOf(chunks, keys) {
  const seen = new Set(keys);
  for (const key of seen) for (const imported of chunks[key].imports ?? []) seen.add(imported);
  return new Set([...seen].flatMap((key) => chunks[key].css ?? []));
}

/**
 * Names in the explorer's head what its first picture needs: its scripts beside the page's own, so that both arrive
 * together, and its style sheets alone. SvelteKit names those of every view, which a page would wait for; a view that is
 * opened later brings its own.
 *
 * Throws: Error if the manifest names no such chunk.
 *
 * @param {string} folder the built site
 * @param {string} manifest path of the bundler's manifest
 */
export function preloadPicture(folder, manifest) {
  const chunks = /** @type {Record<string, Chunk>} */ (JSON.parse(readFileSync(manifest, 'utf8')));
  const [explorer, ...picture] = ['explorer', ...PICTURE_CHUNKS].map((name) => {
    const key = Object.keys(chunks).find((each) => chunks[each].name === name);
    if (!key) throw new Error(`preloadPicture: ${manifest} must name a chunk ${name}, got none. Build anew.`);
    return key;
  });
  const styles = stylesOf(chunks, [explorer, ...picture]);
  const links = [
    ...[...styles].map((file) => `<link href="./${file}" rel="stylesheet">`),
    ...picture.map((key) => `<link rel="modulepreload" href="./${chunks[key].file}" data-picture />`)
  ];
  const page = join(folder, 'index.html');
  const html = readFileSync(page, 'utf8').replaceAll(STYLESHEET, '');
  writeFileSync(
    page,
    html.replace(HEAD_END, () => `  ${links.join('\n    ')}\n  ${HEAD_END}`)
  );
}
