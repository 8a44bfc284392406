/**
 * Lets the page open without the internet, and keeps versions apart.
 *
 * Everything of one version (pages, chunks, workers, wasm, kernels, catalogue, embedded model) is kept as one set. Each
 * file is checked against the hash that the build wrote down, so a sign-in page or a file of another version is never
 * kept, and the set is used only once it is whole. What belongs to it is taken from the set, whatever the server would
 * answer. A newer version is fetched beside it, and takes its place as a whole when no page uses the old one, or when
 * the reader asks for it. All else goes to the server; models that the reader fetched are kept by the engine.
 */
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { PrecacheController, PrecacheRoute, type PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { addedHeaders } from '../scripts/site-headers.mjs';
import { ARRIVED_CACHE, ARRIVING_LOCK } from './lib/engine/models/arrivals.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Each file's address from this script, and its hash; scripts/finish-build.mjs writes them here. */
  readonly __WB_MANIFEST: PrecacheEntry[];
};

/** Of the versions before this one, whose files were kept one by one. */
const OLD_CACHE = 'gpt2-lens';
const PAGE = 'index.html';

const set = new PrecacheController({
  plugins: [
    {
      // Asks whether what the browser has is still the server's; the hash decides whether it is ours.
      requestWillFetch: ({ request }) => Promise.resolve(new Request(request, { cache: 'no-cache' })),
      // On a host without headers the page gets its threads from here.
      cachedResponseWillBeUsed: ({ cachedResponse, event }) =>
        Promise.resolve(cachedResponse ? withHeaders(cachedResponse, addressOf(event)) : undefined)
    }
  ]
});
set.addToCacheList(self.__WB_MANIFEST);

/** A link's query is the reader's view: it chooses no other file. */
const route = new PrecacheRoute(set, {
  ignoreURLParametersMatching: [/./],
  cleanURLs: false,
  urlManipulation: ({ url }) => [new URL(folderOf(url.pathname), url)]
});

/** `/models` and `/models/index.html` are the page of `/models/`. */
function folderOf(path: string): string {
  return path.endsWith(PAGE) ? path.slice(0, -PAGE.length) : `${path}/`;
}

/** What was asked for, with the query that says what a worker is for. */
const addressOf = (event: ExtendableEvent): URL =>
  new URL(event instanceof FetchEvent ? event.request.url : location.href);

function withHeaders(response: Response, { pathname, search }: URL): Response {
  const headers = new Headers(response.headers);
  const added = addedHeaders(pathname, search);
  for (const [name, value] of Object.entries(added)) if (!headers.has(name)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** Takes into the set what the page has fetched before this worker was there; what has another hash is asked for anew. */
async function takeArrived(): Promise<void> {
  await navigator.locks.request(ARRIVING_LOCK, () => {}); // a page may be fetching just now
  const [arrived, kept] = await Promise.all(
    [ARRIVED_CACHE, set.strategy.cacheName].map((name) => caches.open(name))
  );
  for (const { url } of await arrived.keys()) {
    const key = set.getCacheKeyForURL(url.replace(/\?.*/, ''));
    const response = key === undefined ? undefined : await arrived.match(url);
    if (key === undefined || !response || (await kept.match(key))) continue;
    const bytes = await response.arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const isOurs = set.getIntegrityForCacheKey(key) === `sha256-${btoa(String.fromCharCode(...hash))}`;
    if (isOurs) await kept.put(key, new Response(bytes, { headers: response.headers }));
  }
}

/** Whether every file of the set is there; what the browser has dropped meanwhile is fetched again where it can be. */
async function isWhole(): Promise<boolean> {
  const cache = await caches.open(set.strategy.cacheName);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  for (const [url, key] of set.getURLsToCacheKeys()) {
    if (kept.has(key)) continue;
    try {
      const integrity = set.getIntegrityForCacheKey(key);
      const response = await fetch(url, { integrity, cache: 'no-cache' });
      if (!response.ok) return false;
      await cache.put(key, response);
    } catch {
      return false;
    }
  }
  return true;
}

self.addEventListener('install', (event) => {
  const taken = takeArrived().catch(() => {}); // what was not taken is fetched
  event.waitUntil(taken.then(() => set.install(event)));
});
self.addEventListener('activate', (event) => {
  void set.activate(event);
  event.waitUntil(
    Promise.all([self.clients.claim(), caches.delete(OLD_CACHE), caches.delete(ARRIVED_CACHE)])
  );
});
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if (event.data === 'copy:replace') event.waitUntil(self.skipWaiting());
  if (event.data === 'copy:check')
    event.waitUntil(isWhole().then((whole) => event.ports[0].postMessage(whole)));
});
registerRoute(
  (options) => !options.request.headers.has('Range') && route.match(options),
  (options) => route.handler.handle(options)
);
