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
 * @param {string} [query] of the address, from its `?` on
 * @returns {Record<string, string>}
 */
export function addedHeaders(path, query = '') {
  const policy = OF_CELLS.test(path) ? SANDBOX : workerPolicy(path, query);
  return policy === null ? isolationHeaders : { ...isolationHeaders, 'Content-Security-Policy': policy };
}

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
 * fetched by a page but its own files: one kind of worker alone asks another host, the one that the reader chose.
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

/** Of the engine and every other worker that computes or keeps: its own host is all that it can ask. */
const WORKER_POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "script-src 'self' 'wasm-unsafe-eval' blob:"
].join('; ');

/** Where the hub and its mirrors send who asks for a large file. */
const HUB_FILES = ['https://*.hf.co', 'https://*.huggingface.co'];
const HOST = /^https?:\/\/[\w.-]+(:\d+)?$/;
/** A policy cannot name a numeric address of version 6: it names the way there. */
const NUMERIC_HOST = /^(https?:)\/\/\[[\da-f:.]+\](:\d+)?$/;

/**
 * Of the worker that fetches models from another host: its script's address names the host, and the worker can ask no
 * other one. `?from=https://a.example`; with `&files=hub` the hub's own storage too.
 *
 * @param {string} query
 */
function hubPolicy(query) {
  const fields = new URLSearchParams(query);
  const from = fields.get('from') ?? '';
  const host = HOST.test(from) ? from : NUMERIC_HOST.exec(from)?.[1];
  const hosts = !host ? ["'none'"] : fields.get('files') === 'hub' ? [host, ...HUB_FILES] : [host];
  return `default-src 'none'; connect-src ${hosts.join(' ')}; script-src 'self'`;
}

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
const SCRIPT_OF_WORKERS = /\/_app\/immutable\/workers\/.*\.js$|\/service-worker\.js$/;
const HUB_WORKER = /\/_app\/immutable\/workers\/hub\.worker-[^/]*\.js$/;
const OF_CELLS = /\/cells\/(?:index\.html)?$/;
/** Folder of the page that is made to stand in other sites' pages, from the site's root on. */
export const EMBED_PAGE = 'embed/';
const EMBEDDED = /\/embed\//;
/** What an embedded view fetches: in a sandboxed frame without an origin it is nobody's own. */
const FETCHED_BY_EMBEDS = /\/(?:_app|models|recordings)\//;
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
 * The policy of a worker, which comes with its script; null for other files.
 *
 * @param {string} path
 * @param {string} query
 */
function workerPolicy(path, query) {
  if (HUB_WORKER.test(path)) return hubPolicy(query);
  return SCRIPT_OF_WORKERS.test(path) ? WORKER_POLICY : null;
}

/**
 * @param {string} path of the site's root
 * @param {string | null} html the page, where the file is one
 * @param {string} query
 */
function contentPolicy(path, html, query) {
  const ofWorker = workerPolicy(path, query);
  if (ofWorker) return ofWorker;
  const policy = html === null ? null : policyOf(html);
  if (!policy) return policy;
  const whole = `${policy}; frame-ancestors ${EMBEDDED.test(path) ? '*' : "'self'"}`; // a head cannot say the last
  return OF_CELLS.test(path) ? `${whole}; ${SANDBOX}` : whole; // nor this
}

/**
 * @param {string} path of the site's root
 * @param {string | null} [html] the page, where the file is one
 * @param {string} [query] of the address, from its `?` on
 * @returns {Record<string, string>}
 */
export function headersOf(path, html = null, query = '') {
  const policy = contentPolicy(path, html, query);
  return {
    ...GENERAL,
    'Cache-Control': cacheControl(path),
    'Cross-Origin-Resource-Policy':
      EMBEDDED.test(path) || FETCHED_BY_EMBEDS.test(path) ? 'cross-origin' : 'same-origin',
    ...(FETCHED_BY_EMBEDS.test(path) && { 'Access-Control-Allow-Origin': '*' }),
    ...(policy ? { 'Content-Security-Policy': policy } : {})
  };
}
