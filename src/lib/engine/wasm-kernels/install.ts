import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { memoryOf } from './backend-memory.ts';
import { registerPeek } from '../../gpt2/ops/look-at.ts';
import { registerWidener } from '../../gpt2/checkpoint/widen.ts';
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
 * Registers our kernels with the started wasm backend: the fused steps of gpt2/ops/fused-kernels.ts, plain products and sums.
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
  registerPeek('wasm', (tensor) => peekInto(backend, memory, tensor));
  const isShared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const chosen = chooseBinary(binaries, isShared);
  if (!chosen) return null;
  const module = new WebAssembly.Module(chosen.binary);
  const usable = isShared ? Math.max(1, threads) : 1;
  if (!pools.has(backend)) pools.set(backend, new KernelPool(backend, module, memory, usable, startHelper));
  const pool = pools.get(backend)!;
  registerWidener((bits, out) => pool.widen(bits, out));
  if (!registered) register();
  registered = true;
  return chosen.kind;
}

/** A tensor's values where they lie in the backend's memory; valid until the next kernel runs. */
function peekInto(backend: BackendWasm, memory: WebAssembly.Memory, tensor: tf.Tensor): Float32Array | null {
  const { dataId, dtype, size } = tensor;
  if (dtype !== 'float32') return null;
  return new Float32Array(memory.buffer, backend.dataIdMap.get(dataId).memoryOffset, size);
}

function register(): void {
  const stock = REPLACED.map((name) => tf.getKernel(name, 'wasm'));
  for (const { kernelName } of stock) tf.unregisterKernel(kernelName, 'wasm');
  for (const config of kernelConfigs(stock, (backend) => pools.get(backend))) tf.registerKernel(config);
}
