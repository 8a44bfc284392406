/** What a server says with each file of the built site. docs/hosting.md has the same for other servers. */

/**
 * The two response headers that make a page cross-origin isolated, which a browser asks for before it allows
 * SharedArrayBuffer and so threads in the wasm backend. Without them the explorer runs on one thread.
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp'
};

/** Files with their hash in their name never change; all others are asked for each time, and not sent again if unchanged. */
const HASHED = /\/_app\/immutable\//;

/** @param {string} path of the site's root, `/models/` */
export function cacheControl(path) {
  return HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** @param {string} path of the site's root @returns {Record<string, string>} */
export function headersOf(path) {
  return { ...isolationHeaders, 'Cache-Control': cacheControl(path) };
}
