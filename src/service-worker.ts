/**
 * Lets the page open without the internet.
 *
 * What is built has its hash in its name and is taken from the browser. Pages, the catalogue and the embedded model are
 * taken from the server as long as it answers, so that nobody sees an old one, and from the browser where it does not.
 * Models that the reader fetched are not its business: the engine keeps them (src/lib/engine/models).
 */
/// <reference types="@sveltejs/kit" />
import { build, files, prerendered } from '$service-worker';
import { precacheAndRoute } from 'workbox-precaching';
import { warmStrategyCache } from 'workbox-recipes';
import { registerRoute } from 'workbox-routing';
import { NetworkFirst } from 'workbox-strategies';
import catalogue from '../static/models/models.json';

const { pathname: scope } = new URL('.', location.href);
const embedded = catalogue.models.find(({ name }) => name === catalogue.default);

/** Other models that a school has put beside the embedded one are too large to be kept twice. */
const isNeeded = (path: string): boolean =>
  !path.startsWith(`${scope}models/`) ||
  path === `${scope}models/models.json` ||
  (embedded?.folder !== undefined && path.startsWith(`${scope}models/${embedded.folder}/`));

const pathOf = (url: string): string => new URL(url, location.href).pathname;
const kept = new Set([...prerendered.map(pathOf), ...files.map(pathOf).filter(isNeeded)]);

const serverFirst = new NetworkFirst({
  cacheName: 'gpt2-lens',
  // A link's query is the reader's prompt and view: it chooses no other file, and is not to be kept.
  plugins: [{ cacheKeyWillBeUsed: ({ request }) => Promise.resolve(pathOf(request.url)) }]
});

precacheAndRoute(build.map((url) => ({ url, revision: null })));
registerRoute(
  ({ url, sameOrigin, request }) => sameOrigin && !request.headers.has('Range') && kept.has(url.pathname),
  serverFirst
);
warmStrategyCache({ urls: [...kept], strategy: serverFirst });
