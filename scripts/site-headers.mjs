/** What a server says with each file of the built site. docs/hosting.md has the same for other servers. */

/**
 * The two response headers that make a page cross-origin isolated, which a browser asks for before it allows
 * SharedArrayBuffer and so threads in the wasm backend. Without them the explorer runs on one thread.
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp'
};

/**
 * What the service worker adds on hosts that say nothing of it.
 *
 * @param {string} path
 * @returns {Record<string, string>}
 */
export const addedHeaders = (path) =>
  OF_CELLS.test(path) ? { ...isolationHeaders, 'Content-Security-Policy': SANDBOX } : isolationHeaders;

/** What the pages never ask for, and nothing in them may. */
const DENIED = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'serial', 'usb'];

const GENERAL = {
  ...isolationHeaders,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': DENIED.map((feature) => `${feature}=()`).join(', ')
};

/**
 * What a page may do, as SvelteKit writes it into each page's head, with the hashes of the page's own scripts. Nothing is
 * fetched by a page but its own files: the workers that read models alone ask other hosts, for those that the reader chose.
 *
 * @satisfies {NonNullable<NonNullable<import('@sveltejs/kit').KitConfig['csp']>['directives']>}
 */
export const pageDirectives = {
  'default-src': ['none'],
  'script-src': ['self'],
  'style-src': ['self'],
  // an empty style element: the conversion of a picture to SVG makes one in the file
  'style-src-elem': ['self', 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
  // the style of the element by which SvelteKit tells screen readers of another page
  'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
  'img-src': ['self', 'data:', 'blob:'],
  'font-src': ['self'],
  'connect-src': ['self'],
  'worker-src': ['self'],
  'frame-src': ['self'],
  'manifest-src': ['self'],
  'base-uri': ['none'],
  'form-action': ['none'],
  'object-src': ['none']
};

const WORKER_POLICY = [
  "default-src 'none'",
  "connect-src 'self' https: http:", // models come from any address that the reader writes
  "worker-src 'self' blob:",
  "script-src 'self' 'wasm-unsafe-eval' blob:"
].join('; ');

/** Folder of the page in which a lesson's cells run, from the site's root on. */
export const CELLS_PAGE = 'cells/';
/** An opaque origin: nothing of ours can be read there, whatever the text of a cell does. */
const SANDBOX = 'sandbox allow-scripts';

/**
 * What the cells' page may do, and the worker that it starts: run text as code, and reach nothing.
 *
 * @param {string} script the page's own one, by its hash
 */
export const cellsPolicy = (script) =>
  [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src 'unsafe-eval' 'wasm-unsafe-eval' ${script}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'"
  ].join('; ');

/** Files with their hash in their name never change; all others are asked for each time, and not sent again if unchanged. */
const HASHED = /\/_app\/immutable\//;
const SCRIPT_OF_WORKERS = /\/_app\/immutable\/workers\/.*\.js$/;
const OF_CELLS = /\/cells\/(?:index\.html)?$/;
/** Pages that are made to stand in other sites' pages. */
const EMBEDDED = /\/embed\//;
const POLICY = /<meta http-equiv="content-security-policy" content="([^"]*)">/;

/** @param {string} path of the site's root, `/models/` */
export function cacheControl(path) {
  return HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/**
 * The policy that stands in a page's head; null where there is none.
 *
 * @param {string} html
 */
export function policyOf(html) {
  return POLICY.exec(html)?.[1].replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? null;
}

/**
 * @param {string} path of the site's root
 * @param {string | null} html the page, where the file is one
 */
function contentPolicy(path, html) {
  if (SCRIPT_OF_WORKERS.test(path)) return WORKER_POLICY;
  const policy = html === null ? null : policyOf(html);
  if (!policy) return policy;
  const whole = `${policy}; frame-ancestors ${EMBEDDED.test(path) ? '*' : "'self'"}`; // a head cannot say the last
  return OF_CELLS.test(path) ? `${whole}; ${SANDBOX}` : whole; // nor this
}

/**
 * @param {string} path of the site's root
 * @param {string | null} [html] the page, where the file is one
 * @returns {Record<string, string>}
 */
export function headersOf(path, html = null) {
  const policy = contentPolicy(path, html);
  return {
    ...GENERAL,
    'Cache-Control': cacheControl(path),
    'Cross-Origin-Resource-Policy': EMBEDDED.test(path) ? 'cross-origin' : 'same-origin',
    ...(policy ? { 'Content-Security-Policy': policy } : {})
  };
}
