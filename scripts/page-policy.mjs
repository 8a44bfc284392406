import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CELLS_PAGE, EMBED_PAGE } from './site-headers.mjs';

const HEAD = '<head>';
const META = /\s*<meta http-equiv="content-security-policy" content="([^"]*)">/;
const INLINE_SCRIPT = /<script>([\s\S]*?)<\/script>/g;
const SCRIPTS = /script-src [^;]*/;
const WORKERS = /worker-src [^;]*/;
const HASHES = / 'sha256-[^']*'/g;

/**
 * Every page of a built site.
 *
 * @param {string} folder
 */
export function pagesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => join(folder, path));
}

/**
 * The pages that readers open: all but the one in which cells run.
 *
 * @param {string} folder
 */
export const openPagesOf = (folder) =>
  pagesOf(folder).filter((page) => page !== join(folder, CELLS_PAGE, 'index.html'));

/** @param {string} page its path @param {string} folder */
export const isEmbedPage = (page, folder) => page === join(folder, EMBED_PAGE, 'index.html');

/**
 * The policy of embedded views: without an origin their workers start from blobs, and have the page's policy.
 *
 * @param {string} policy
 */
const withBlobWorkers = (policy) =>
  policy
    .replace(SCRIPTS, (scripts) => `${scripts} 'wasm-unsafe-eval' blob:`)
    .replace(WORKERS, (workers) => `${workers} blob:`);

/**
 * Names every script that stands in a page in the page's policy, by its hash, and puts the policy before all of them.
 *
 * Throws: Error if SvelteKit has written no policy (kit.csp in svelte.config.js).
 *
 * @param {string} folder the built site, its scripts as they stay
 */
export function writePolicies(folder) {
  for (const page of pagesOf(folder)) {
    const html = readFileSync(page, 'utf8');
    const found = META.exec(html);
    if (!found) throw new Error(`writePolicies: ${page} must hold a policy, got none. See kit.csp.`);
    const hashes = [...html.matchAll(INLINE_SCRIPT)].map(
      ([, script]) => ` 'sha256-${createHash('sha256').update(script).digest('base64')}'`
    );
    const policy = found[1].replace(
      SCRIPTS,
      (scripts) => scripts.replace(HASHES, '') + [...new Set(hashes)].join('')
    );
    const whole = isEmbedPage(page, folder) ? withBlobWorkers(policy) : policy;
    const meta = `<meta http-equiv="content-security-policy" content="${whole}">`;
    writeFileSync(
      page,
      html.replace(META, '').replace(HEAD, () => `${HEAD}\n    ${meta}`)
    );
  }
}
