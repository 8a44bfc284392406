import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const SCRIPTS = '_app/immutable';
const WORKERS = `${SCRIPTS}/workers`;
const ENGINE = /^engine\.worker-.*\.js$/;
/** The engine's thread that makes tokens: no prompt can be run without it. */
const TOKENIZER = /^tokenizer\.worker-.*\.js$/;
/** What the first picture needs, which the engine does not wait for (preload-picture.mjs). */
const OF_PICTURE = /<link [^>]*data-picture[^>]*>/g;
/** `import x from "./a.js"`, `import "./a.js"`, `export … from "./a.js"`; not `import("./a.js")`, which comes later. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["']([^"']+\.js)["']/g;

/**
 * The scripts that a browser must have before the engine can answer: what the page names, the workers of the engine and
 * its tokenizer, and all that these import without waiting for something to happen.
 *
 * Throws: Error if the folder holds no built page, or no engine.
 *
 * @param {string} folder the built site
 * @returns {Map<string, number>} gzip bytes by path, largest first
 */
export function scriptsBeforeEngine(folder) {
  const page = join(folder, 'index.html');
  const html = existsSync(page) ? readFileSync(page, 'utf8').replace(OF_PICTURE, '') : '';
  const named = html.matchAll(/_app\/immutable\/[^"'\s]+\.js/g);
  const workers = existsSync(join(folder, WORKERS)) ? readdirSync(join(folder, WORKERS)) : [];
  const pages = [...named].map(([path]) => path);
  const threads = workers.filter((name) => ENGINE.test(name) || TOKENIZER.test(name));
  if (pages.length === 0 || !threads.some((name) => ENGINE.test(name))) {
    throw new Error(
      `scriptsBeforeEngine: ${folder} must hold a built page and its engine. Run npm run build.`
    );
  }
  const open = [...pages, ...threads.map((name) => `${WORKERS}/${name}`)];
  const sizes = new Map();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (sizes.has(path)) continue;
    const code = readFileSync(join(folder, path));
    sizes.set(path, gzipSync(code).length);
    for (const [, imported] of code.toString().matchAll(STATIC_IMPORT))
      open.push(join(dirname(path), imported));
  }
  return new Map([...sizes].sort(([, a], [, b]) => b - a));
}
