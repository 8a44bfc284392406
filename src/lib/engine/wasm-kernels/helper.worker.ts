/** A helping thread of the wasm kernels: it works in the backend's memory until the engine's worker ends. */
import { instantiateKernels } from './binaries.ts';
import type { HelperStart } from './pool.ts';

self.addEventListener('message', ({ data }: MessageEvent<HelperStart>) => {
  const { module, memory, pool, thread } = data;
  const kernels = instantiateKernels(module, memory);
  self.postMessage('serving'); // before it never comes back
  kernels.serve(pool, thread);
});

self.addEventListener('messageerror', () => {
  throw new Error('it could not take the memory of the backend');
});
