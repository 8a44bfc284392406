/** What a server says with each file of the built site. docs/hosting.md has the same for other servers. */

/**
 * The two response headers that make a page cross-origin isolated, which a browser asks for before it allows
 * SharedArrayBuffer and so threads in the wasm backend. Without them the explorer runs on one thread.
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp'
};

/** What the service worker adds on hosts that say nothing of it. */
export const addedHeaders = { ...isolationHeaders };

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
 * fetched by a page but its own files: the engine's worker alone asks other hosts, for models that the reader chose.
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

const WORKER = [
  "default-src 'none'",
  "connect-src 'self' https: http:", // models come from any address that the reader writes
  "worker-src 'self' blob:"
].join('; ');
const WORKER_POLICY = `${WORKER}; script-src 'self' 'wasm-unsafe-eval' blob:`;
/** A lesson's cells are texts that the reader may change and run; what they compute with is here already. */
const CELLS_POLICY = `${WORKER.replace(' https: http:', '')}; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval' blob:`;

/** Files with their hash in their name never change; all others are asked for each time, and not sent again if unchanged. */
const HASHED = /\/_app\/immutable\//;
const SCRIPT_OF_WORKERS = /\/_app\/immutable\/workers\/.*\.js$/;
const SCRIPT_OF_CELLS = /\/cells\.worker[^/]*\.js$/;
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
  if (SCRIPT_OF_CELLS.test(path)) return CELLS_POLICY;
  if (SCRIPT_OF_WORKERS.test(path)) return WORKER_POLICY;
  const policy = html === null ? null : policyOf(html);
  return policy && `${policy}; frame-ancestors ${EMBEDDED.test(path) ? '*' : "'self'"}`; // a head cannot say the last
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
