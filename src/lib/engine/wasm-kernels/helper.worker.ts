/** A helping thread of the wasm kernels: it works in the backend's memory until the engine's worker ends. */
import { instantiateKernels } from './binaries.ts';
import type { HelperStart } from './pool.ts';

self.addEventListener('message', ({ data }: MessageEvent<HelperStart>) => {
  const { module, memory, pool, thread } = data;
  instantiateKernels(module, memory).serve(pool, thread);
});
