import type { BackendHost } from '../backend';

const SCHEME = 'handed:';
const BINARIES = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm'
] as const;

export type WasmBinary = (typeof BINARIES)[number];
/** Gives one of tfjs's wasm binaries, which the sandbox cannot fetch. */
export type GiveBinary = (name: WasmBinary) => Promise<ArrayBuffer>;

/**
 * The sandbox as a place for a backend: one thread, as shared memory needs an origin; WebGL where the page has it, which
 * was looked at there.
 */
export const sandboxHost: BackendHost = {
  wasmPaths: () => Promise.resolve(Object.fromEntries(BINARIES.map((name) => [name, SCHEME + name]))),
  threads: () => 1,
  helpers: null,
  webglRenderer: () => Promise.resolve(''),
  times: null
};

/** A `fetch` that knows nothing but the wasm binaries; `refuse` answers for all else. */
export function handedFetch(give: GiveBinary, refuse: () => never): typeof fetch {
  return async (input) => {
    const address = input instanceof Request ? input.url : String(input);
    const name = BINARIES.find((binary) => address === SCHEME + binary);
    if (!name) return refuse();
    return new Response(await give(name), { headers: { 'Content-Type': 'application/wasm' } });
  };
}
