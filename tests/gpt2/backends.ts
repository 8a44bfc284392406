/** Starts the TensorFlow.js backends that run in Node. */
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { resolve, sep } from 'node:path';
import binaries from 'virtual:wasm-kernels';
import { installWasmKernels } from '../../src/lib/engine/wasm-kernels/index.ts';

export const NODE_BACKENDS = ['cpu', 'wasm'] as const;
export type NodeBackend = (typeof NODE_BACKENDS)[number];

/** Folder of the wasm binaries, ending in a separator. */
export const WASM_FOLDER = resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist') + sep;

tf.env().set('PROD', true); // no greeting, no advice to install tfjs-node
setWasmPaths(WASM_FOLDER);

/** Makes a backend the current one, wasm with our kernels as everywhere; new tensors are its own. */
export async function startBackend(name: NodeBackend): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`startBackend: ${name} did not start.`);
  await tf.ready();
  if (name === 'wasm' && !installWasmKernels(binaries, { threads: 1, startHelper: noHelper })) {
    throw new Error('startBackend: our kernels must be installed, got none.');
  }
}

/** Tensors that stand now. */
export const numTensors = (): number => tf.memory().numTensors;

/** tfjs has no threads in Node. */
function noHelper(): never {
  throw new Error('startBackend: one thread needs no helper.');
}
