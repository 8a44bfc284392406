import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { memoryOf } from './backend-memory.ts';
import { chooseBinary, type KernelBinaries, type KernelKind } from './binaries.ts';
import { kernelConfigs, REPLACED } from './kernels.ts';
import { KernelPool, type StartHelper } from './pool.ts';

const pools = new WeakMap<BackendWasm, KernelPool>();
let registered = false;

export interface InstallOptions {
  /** Threads that compute, this one included. */
  readonly threads: number;
  readonly startHelper: StartHelper;
}

/**
 * Registers our kernels with the started wasm backend: the fused steps of gpt2/fused-kernels.ts, plain products and sums.
 *
 * Returns which build is in use, or null where the backend stays as it is: no SIMD, or its memory cannot be found.
 * Throws: Error if wasm is not the current backend.
 */
export function installWasmKernels(
  binaries: KernelBinaries,
  { threads, startHelper }: InstallOptions
): KernelKind | null {
  if (tf.getBackend() !== 'wasm') {
    throw new Error(`installWasmKernels: the backend must be wasm, got ${tf.getBackend()}. Set it first.`);
  }
  const backend = tf.backend() as BackendWasm;
  const memory = memoryOf(backend);
  if (!memory) return null;
  const isShared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const chosen = chooseBinary(binaries, isShared);
  if (!chosen) return null;
  const module = new WebAssembly.Module(chosen.binary);
  const usable = isShared ? Math.max(1, threads) : 1;
  if (!pools.has(backend)) pools.set(backend, new KernelPool(backend, module, memory, usable, startHelper));
  if (!registered) register();
  registered = true;
  return chosen.kind;
}

function register(): void {
  const stock = REPLACED.map((name) => tf.getKernel(name, 'wasm'));
  for (const { kernelName } of stock) tf.unregisterKernel(kernelName, 'wasm');
  for (const config of kernelConfigs(stock, (backend) => pools.get(backend))) tf.registerKernel(config);
}
