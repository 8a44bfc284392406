import * as tf from '@tensorflow/tfjs-core';
import { kernelConfigs, REPLACED } from './kernels';

let registered = false;

/**
 * Registers our programs with the started webgl backend: the fused steps of gpt2/ops/fused-kernels.ts, and rows of a matrix.
 *
 * Throws: Error if webgl is not the current backend.
 */
export function installWebglKernels(): void {
  if (tf.getBackend() !== 'webgl') {
    throw new Error(`installWebglKernels: the backend must be webgl, got ${tf.getBackend()}. Set it first.`);
  }
  if (registered) return;
  registered = true;
  const stock = REPLACED.map((name) => tf.getKernel(name, 'webgl'));
  for (const { kernelName } of stock) tf.unregisterKernel(kernelName, 'webgl');
  for (const config of kernelConfigs(stock)) tf.registerKernel(config);
}
