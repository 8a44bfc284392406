/** What the page can make use of, and stands without. */
export type FeatureName =
  'webassembly' | 'simd' | 'threads' | 'webgl' | 'store' | 'persisted' | 'offline' | 'locks' | 'memoryKnown';

export interface Feature {
  readonly name: FeatureName;
  readonly here: boolean;
}

/** An empty function whose one instruction is of WebAssembly's SIMD: `i8x16.splat` and its neighbours. */
const SIMD_MODULE = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  5,
  1,
  96,
  0,
  1,
  123,
  3,
  2,
  1,
  0,
  10,
  10,
  1,
  8,
  0,
  65,
  0,
  253,
  15,
  253,
  98,
  11
);

async function hasPrivateFiles(): Promise<boolean> {
  try {
    await navigator.storage.getDirectory();
    return true;
  } catch {
    return false; // private windows and sandboxed frames refuse it
  }
}

const isPersisted = async (): Promise<boolean> => {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
};

function hasWebgl(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}

/** What this browser has here and now, in the order of how much it matters. */
export async function featureList(): Promise<Feature[]> {
  const here: Record<FeatureName, boolean> = {
    webassembly: typeof WebAssembly === 'object',
    simd: typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE),
    threads: globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function',
    webgl: hasWebgl(),
    store: await hasPrivateFiles(),
    persisted: await isPersisted(),
    offline: (navigator.serviceWorker?.controller ?? null) !== null,
    locks: 'locks' in navigator,
    memoryKnown: 'deviceMemory' in navigator
  };
  return (Object.keys(here) as FeatureName[]).map((name) => ({ name, here: here[name] }));
}
