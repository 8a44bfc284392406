import * as tf from '@tensorflow/tfjs-core';
import { fileURLToPath } from 'node:url';
import { installWasmKernels } from '../../src/lib/engine/wasm-kernels/index.ts';
import { compileKernels } from '../wasm-kernels/compile.mjs';
import type { NodeBackend } from './flags.ts';

/**
 * Starts a TensorFlow.js backend in Node.
 *
 * Throws: Error if it does not start.
 */
export async function startBackend(name: NodeBackend): Promise<void> {
  tf.env().set('PROD', true); // no greeting, no advice to install tfjs-node
  if (name === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(fileURLToPath(new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))));
  } else {
    await import('@tensorflow/tfjs-backend-cpu');
  }
  if (!(await tf.setBackend(name)))
    throw new Error(`startBackend: ${name} did not start. Pass another --backend.`);
  await tf.ready();
  if (name === 'wasm') installWasmKernels(await compileKernels(), { threads: 1, startHelper: oneThread });
}

/** tfjs has no threads in Node. */
function oneThread(): never {
  throw new Error('startBackend: threads must be 1, got more.');
}
