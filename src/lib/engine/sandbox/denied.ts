/** What a browser gives to every worker, and the cells' sandbox does not. */

const NETWORK = ['XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport'];
const SCRIPTS = ['importScripts'];
const STORES = ['indexedDB', 'caches', 'localStorage', 'sessionStorage', 'cookieStore'];
const OTHERS = ['BroadcastChannel', 'SharedWorker', 'close', 'postMessage'];
const OF_NAVIGATOR = ['storage', 'locks', 'serviceWorker', 'storageBuckets'];

/** What a cell is told when it reaches for something that a sandbox does not have. */
export class SandboxError extends Error {
  override name = 'SandboxError';

  constructor(what: string) {
    super(
      `${what} is not there for cells: they run in a sandbox without network, without storage and apart from the page.`
    );
  }
}

/**
 * Puts a plain sentence in the place of each. The sandbox itself keeps them out: this is what the reader gets to read.
 *
 * @param scope the worker's own
 */
export function denyInSandbox(scope: object): void {
  for (const name of [...NETWORK, ...SCRIPTS, ...STORES, ...OTHERS]) refuse(scope, name);
  const { navigator } = scope as { navigator?: object };
  if (navigator) for (const name of OF_NAVIGATOR) refuse(navigator, name, `navigator.${name}`);
}

/** What can be named, and neither called, nor made, nor looked into. */
function refuse(owner: object, name: string, said = name): void {
  const deny = (): never => {
    throw new SandboxError(said);
  };
  const value: unknown = new Proxy(class {}, { get: deny, set: deny, apply: deny, construct: deny });
  Object.defineProperty(owner, name, { value, configurable: false, writable: false });
}
